#!/usr/bin/env bash
# The public declarations of the library products are those in Docs/API.txt, so that no change
# goes unseen. --record writes the file anew, and fails all the same: the change is to be looked at.
set -euo pipefail
cd "$(dirname "$0")/.."
listing() {
  python3 Scripts/public_api.py \
    Sources/{ECGCore,ECGImaging,ECGFormats,ECGDigitizer,ECGBundledNetworks}
}
if listing | diff -u Docs/API.txt - >&2; then
  echo "api: ok"
elif [ "${1:-}" = --record ]; then
  listing >Docs/API.txt
  echo "api: Docs/API.txt was written anew; look at the change and commit it" >&2
  exit 1
else
  echo "api: the public declarations changed; if it is meant: .ci/api.sh --record" >&2
  exit 1
fi
