#!/usr/bin/env bash
# Time by stage, CPU seconds and memory for one flat page and one phone photo.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh
.build/release/einthoven-lab bench "$@"
# Training and inference of a network, against Python.
[ -n "${BENCH_WITHOUT_PYTHON:-}" ] || Scripts/bench-networks.sh
