#!/usr/bin/env bash
# Runs every shell command of the README that starts with the program's name, from a folder of
# its own, and fails where one fails or was done without a network.
set -euo pipefail
cd "$(dirname "$0")/.."
.ci/build.sh >/dev/null
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp Examples/*.png Examples/*.jpg "$scratch"
root=$PWD
commands=$(awk '/^```sh/{inside=1;next} /^```/{inside=0} inside' README.md |
  sed -n 's/^\$ \(einthoven .*\)/\1/p')
[ -n "$commands" ] || { echo "docs: README names no command of the program" >&2; exit 1; }
while read -r line; do
  echo "docs: $line"
  output=$(cd "$scratch" && PATH="$root/.build/release:$PATH" bash -c "$line" </dev/null 2>&1) || {
    printf '%s\ndocs: this command failed: %s\n' "$output" "$line" >&2
    exit 1
  }
  if grep -rlE '"noNetwork"' "$scratch" --include='*.json' >&2; then
    printf '%s\ndocs: a network was missing in: %s\n' "$output" "$line" >&2
    exit 1
  fi
  # What README shows below the command is what the program prints.
  shown=$(awk -v line="$ $line" '
    inside && /^```/ { exit }
    inside { print; next }
    asked && /^```$/ && closed { inside = 1; next }
    asked && /^```/ { closed = 1; next }
    closed && NF { exit }
    index($0, line) == 1 { asked = 1 }' README.md)
  if [ -n "$shown" ] && ! diff <(echo "$shown") <(echo "$output") >&2; then
    echo "docs: README shows something else (<) than the program prints (>): $line" >&2
    exit 1
  fi
done <<<"$commands"
echo "docs: ok"
