#!/usr/bin/env bash
# Installs the build into a folder of its own, builds examples/predict against it as a
# user would, and runs it:   install-test.sh SOURCE_DIR BUILD_DIR CXX
set -euo pipefail
source=$1 build=$2 cxx=$3
work=$build/tests/install
prefix=$work/prefix
rm -rf "$work"
mkdir -p "$work"

cmake --install "$build" --prefix "$prefix" >"$work/install.log"

# Public headers name no MLIR, LLVM, protobuf, and nothing of the source tree.
if grep -nE '#include ["<](mlir|llvm|google|proto|api|backend|ir)/' "$prefix"/include/firn/*.h; then
  echo "an installed header includes what is not installed" >&2
  exit 1
fi

cmake -S "$source/examples/predict" -B "$work/predict" -DCMAKE_BUILD_TYPE=Release \
  -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_PREFIX_PATH="$prefix" >"$work/configure.log"
cmake --build "$work/predict" >"$work/build.log" || { cat "$work/build.log"; exit 1; }

# Elsewhere, so that nothing is found by accident.
cd /
output=$("$work/predict/predict" "$source/examples/digits/saved_model")
echo "$output"
grep -qx 'probabilities: float \[1,10\]' <<<"$output"
grep -qx 'classes: int64 \[1\]' <<<"$output"
"$prefix/bin/firn" --version
