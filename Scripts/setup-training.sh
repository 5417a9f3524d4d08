#!/usr/bin/env bash
# Installs the CPU part of libtorch into .deps (560 MB download, 740 MB on disk) and compiles the
# bridge to it. A second call does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."
torch=$PWD/.deps/torch/torch
if [ ! -e "$torch/lib/libtorch_cpu.so" ]; then
  echo "setup: installing libtorch into .deps/torch"
  # Into a folder beside it first: an installation that was interrupted is never taken for whole.
  rm -rf .deps/torch.part
  python3 -m pip install --quiet --no-deps --no-cache-dir --no-compile --target .deps/torch.part \
    torch==2.15.0 'nvidia-cuda-runtime==13.2.*' 'nvidia-cuda-cupti==13.2.*'
  # The CUDA half is of no use without NVIDIA's other packages.
  rm -f .deps/torch.part/torch/lib/libtorch_cuda*.so .deps/torch.part/torch/lib/libtorch_nvshmem.so
  rm -rf .deps/torch
  mv .deps/torch.part .deps/torch
fi
bridge=.deps/libeinthoventorch.so
if [ ! -e "$bridge" ] || [ Scripts/torch/bridge.cpp -nt "$bridge" ] ||
  [ Sources/CTorch/include/einthoven_torch.h -nt "$bridge" ]; then
  echo "setup: compiling the bridge to libtorch"
  # Only the CPU half is linked: -ltorch would drag in the CUDA libraries.
  g++ -std=c++20 -O2 -fPIC -shared -fvisibility=hidden -w \
    -ISources/CTorch/include -I"$torch/include" -I"$torch/include/torch/csrc/api/include" \
    Scripts/torch/bridge.cpp -o "$bridge.part" -L"$torch/lib" \
    -Wl,--no-as-needed -ltorch_cpu -lc10 -Wl,--as-needed -ldl -Wl,-rpath,"$torch/lib"
  mv "$bridge.part" "$bridge"
fi
