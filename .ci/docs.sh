#!/usr/bin/env bash
# Runs every shell command of the README that starts with the program's name.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp Examples/*.png Examples/*.jpg "$scratch" 2>/dev/null || true
root=$PWD
awk '/^```sh/{inside=1;next} /^```/{inside=0} inside' README.md | grep -E '^\$ einthoven ' |
  sed 's/^\$ //' | while read -r line; do
    echo "docs: $line"
    (cd "$scratch" && PATH="$root/.build/release:$PATH" bash -c "$line" >/dev/null)
  done
echo "docs: ok"
