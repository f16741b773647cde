#!/usr/bin/env bash
# Sets up as quickstart.sh does, builds everything, and runs every test.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p build
bash scripts/setup.sh all

echo "==> Tests"
ctest --test-dir build/release --output-on-failure -j2

# Real models, where they are at hand; the project's own tests do not need them.
models=../shared/models
if [ -f "$models/check_cases.py" ]; then
  echo "==> Real models ($models)"
  bash scripts/check-models.sh "$models"
else
  echo "==> Real models: skipped, $models is not there"
fi
