#!/usr/bin/env bash
# Digitizes the example pages and says where the pictures lie.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh
out=out/demo
mkdir -p "$out"
.build/release/einthoven digitize Examples -o "$out" --format csv,wfdb,json --overlay
echo
echo "Pictures (each page with what was found on it, beside its signals):"
find "$out" -name '*overlay*.png' | sort | sed 's/^/  /'
