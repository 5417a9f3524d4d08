#!/usr/bin/env bash
# Installs the library that runs networks into .deps (59 MB download). A second call does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! ls .deps/openvino/openvino/libs/libopenvino_c.so* >/dev/null 2>&1; then
  echo "setup: installing OpenVINO into .deps/openvino"
  python3 -m pip install --quiet --no-deps --target .deps/openvino openvino==2026.4.1
fi
