#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/scratch.sh
swift build -c release --product einthoven
echo "built .build/release/einthoven"
