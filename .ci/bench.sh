#!/usr/bin/env bash
# Time by stage, CPU seconds and memory for one flat page and one phone photo.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh
.build/release/einthoven bench "$@"
