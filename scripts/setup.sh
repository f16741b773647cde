#!/usr/bin/env bash
# Installs what is missing of scripts/packages.txt and builds the release preset into
# build/release. Sourced by quickstart.sh and test.sh, so that both start alike.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

installed() { dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed; }

missing=()
while read -r package; do
  installed "$package" || missing+=("$package")
done < <(grep -v '^#' scripts/packages.txt)

if [ ${#missing[@]} -gt 0 ]; then
  echo "==> Installing ${#missing[@]} Debian packages: ${missing[*]}"
  as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}"
fi

echo "==> Building (build/release)"
# So that ccache serves clones in other folders as well (cmake/FirnTargets.cmake).
export CCACHE_BASEDIR=$PWD CCACHE_PCH_EXTSUM=1
cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log; exit 1; }
ninja -C build/release --quiet "$@"
