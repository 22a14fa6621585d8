# shellcheck shell=bash
# Cargo and rustc for this machine, and programs installed with them.

# The oldest Rust that Cargo.toml allows.
wanted_rust() { sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml; }

# rust_version RUSTC
rust_version() { "$1" --version 2>/dev/null | cut -d ' ' -f 2; }

# The version that rust-toolchain.toml pins.
pinned_rust() { sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml; }

# toolchain_rust TOOLCHAIN: the version of its rustc; nothing where rustup does not have it.
toolchain_rust() { RUSTUP_AUTO_INSTALL=0 RUSTUP_TOOLCHAIN=$1 rust_version rustc || true; }

# installed_toolchains: those that rustup has, the default one first.
installed_toolchains() { rustup toolchain list 2>/dev/null | sort -k 2 -r | cut -d ' ' -f 1; }

# With rustup, its programs obey rust-toolchain.toml and fail where they cannot. Here the pinned version
# is fetched if need be; where that fails another one is named to them, which must be new enough.
# Debian's programs know nothing of the file.
pin_rust() {
  local pinned toolchain version why
  # A rustc that runs as a toolchain that nobody has is not rustup's.
  { have rustup && [ -z "$(toolchain_rust none)" ]; } || return 0
  pinned=$(pinned_rust)
  if [ -n "${RUSTUP_TOOLCHAIN:-}" ]; then
    [ "$(toolchain_rust "$RUSTUP_TOOLCHAIN")" = "$pinned" ] ||
      say "RUSTUP_TOOLCHAIN is $RUSTUP_TOOLCHAIN: it is used, and not Rust $pinned of rust-toolchain.toml"
    return 0
  fi
  [ "$(toolchain_rust "$pinned")" != "$pinned" ] || return 0
  for toolchain in $(installed_toolchains); do
    if [ "$(toolchain_rust "$toolchain")" = "$pinned" ]; then
      export RUSTUP_TOOLCHAIN=$toolchain
      return 0
    fi
  done
  if skip_rustup; then
    why="RAMPSCOPE_SKIP_RUSTUP is set"
  else
    say "rustup toolchain install $pinned"
    # Without a network rustup retries for long.
    RUST_BACKTRACE=0 timeout 600 rustup toolchain install "$pinned" --profile minimal \
      --component rustfmt,clippy --target "$WASM" --no-self-update \
      </dev/null >"$TOOLS/rustup.log" 2>&1 && return 0
    why="rustup could not get it, $TOOLS/rustup.log says why"
  fi
  for toolchain in $(installed_toolchains); do
    version=$(toolchain_rust "$toolchain")
    if [ -n "$version" ] && at_least "$version" "$(wanted_rust)"; then
      warn "no Rust $pinned ($why): rustup's toolchain $toolchain, Rust $version, is used instead"
      export RUSTUP_TOOLCHAIN=$toolchain
      return 0
    fi
  done
  die "no Rust $pinned ($why), and rustup has none that is new enough: with a network, run" \
    "'rustup toolchain install $pinned'"
}

# cargo and rustc on PATH, new enough; Debian's where there are none.
setup_rust() {
  local wanted found
  wanted=$(wanted_rust)
  pin_rust
  if have cargo && have rustc; then
    found=$(rust_version rustc)
    [ -n "$found" ] || die "rustc is on PATH and does not run: 'rustc --version' says why"
    at_least "$found" "$wanted" && return 0
    have rustup && die "rustc is $found, Rampscope needs $wanted: run 'rustup toolchain install $(pinned_rust)'"
    say "rustc is $found, Rampscope needs $wanted"
  fi
  debian_packages "no Rust $wanted on PATH" rustc-web cargo-web
  # Debian's programs, even where an older Rust comes first on PATH.
  ln -sfn /usr/bin/rustc "$TOOLS/bin/rustc"
  ln -sfn /usr/bin/cargo "$TOOLS/bin/cargo"
  hash -r
  at_least "$(rust_version rustc)" "$wanted" ||
    die "Debian's Rust is $(rust_version rustc), older than $wanted"
}

# Every tool is built for this machine, whatever the caller's flags are for.
plain_cargo() {
  env -u RUSTC -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET "$@"
}

# install_crate NAME VERSION MINUTES OPT ARGUMENT…: the crate's programs, into $TOOLS/bin. MINUTES is what its build
# usually takes by itself on two cores, OPT its opt-level.
install_crate() {
  local name=$1 version=$2 minutes=$3 opt=$4 start=$SECONDS work
  shift 4
  work=$(scratch)
  if have cargo-binstall && plain_cargo timeout 300 cargo binstall --no-confirm \
    --disable-strategies compile --install-path "$work/bin" --root "$work" "$name@$version" \
    </dev/null >"$work/log" 2>&1; then
    say "$name $version: installed with cargo-binstall"
  else
    say "$name $version: building it, usually about $minutes minutes on two cores"
    # A tool that runs for seconds is not worth a long build.
    local build=(plain_cargo env CARGO_PROFILE_RELEASE_LTO=off "CARGO_PROFILE_RELEASE_OPT_LEVEL=$opt"
      CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 "CARGO_TARGET_DIR=$work/target"
      cargo install "$name" --version "$version" --root "$work" "$@")
    # Without --locked where the crate's own lock file holds a withdrawn version.
    "${build[@]}" --locked </dev/null >"$work/log" 2>&1 || "${build[@]}" </dev/null >"$work/log" 2>&1 ||
      { tail -n 30 "$work/log" >&2 && die "$name $version could not be built"; }
    say "$name $version: built in $((SECONDS - start)) s"
  fi
  mv -f "$work"/bin/* "$TOOLS/bin/"
  rm -rf "$work"
}
