#!/usr/bin/env bash
# Installs what a build and a run need; with --training also what training and its tests need
# (libtorch, 560 MB). Idempotent: a stamp of what was installed is kept for each.
set -euo pipefail
cd "$(dirname "$0")/.."

packages=(libpng-dev libjpeg-dev libcairo2-dev zlib1g-dev pkg-config fonts-dejavu-core
  python3 python3-pip)
sources=(.ci/setup.sh Scripts/setup-runtimes.sh)
stamp=.deps/setup.stamp
case ${1:-} in
  '') ;;
  --training)
    packages+=(g++)
    sources+=(Scripts/setup-training.sh Scripts/torch/bridge.cpp
      Sources/CTorch/include/einthoven_torch.h)
    stamp=.deps/setup-training.stamp
    ;;
  *)
    echo "setup: unknown option $1; known is --training" >&2
    exit 64
    ;;
esac

wanted=$(cat "${sources[@]}" | sha256sum | cut -d' ' -f1)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then exit 0; fi
mkdir -p .deps

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
[ "${1:-}" != --training ] || Scripts/setup-training.sh
echo "$wanted" >"$stamp"
