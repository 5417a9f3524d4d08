#!/usr/bin/env bash
# Speed of training and inference from Swift over that from Python, on the same network and
# machine, in one run. Python's PyTorch and OpenVINO are installed into .deps/python (3 GB) once.
set -euo pipefail
cd "$(dirname "$0")/.."
threads=${BENCH_THREADS:-$(nproc)}
steps=${BENCH_STEPS:-6}
swift build -c release --product einthoven-train >/dev/null
python=${BENCH_PYTHON:-.deps/python/bin/python}
if ! "$python" -c 'import torch, openvino' 2>/dev/null; then
  echo "bench: installing Python's PyTorch and OpenVINO into .deps/python"
  python3 -m venv .deps/python
  .deps/python/bin/python -m pip install --quiet torch==2.15.0 numpy openvino==2026.4.1
  python=.deps/python/bin/python
fi
mkdir -p out/bench
# Twice in turn: on a machine that others use, too, the better half of each is compared.
for round in 1 2; do
  .build/release/einthoven-train measure --threads "$threads" --steps "$steps" \
    --onnx out/bench/lattice.onnx >"out/bench/swift.$round"
  "$python" Scripts/torch/bench.py "$threads" "$steps" out/bench/lattice.onnx \
    >"out/bench/python.$round"
done
awk -F'\t' '
  { who = FILENAME ~ /swift/ ? "swift" : "python"
    if (!((who, $1) in best) || $2 < best[who, $1]) best[who, $1] = $2; seen[$1] = 1 }
  END { printf "%-16s %10s %10s %s\n", "lattice network", "Swift ms", "Python ms", "Swift / Python speed"
    split("training f32,training bf16,inference f32,inference bf16", order, ",")
    for (k = 1; k <= 4; k++) { w = order[k]
      printf "%-16s %10.1f %10.1f %.2f\n", w, best["swift", w], best["python", w],
        best["python", w] / best["swift", w] } }' out/bench/swift.* out/bench/python.*
