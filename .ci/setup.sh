#!/usr/bin/env bash
# Installs what a build and a run need. Idempotent: a stamp of this script's content is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

stamp=.deps/setup.stamp
wanted=$(cat .ci/setup.sh Scripts/setup-runtimes.sh Scripts/setup-training.sh Scripts/torch/bridge.cpp \
  Sources/CTorch/include/einthoven_torch.h 2>/dev/null | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
mkdir -p .deps

packages=(libpng-dev libjpeg62-turbo-dev libcairo2-dev zlib1g-dev pkg-config fonts-dejavu-core)
missing=()
for package in "${packages[@]}"; do
  dpkg -s "$package" >/dev/null 2>&1 || missing+=("$package")
done
if [ ${#missing[@]} -gt 0 ]; then
  echo "setup: installing ${missing[*]}"
  sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  export DEBIAN_FRONTEND=noninteractive
  $sudo apt-get update -qq
  $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
if ! command -v swift >/dev/null; then
  echo "setup: Swift 6.2 or newer is needed and not on the PATH; see swift.org/install" >&2
  exit 1
fi
Scripts/setup-runtimes.sh
# Training is tested too: without libtorch those tests would be skipped.
Scripts/setup-training.sh
echo "$wanted" >"$stamp"
