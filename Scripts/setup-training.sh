#!/usr/bin/env bash
# Installs libtorch into .deps (560 MB download) and compiles the bridge to it.
set -euo pipefail
cd "$(dirname "$0")/.."
torch=$PWD/.deps/torch/torch
if [ ! -e "$torch/lib/libtorch_cpu.so" ]; then
  echo "setup: installing libtorch into .deps/torch"
  python3 -m pip install --quiet --no-deps --target .deps/torch torch==2.15.0 \
    'nvidia-cuda-runtime==13.2.*' 'nvidia-cuda-cupti==13.2.*'
fi
bridge=.deps/libeinthoventorch.so
if [ ! -e "$bridge" ] || [ Scripts/torch/bridge.cpp -nt "$bridge" ] ||
  [ Sources/CTorch/include/einthoven_torch.h -nt "$bridge" ]; then
  echo "setup: compiling the bridge to libtorch"
  # Only the CPU half is linked: -ltorch would drag in the CUDA libraries.
  g++ -std=c++20 -O2 -fPIC -shared -fvisibility=hidden -w \
    -ISources/CTorch/include -I"$torch/include" -I"$torch/include/torch/csrc/api/include" \
    Scripts/torch/bridge.cpp -o "$bridge" -L"$torch/lib" \
    -Wl,--no-as-needed -ltorch_cpu -lc10 -Wl,--as-needed -ldl -Wl,-rpath,"$torch/lib"
fi
