#!/usr/bin/env bash
# Targets import only what ARCHITECTURE.md allows, and no stage of the digitizer knows another.
# The build's own check (--explicit-target-dependency-import-check) rejects undeclared imports;
# this one rejects declared ones that the design forbids.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0

allow() { # target, then the targets it may import
  local target=$1
  shift
  [ -d "Sources/$target" ] || return 0
  local found
  found=$(grep -rhoE '^(public |package |internal |fileprivate |private )?import (C|ECG)[A-Za-z]+' \
    "Sources/$target" --include='*.swift' | awk '{print $NF}' | sort -u || true)
  for import in $found; do
    case " $* " in
      *" $import "*) ;;
      *) echo "layers: $target may not import $import" >&2; failed=1 ;;
    esac
  done
}

# Target and what it may import, from the table of ARCHITECTURE.md; rows that say "all" are free.
rules=$(grep -E '^\| `ECG' ARCHITECTURE.md | grep -vE '\| all[^|]*\|$')
[ "$(wc -l <<<"$rules")" -ge 10 ] || { echo "layers: ARCHITECTURE.md has lost its table" >&2; exit 1; }
while IFS='|' read -r _ target _ imports _; do
  # shellcheck disable=SC2086
  allow $(tr -d '`' <<<"$target") $(tr -d '`–' <<<"$imports")
done <<<"$rules"

# Types declared in one stage's folder must not be named in another's.
stages="Rectify Classify Orient Follow Locate Trace Calibrate Assemble"
for stage in $stages; do
  dir=Sources/ECGDigitizer/$stage
  [ -d "$dir" ] || continue
  types=$(grep -rhoE '^(package |public )?(final )?(struct|class|enum|protocol|actor) [A-Z][A-Za-z0-9]+' \
    "$dir" --include='*.swift' | awk '{print $NF}' | sort -u || true)
  for other in $stages; do
    [ "$other" = "$stage" ] && continue
    [ -d "Sources/ECGDigitizer/$other" ] || continue
    for type in $types; do
      if hits=$(grep -rnwE "$type" "Sources/ECGDigitizer/$other" --include='*.swift' | grep -v '///'); then
        echo "layers: $other names $type, which belongs to $stage:" >&2
        echo "$hits" | head -3 >&2
        failed=1
      fi
    done
  done
done

[ $failed -eq 0 ] && echo "layers: ok"
exit $failed
