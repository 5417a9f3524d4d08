#!/usr/bin/env bash
# The slow checks: fuzzing, documentation.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh
if .build/release/einthoven help fuzz >/dev/null 2>&1; then
  .build/release/einthoven fuzz --seconds "${FUZZ_SECONDS:-60}"
fi
.ci/docs.sh
