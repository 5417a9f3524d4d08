#!/usr/bin/env bash
# The slow checks: fuzzing, documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh
.build/release/einthoven-lab fuzz --seconds "${FUZZ_SECONDS:-60}"
.ci/docs.sh
