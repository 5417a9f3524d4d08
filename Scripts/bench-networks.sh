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
rm -f out/bench/*.clock.* out/bench/*.processor.*
# In turn, several times: on a machine that others use, too, the best of each is compared. With
# one thread the processor's time is counted instead, which others disturb little.
for round in $(seq "${BENCH_ROUNDS:-3}"); do
  for mode in clock processor; do
    count=$threads
    options=()
    if [ "$mode" = processor ]; then
      count=1
      options=(--cpu-time)
    fi
    .build/release/einthoven-train measure --threads "$count" --steps "$steps" \
      --onnx out/bench/lattice.onnx "${options[@]}" >"out/bench/swift.$mode.$round"
    "$python" Scripts/torch/bench.py "$count" "$steps" out/bench/lattice.onnx "${options[@]}" \
      >"out/bench/python.$mode.$round"
  done
done
for mode in clock processor; do
  title="by the clock, $threads threads"
  [ "$mode" = clock ] || title="processor time, 1 thread"
  awk -F'\t' -v title="$title" '
    { who = FILENAME ~ /swift/ ? "swift" : "python"
      if (!((who, $1) in best) || $2 < best[who, $1]) best[who, $1] = $2 }
    END {
      printf "%s\n%-16s %10s %10s %s\n", title, "lattice network", "Swift ms", "Python ms",
        "Swift / Python speed"
      split("training f32,training bf16,inference f32,inference bf16", order, ",")
      for (k = 1; k <= 4; k++) { w = order[k]
        printf "%-16s %10.1f %10.1f %.2f\n", w, best["swift", w], best["python", w],
          best["python", w] / best["swift", w] } }' out/bench/*."$mode".[0-9]*
done
