#!/usr/bin/env bash
# Packs what training needs on another machine, such as one with an NVIDIA card: program,
# libraries, bridge source, recipes, starting weights. There: unpack, ./train.sh RECIPE.
set -euo pipefail
cd "$(dirname "$0")/.."
pack=${1:-out/einthoven-train.tar.xz}
swift build -c release --product einthoven-train --static-swift-stdlib --scratch-path .build-pack
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
root=$stage/einthoven-train
mkdir -p "$root"/{bin,lib,fonts,Sources/CTorch,Scripts/torch,Weights}
cp .build-pack/release/einthoven-train "$root/bin/"
strip "$root/bin/einthoven-train"
# Everything but the C library itself, which every machine has.
ldd .build-pack/release/einthoven-train | awk '/=> \//{print $3}' |
  grep -vE '/(libc|libm|libdl|libpthread|librt|libgcc_s|libstdc\+\+)\.so' | while read -r library; do
  cp -L "$library" "$root/lib/"
done
cp -r Recipes "$root/"
cp -r Sources/CTorch/include "$root/Sources/CTorch/"
cp Scripts/torch/bridge.cpp "$root/Scripts/torch/"
cp Weights/*.safetensors "$root/Weights/"
for font in DejaVuSans DejaVuSans-Bold DejaVuSerif DejaVuSansMono; do
  cp "/usr/share/fonts/truetype/dejavu/$font.ttf" "$root/fonts/" 2>/dev/null || true
done
cp Scripts/run-training.sh "$root/train.sh"
git describe --always --dirty --exclude='*' >"$root/COMMIT"
mkdir -p "$(dirname "$pack")"
tar -C "$stage" -cJf "$pack" einthoven-train
size=$(stat -c %s "$pack")
echo "$pack: $((size / 1024 / 1024)) MiB"
[ "$size" -le $((40 * 1024 * 1024)) ] || { echo "pack: more than 40 MiB" >&2; exit 1; }
