#!/usr/bin/env bash
# Accuracy on the development pages, and every stage alone on drawn pages, into Docs/Accuracy.md.
# Real data is found through EINTHOVEN_DATA (default ../shared); without it only drawn pages are
# measured. --pages N draws N pages of each kind (default 2), --layouts N pages of each layout
# (default 10), --every N reads every Nth real page turned (default 1: an hour on two cores);
# --print leaves the document alone.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${EINTHOVEN_DATA:-../shared}
pages=2
layouts=10
every=1
document=Docs/Accuracy.md
while [ $# -gt 0 ]; do
  case $1 in
    --pages) pages=$2; shift 2 ;;
    --layouts) layouts=$2; shift 2 ;;
    --every) every=$2; shift 2 ;;
    --print) document=; shift ;;
    *) echo "accuracy: unknown option $1; known are --pages, --layouts and --every N, and --print" >&2; exit 64 ;;
  esac
done
.ci/build.sh
einthoven=.build/release/einthoven
lab=.build/release/einthoven-lab
written=(--format table)
[ -n "$document" ] && written=(--format markdown -o "$document")

if [ -d "$data/data" ] && [ -f "$data/scoring/manifest.csv" ]; then
  out=out/accuracy
  rm -rf "$out"
  for set in renders scans photos; do
    count=$(find "$data/data/$set" -name '*.png' -o -name '*.jpg' | wc -l)
    echo "accuracy: digitizing $count pages of $set"
    # 1: some pages failed; they are scored as such.
    "$einthoven" digitize "$data/data/$set" -o "$out" --format csv,json --full-json --jobs 2 |
      awk -v of="$count" '/^[^ ]/ { printf "  %d of %d  %s\n", ++n, of, $0; fflush() }' || [ $? -le 1 ]
  done
  truth=$data/scoring/manifest.csv
  kept=() readme=()
  if [ -n "$document" ]; then
    # A test holds both documents against the stored run.
    kept=(--record Docs/accuracy.json) readme=(--readme README.md)
    EINTHOVEN_COMMIT=$(git describe --always --dirty --exclude='*' 2>/dev/null || true)
    export EINTHOVEN_COMMIT
  fi
  "$einthoven" evaluate "$out" "$truth" "${written[@]}" "${kept[@]}" "${readme[@]}"
  for protocol in strict physionet2024; do
    "$einthoven" evaluate "$out" "$truth" --protocol "$protocol" "${written[@]}" "${kept[@]}" --brief
  done
  "$lab" shifts "$out" "$truth" --set photos --set scans "${written[@]}"
  "$einthoven" evaluate "$out" "$truth" --format html -o "$out/report.html"
  echo "accuracy: reading real pages turned and mirrored"
  sets=()
  for set in clinic printouts photos scans renders; do
    [ -d "$data/data/$set" ] && sets+=("$data/data/$set")
  done
  "$lab" positions "${sets[@]}" --quick --every "$every" "${written[@]}"
  echo "accuracy: worst pages with truth drawn on them: $out/report.html"
else
  echo "accuracy: no data under $data, so only drawn pages; set EINTHOVEN_DATA" >&2
fi
echo "accuracy: reading drawn pages, stage by stage"
"$lab" stages --pages "$pages" "${written[@]}"
echo "accuracy: reading drawn pages of every layout"
"$lab" layouts --pages "$layouts" --quick "${written[@]}"
[ -z "$document" ] || echo "accuracy: figures written to $document"
