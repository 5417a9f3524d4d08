#!/usr/bin/env bash
# Runs in an unpacked training pack: compiles the bridge against this machine's PyTorch, then
# starts the recipe. Needs Python's PyTorch (2.4 or newer) and a C++20 compiler, nothing else.
#   ./train.sh Recipes/lattice.yaml --device cuda --minutes 20
set -euo pipefail
cd "$(dirname "$0")"
[ $# -gt 0 ] || { echo "usage: ./train.sh RECIPE [options of einthoven-train]" >&2; exit 2; }
python=${PYTHON:-python3}
torch=$("$python" -c 'import os, torch; print(os.path.dirname(torch.__file__))') ||
  { echo "train: $python has no PyTorch; name one that has in PYTHON" >&2; exit 1; }
version=$("$python" -c 'import torch; print(torch.__version__)')
bridge=$PWD/bridge-$version.so
if [ ! -e "$bridge" ]; then
  echo "train: compiling the bridge to PyTorch $version"
  abi=$("$python" -c 'import torch; print(int(torch._C._GLIBCXX_USE_CXX11_ABI))')
  "${CXX:-g++}" -std=c++20 -O2 -fPIC -shared -fvisibility=hidden -w \
    -D_GLIBCXX_USE_CXX11_ABI="$abi" -ISources/CTorch/include -I"$torch/include" \
    -I"$torch/include/torch/csrc/api/include" Scripts/torch/bridge.cpp -o "$bridge.part" \
    -L"$torch/lib" -Wl,--no-as-needed -ltorch_cpu -lc10 -Wl,--as-needed -ldl \
    -Wl,-rpath,"$torch/lib"
  mv "$bridge.part" "$bridge"
fi
cat >fonts.conf <<XML
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>$PWD/fonts</dir><cachedir>$PWD/fonts/cache</cachedir></fontconfig>
XML
export FONTCONFIG_FILE=$PWD/fonts.conf EINTHOVEN_TORCH=$bridge
EINTHOVEN_COMMIT=$(cat COMMIT)
export EINTHOVEN_COMMIT
export LD_LIBRARY_PATH=$PWD/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
exec bin/einthoven-train "$@"
