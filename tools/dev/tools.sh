# shellcheck shell=bash
# Trunk, wasm-bindgen, wasm-opt, Node's packages and the browsers; each only where it is missing.

TRUNK_VERSION=0.21.14
# Together with wasm-bindgen and wasm_split_helpers (Cargo.toml) only.
WASM_SPLIT_VERSION=0.2.4

# says PROGRAM TEXT: whether PROGRAM is on PATH, runs, and prints TEXT as its version.
says() { [[ " $("$1" --version 2>/dev/null || true) " == *[[:space:]]"$2"[[:space:]]* ]]; }

setup_trunk() {
  says trunk "$TRUNK_VERSION" && return 0
  # It waits for other programs, and fetches nothing: neither optimized nor with TLS.
  install_crate trunk "$TRUNK_VERSION" 2 0 --no-default-features
  says trunk "$TRUNK_VERSION" || die "trunk $TRUNK_VERSION was built and does not run"
}

setup_wasm_bindgen() {
  local version locked
  version=$(trunk_toml wasm_bindgen)
  locked=$(grep -A 1 '^name = "wasm-bindgen"$' Cargo.lock | sed -n 's/^version = "\(.*\)"/\1/p')
  [ "$locked" = "$version" ] ||
    die "Cargo.lock has wasm-bindgen $locked and Trunk.toml $version: they must be the same"
  says wasm-bindgen "$version" && says wasm-bindgen-test-runner "$version" && return 0
  install_crate wasm-bindgen-cli "$version" 2 1
  says wasm-bindgen-test-runner "$version" || die "wasm-bindgen $version was built and does not run"
}

# Divides the page's module, which is served whole. It does not say its version: a file does.
setup_wasm_split() {
  local stamp=$TOOLS/wasm-split-version
  have wasm-split-cli && [ "$(cat "$stamp" 2>/dev/null)" = "$WASM_SPLIT_VERSION" ] && return 0
  install_crate wasm_split_cli_support "$WASM_SPLIT_VERSION" 1 1 --features build-binary
  have wasm-split-cli || die "wasm-split-cli $WASM_SPLIT_VERSION was built and is not there"
  printf '%s\n' "$WASM_SPLIT_VERSION" >"$stamp"
}

# Node runs wasm-opt (npm's build of it) and the end-to-end tests.
setup_node() {
  local version=0
  ! have node || version=$(node -p process.versions.node)
  at_least "$version" 18.20 && have npm && return 0
  debian_packages "Node is missing or older than 18.20" nodejs npm
  hash -r
  version=$(node -p process.versions.node)
  at_least "$version" 18.20 || die "Node is $version; 18.20 or newer is needed"
}

# npm_packages SOURCE DESTINATION: what SOURCE's lock file names, into DESTINATION/node_modules.
npm_packages() {
  local stamp=$2/node_modules/.rampscope-lock
  cmp -s "$1/package-lock.json" "$stamp" && return 0
  say "npm: the packages of $1"
  mkdir -p "$2"
  [ "$1" -ef "$2" ] || cp "$1/package.json" "$1/package-lock.json" "$1/.npmrc" "$2/"
  # `npm ci` empties node_modules first: without the stamp, the next run starts over.
  local log="$TOOLS/npm-${1//\//-}.log"
  (cd "$2" && npm ci --ignore-scripts --no-progress) </dev/null >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2 && die "npm could not install the packages of $1"; }
  cp "$1/package-lock.json" "$stamp"
}

# Debian's binaryen is too old to read what this compiler writes; npm has the current one.
setup_wasm_opt() {
  local version
  version=$(trunk_toml wasm_opt)
  says wasm-opt "(${version})" && return 0
  npm_packages tools/wasm-opt "$TOOLS/wasm-opt"
  ln -sfn ../wasm-opt/node_modules/binaryen/bin/wasm-opt "$TOOLS/bin/wasm-opt"
  says wasm-opt "(${version})" || die "wasm-opt: tools/wasm-opt and Trunk.toml name different versions"
}

# first PROGRAM…: the full path of the first of them on PATH, or nothing.
first() {
  local program
  for program; do
    command -v "$program" 2>/dev/null && return 0
  done
  return 0
}

major() { "$1" --version 2>/dev/null | grep -o '[0-9]\+\.' | head -n 1; }

