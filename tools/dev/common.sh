# shellcheck shell=bash
# What every other file of ./dev uses: messages, folders, versions, locking, Debian's packages.

TOOLS=${RAMPSCOPE_TOOLS:-$ROOT/.tools}
TARGET=${CARGO_TARGET_DIR:-$ROOT/target}
# Apart from the native one: the compilers may differ, and neither build waits for the other's lock.
WASM_TARGET=$TARGET/wasm
WASM=wasm32-unknown-unknown
LOGS=$TARGET/dev

say() { printf '\033[1m==>\033[0m %s\n' "$*"; }
warn() { printf '\033[1m==>\033[0m %s\n' "$*" >&2; }
die() {
  warn "error: $*"
  exit 1
}
have() { command -v "$1" >/dev/null 2>&1; }

# The value of KEY in Trunk.toml: the tools' versions stand there, for Trunk and for this script.
trunk_toml() {
  local value
  value=$(sed -n "s/^$1 *= *\"\(.*\)\".*/\1/p" Trunk.toml | head -n 1)
  [ -n "$value" ] || die "Trunk.toml has no $1"
  printf '%s\n' "$value"
}

# at_least HAVE WANT: whether version HAVE is WANT or newer.
at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# The tools of this project come first; rustup's own folder is often missing from a script's PATH.
use_tools() {
  mkdir -p "$TOOLS/bin"
  TOOLS=$(cd "$TOOLS" && pwd)
  have cargo || [ ! -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ] ||
    PATH=$PATH:${CARGO_HOME:-$HOME/.cargo}/bin
  # What Trunk runs after its build finds the tools by it, too.
  export PATH=$TOOLS/bin:$PATH RAMPSCOPE_TOOLS=$TOOLS
}

# Two set-ups at once would build everything twice and mix their results.
lock_tools() {
  have flock || return 0
  exec 9>"$TOOLS/lock"
  flock -n 9 || { say "another ./dev is setting up in $TOOLS: waiting for it" && flock 9; }
}
unlock_tools() { exec 9>&-; }

# A folder for work in progress, on the same disk as its destination: what is finished is moved,
# what is interrupted is thrown away with the folder.
scratch() {
  local folder
  folder=$(mktemp -d "$TOOLS/unfinished.XXXXXX")
  printf '%s\n' "$folder"
}
clear_scratch() { rm -rf "$TOOLS"/unfinished.*; }

# debian_packages WHY PACKAGE…: installs those that are missing; as root, or after asking.
debian_packages() {
  local why=$1 package missing=()
  shift
  for package; do
    [ "$(dpkg-query -Wf '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
      missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  have apt-get || die "$why: install what Debian calls ${missing[*]}, then run this again"
  # --no-remove: never at the price of a package that is there (rustc-web replaces rustc).
  local apt=(apt-get install -y --no-remove --no-install-recommends
    -o DPkg::Lock::Timeout=300 "${missing[@]}") sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    local hint="apt-get update && ${apt[*]}"
    { [ -t 0 ] && have sudo; } || die "$why: as root, run: $hint"
    local answer
    read -r -p "$why. Run with sudo: $hint ? [y/N] " answer
    [[ $answer == [yY]* ]] || die "not installed: ${missing[*]}"
    sudo=(sudo)
  fi
  say "$why: installing ${missing[*]}"
  ${sudo[@]+"${sudo[@]}"} apt-get update -qq </dev/null ||
    warn "apt-get update failed: trying with the lists that are there"
  ${sudo[@]+"${sudo[@]}"} env DEBIAN_FRONTEND=noninteractive "${apt[@]}" </dev/null >"$TOOLS/apt.log" 2>&1 ||
    { tail -n 20 "$TOOLS/apt.log" >&2 && die "apt-get could not install ${missing[*]}"; }
}
