#!/usr/bin/env bash
# Tests in release: image kernels are 7-26 times slower in debug. No @testable, so the
# program and its tests share one build.
set -euo pipefail
cd "$(dirname "$0")/.."
source .ci/scratch.sh
# Both runtimes, so that no test is skipped; nothing to do where they are installed.
.ci/setup.sh
.ci/setup.sh --training
Scripts/setup-readers.sh
export EINTHOVEN_STRICT=1
.ci/format.sh
.ci/layers.sh
.ci/api.sh
swift build -c release --build-tests --explicit-target-dependency-import-check error
# One at a time: the font cache of Cairo 1.16 does not bear two threads.
log=$scratch/tests.log
swift test -c release --disable-testable-imports --no-parallel 2>&1 | tee "$log" || {
  # Once more at the end, where a cut log still shows it.
  echo "What failed:"
  grep -A 3 -E "recorded an issue|: error:|crashed|unexpected signal" "$log" | tail -40
  exit 1
}
# A package of somebody else: needs neither libtorch nor the libraries of the command line.
echo "client: a package that uses the library"
swift run -q --package-path Tests/Client --scratch-path .build-client -c release Client Examples/*.jpg
for foreign in Yams ArgumentParser CTorch; do
  # The package manager makes a folder for every target; what was compiled has objects in it.
  if find ".build-client/release/$foreign.build" -name '*.o' 2>/dev/null | grep -q .; then
    echo "client: $foreign was built for it" >&2
    exit 1
  fi
done
