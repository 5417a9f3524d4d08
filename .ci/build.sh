#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/scratch.sh
swift build -c release --product einthoven
swift build -c release --product einthoven-lab
echo "built .build/release/einthoven"
