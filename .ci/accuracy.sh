#!/usr/bin/env bash
# Accuracy on the development pages, by the reference scorer. Real data is found through
# EINTHOVEN_DATA (default ../shared); without it there is nothing to measure.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${EINTHOVEN_DATA:-../shared}
if [ ! -d "$data/data" ]; then
  echo "accuracy: no data under $data; set EINTHOVEN_DATA" >&2
  exit 0
fi
.ci/build.sh
out=out/accuracy
rm -rf "$out"
mkdir -p "$out"
for set in renders scans photos; do
  .build/release/einthoven digitize "$data/data/$set" -o "$out" --format csv,json --jobs 2 \
    >"$out/$set.log" 2>&1 || true
done
find "$out" -mindepth 2 -name '*.csv' -exec mv {} "$out" \; 2>/dev/null || true
python3 "$data/scoring/score.py" "$out" --per-image --fast
