#!/usr/bin/env bash
# Checks the format of every Swift file; --in-place mends it.
set -euo pipefail
cd "$(dirname "$0")/.."
files() { git ls-files -co --exclude-standard '*.swift'; }
if [ "${1:-}" = "--in-place" ]; then
  files | xargs swift format --in-place --parallel
else
  files | xargs swift format lint --strict --parallel
  echo "format: ok"
fi