find_chromium() {
  CHROMIUM=${CHROMIUM:-$(first chromium chromium-browser google-chrome google-chrome-stable)}
  CHROMEDRIVER=${CHROMEDRIVER:-$(first chromedriver)}
  [ -n "$CHROMIUM" ] && [ -n "$CHROMEDRIVER" ] && [ -n "$(major "$CHROMIUM")" ] &&
    [ "$(major "$CHROMIUM")" = "$(major "$CHROMEDRIVER")" ]
}

# Chromium with its driver, always: the wasm tests run in it. The other browsers where asked for.
setup_browsers() {
  if ! find_chromium; then
    debian_packages "no Chromium with a driver of its version" chromium chromium-driver
    CHROMIUM=/usr/bin/chromium CHROMEDRIVER=/usr/bin/chromedriver
    find_chromium || die "$CHROMIUM and $CHROMEDRIVER are of different versions"
  fi
  # Explicit: the test runner takes whatever driver it finds first.
  export CHROMIUM CHROMEDRIVER
  case ,${RAMPSCOPE_BROWSERS:-chromium}, in *,firefox,*)
    debian_packages "Firefox" firefox-esr
    have geckodriver || install_crate geckodriver 0.37.1 2 1
    ;;
  esac
  case ,${RAMPSCOPE_BROWSERS:-chromium}, in *,webkit,*)
    debian_packages "WebKitGTK" webkit2gtk-driver xvfb
    ;;
  esac
}

# Afterwards every build is offline: it is quicker, and what would be missing is seen here.
fetch_crates() {
  wasm_env cargo fetch --locked --quiet || die "cargo could not fetch the crates of Cargo.lock"
}

# What the build makes docs and the pictures of pages with.
setup_pages() { npm_packages tools/pages "$TOOLS/pages"; }

# together STEP…: all at once, each waited for: whichever fails, the others' work in progress is not taken away.
together() {
  local step running=() failed=''
  for step; do
    ("$step") &
    running+=($!)
  done
  for step in "${running[@]}"; do wait "$step" || failed=1; done
  [ -z "$failed" ] || exit 1
}

# The page's module, as Trunk will ask for it: built beside the tools, whose builds do not keep all processors busy.
# What is wrong with it Trunk says.
build_ahead() {
  fetch_crates
  say "the page's module: building it beside the tools"
  wasm_env cargo build --quiet --locked --offline --profile page --target "$WASM" --bin page >/dev/null 2>&1 || true
}

# setup_page [STEP…]: and these steps beside the rest.
setup_page() {
  local ahead=fetch_crates
  have trunk && have wasm-bindgen || ahead=build_ahead
  setup_wasm_target
  setup_node
  together setup_trunk setup_wasm_bindgen setup_wasm_opt setup_pages "$ahead" "$@"
  say "Rust $(rust_version rustc), for wasm $WASM_RUST; wasm-bindgen $(trunk_toml wasm_bindgen)," \
    "trunk $TRUNK_VERSION, wasm-opt $(trunk_toml wasm_opt), Node $(node -p process.versions.node)"
}

# Each set-up locks, and leaves nothing half made: see scratch.
with_lock() {
  use_tools
  lock_tools
  trap clear_scratch EXIT
  clear_scratch
  setup_rust
  "$@"
  # From here on, unfinished work in the folder is another run's.
  trap - EXIT
  unlock_tools
}

setup_serve() { with_lock setup_page; }
setup_build() { with_lock setup_page setup_wasm_split; }

# The linter of JavaScript.
setup_biome() {
  local version
  version=$(sed -n 's/.*"@biomejs\/biome": "\(.*\)".*/\1/p' tools/lint/package.json)
  says biome "$version" && return 0
  npm_packages tools/lint "$TOOLS/lint"
  ln -sfn ../lint/node_modules/@biomejs/biome/bin/biome "$TOOLS/bin/biome"
  says biome "$version" || die "biome $version was installed and does not run"
}

# What `check` needs: no browser, no Python, no builder of the page.
setup_lint() {
  setup_wasm_target
  setup_node
  have shellcheck || debian_packages "no shellcheck" shellcheck
  setup_biome
  # TypeScript, and the types of Node and of WebDriver.
  npm_packages tests/e2e tests/e2e
  fetch_crates
}
setup_check() { with_lock setup_lint; }

setup_all() {
  setup_page setup_wasm_split
  setup_python
  npm_packages tests/e2e tests/e2e
  setup_browsers
  fetch_models
}
setup_test() { with_lock setup_all; }
