#!/usr/bin/env bash
# Other programs' readers of Parquet, pyarrow and DuckDB, into .deps/python: a test reads with them
# what the program writes, and the other way round. Without Python or a network that test is
# skipped and says so; nothing else needs them. A second call does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
target=.deps/python
stamp=$target/einthoven-readers
wanted="pyarrow==21.0.0 duckdb==1.4.1"
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
if ! python3 -m pip --version >/dev/null 2>&1; then
  echo "setup: no Python with pip, so no other reader of Parquet is installed" >&2
  exit 0
fi
mkdir -p "$target"
# shellcheck disable=SC2086 # The list is several words.
if python3 -m pip install --quiet --no-deps --upgrade --disable-pip-version-check \
  --root-user-action ignore --target "$target" $wanted; then
  echo "$wanted" >"$stamp"
else
  echo "setup: pyarrow and DuckDB could not be installed; their test is skipped" >&2
fi
