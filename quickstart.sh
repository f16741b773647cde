#!/usr/bin/env bash
# From a fresh Debian 12 to a prediction: installs what is missing, builds, freezes the
# SavedModel of examples/digits, shows what was frozen, and runs it through the JIT.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p build
bash scripts/setup.sh firn digits

firn=build/release/bin/firn
model=examples/digits/saved_model
frozen=build/digits.pb

echo
echo "==> The model: $firn show $model"
"$firn" show "$model"
echo
echo "==> Freezing: $firn freeze $model -o $frozen"
"$firn" freeze "$model" -o "$frozen"
echo
echo "==> Predicting ten drawn digits from C++: build/release/bin/digits $model examples/digits/digits.txt"
build/release/bin/digits "$model" examples/digits/digits.txt
echo
echo "Next: README.md, or $firn --help"
