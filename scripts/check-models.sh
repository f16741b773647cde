#!/usr/bin/env bash
# Runs a fixed smoke set of real models (a folder of cases with its check_cases.py)
# through firn: usage: scripts/check-models.sh MODELS_DIR
#
# The set covers each way a model is stored and the families of ops that are lowered;
# ops that are not may be refused, nothing else may fail.
# check_cases.py over the whole folder is for people: it takes half an hour.
set -euo pipefail
models=$1
firn=$(dirname "$0")/../build/release/bin/firn
# check_cases.py needs numpy, which Debian installs for the system's Python.
python=/usr/bin/python3

smoke=(
  serving/saved_model_half_plus_three
  tf/half_plus_two_pbtxt
  tf/VarsAndArithmeticObjectGraph
  tfjs/model_multi_output
  tf2onnx/regression_ckpt
  tfnet/lstm_from_sequential
)
cases=()
for name in "${smoke[@]}"; do cases+=("$models/$name"); done
for pattern in 'cnn2d*' 'norm_tests*' 'reductions*'; do
  for case in "$models"/dl4j*/$pattern; do [ -d "$case" ] && cases+=("$case"); done
done
"$python" "$models/check_cases.py" --firn "$firn" --also-import --allow-unsupported "${cases[@]}"

saved_models=()
for case in "${cases[@]}"; do [ -d "$case/saved_model" ] && saved_models+=("$case"); done
"$python" "$(dirname "$0")/check-freezing" --firn "$firn" "${saved_models[@]}"
