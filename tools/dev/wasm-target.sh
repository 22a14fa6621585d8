# shellcheck shell=bash
# A rustc that compiles and links for WebAssembly. In this order: the one on PATH, rustup's target,
# Debian's packages with a standard library built once (kept in $TOOLS/rust).

# The compiler of WebAssembly builds; empty: the one on PATH.
WASM_RUSTC=

# links_wasm RUSTC: whether it makes a WebAssembly module, the way a release build does.
links_wasm() {
  local work result=0
  work=$(scratch)
  printf '#[unsafe(no_mangle)]\npub extern "C" fn f(x: u32) -> usize { format!("{x}").len() }\n' >"$work/probe.rs"
  "$1" --edition 2024 --crate-type cdylib --target "$WASM" -C opt-level=1 -C lto -C panic=abort \
    -C target-feature=+simd128 -o "$work/probe.wasm" "$work/probe.rs" >"$work/log" 2>&1 || result=1
  [ -s "$work/probe.wasm" ] || result=1
  # A toolchain that lacks the target is expected; another failure is worth a look.
  [ $result -eq 0 ] || grep -q "target may not be installed\|can't find crate for" "$work/log" ||
    head -n 5 "$work/log" >&2
  rm -rf "$work"
  return $result
}

skip_rustup() { [ "${RAMPSCOPE_SKIP_RUSTUP:-}" = 1 ]; }

setup_wasm_target() {
  local wrapper=$TOOLS/bin/rustc-wasm
  if ! skip_rustup && links_wasm rustc; then
    WASM_RUSTC=
  elif debian_std_is_current && links_wasm "$wrapper"; then
    WASM_RUSTC=$wrapper
  elif ! skip_rustup && have rustup && add_rustup_target && links_wasm rustc; then
    WASM_RUSTC=
  else
    build_debian_std
    links_wasm "$wrapper" || die "Debian's Rust with the standard library built here does not link WebAssembly"
    WASM_RUSTC=$wrapper
  fi
  WASM_RUST="$(rust_version "${WASM_RUSTC:-rustc}")${WASM_RUSTC:+ (Debian)}"
}

add_rustup_target() {
  say "wasm: rustup target add $WASM"
  # Without a network rustup retries for long.
  timeout 180 rustup target add "$WASM" </dev/null >"$TOOLS/rustup.log" 2>&1 && return 0
  say "wasm: rustup could not add the target: $(tail -n 1 "$TOOLS/rustup.log")"
  return 1
}

# What the built standard library belongs to: the very compiler.
debian_stamp() { /usr/bin/rustc -vV 2>/dev/null | sed -n 's/^release: //p; s/^commit-hash: //p; s/^host: //p'; }

debian_std_is_current() {
  [ -f "$TOOLS/rust/stamp" ] && [ "$(cat "$TOOLS/rust/stamp")" = "$(debian_stamp)" ] &&
    [ -x "$TOOLS/bin/rustc-wasm" ] && [ -x /usr/bin/lld-22 ]
}

# Debian packages no standard library for wasm32-unknown-unknown, but its source. Cargo's build-std
# is for nightly compilers only; RUSTC_BOOTSTRAP lets this one do it, for these crates alone.
build_debian_std() {
  debian_packages "wasm: no Rust target $WASM" rustc-web cargo-web rust-web-src lld-22
  say "wasm: building Rust's standard library for $WASM, about two minutes, once"
  local work host
  work=$(scratch)
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  mkdir -p "$work/crate/src"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/crate/Cargo.toml"
  # Its own workspace, although it lies inside another package.
  printf '[workspace]\n[profile.release]\ncodegen-units = 1\n' >>"$work/crate/Cargo.toml"
  printf '#![no_std]\n' >"$work/crate/src/lib.rs"
  # embed-bitcode: else a release build with lto cannot use the result.
  (cd "$work/crate" && plain_cargo env RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 \
    CARGO_TARGET_DIR="$work/target" CARGO_ENCODED_RUSTFLAGS=-Cembed-bitcode=yes \
    /usr/bin/cargo build --release --target "$WASM" \
    -Zbuild-std=std,panic_abort,panic_unwind,test) </dev/null >"$work/log" 2>&1 ||
    { tail -n 30 "$work/log" >&2 && die "the standard library could not be built"; }

  local rustlib=$work/rust/lib/rustlib rlib
  mkdir -p "$rustlib/$WASM/lib" "$rustlib/$host/bin"
  for rlib in "$work/target/$WASM/release/deps"/*.rlib; do
    case $rlib in */libstd_for_wasm-*) ;; *) cp "$rlib" "$rustlib/$WASM/lib/" ;; esac
  done
  # The same compiler builds procedural macros and build scripts for the host.
  ln -s "/usr/lib/rustlib/$host/lib" "$rustlib/$host/lib"
  ln -s /usr/bin/lld-22 "$rustlib/$host/bin/rust-lld"
  debian_stamp >"$work/rust/stamp"
  # shellcheck disable=SC2016 # the wrapper expands it
  printf '%s\n' '#!/bin/sh' '# Written by ./dev: Debian'\''s rustc with the WebAssembly standard library beside it.' \
    'exec /usr/bin/rustc --sysroot "$(dirname "$0")/../rust" "$@"' >"$work/rustc-wasm"
  chmod +x "$work/rustc-wasm"
  rm -rf "$TOOLS/rust"
  mv "$work/rust" "$TOOLS/rust"
  mv -f "$work/rustc-wasm" "$TOOLS/bin/rustc-wasm"
  rm -rf "$work"
}

# wasm_env COMMAND…: runs it with the compiler and the folder of WebAssembly builds. The caller's
# flags would replace those of .cargo/config.toml, to which one is added: the places in a panic's
# message do not tell where this machine keeps its crates.
wasm_env() {
  local crates=${CARGO_HOME:-$HOME/.cargo}/registry/src
  env -u RUSTFLAGS -u CARGO_ENCODED_RUSTFLAGS -u CARGO_BUILD_TARGET \
    CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$crates=crates" \
    ${WASM_RUSTC:+"RUSTC=$WASM_RUSTC"} "CARGO_TARGET_DIR=$WASM_TARGET" "$@"
}
