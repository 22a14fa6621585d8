# shellcheck shell=bash
# The parts of `test`, `bench` and `check`: each is run, timed and counted.

PASSED=0
FAILED=0
SUMMARY=()

# count HOW LOG: "passed failed", read from what a runner printed.
count() {
  sed 's/\x1b\[[0-9;]*m//g' "$2" | case $1 in
    cargo) awk '/^test result:/ { p += $4; f += $6 } END { print p + 0, f + 0 }' ;;
    # A skipped end-to-end test is a test that did not run: it counts as failed.
    node) awk '$1 ~ /^(ℹ|#)$/ && $2 == "pass" { p += $3 }
      $1 ~ /^(ℹ|#)$/ && $2 ~ /^(fail|cancelled|skipped)$/ { f += $3 } END { print p + 0, f + 0 }' ;;
    replay) awk '$NF ~ /^[0-9]+\/[0-9]+$/ { split($NF, n, "/"); if (n[1] == n[2] && n[2] > 0) p++; else f++ }
      END { print p + 0, f + 0 }' ;;
    step) echo 0 0 ;;
  esac
}

# part NAME HOW COMMAND…: HOW is the runner whose output is counted, or `step`: one check, passed
# when the command succeeds. A runner that ran no test has failed.
part() {
  local name=$1 how=$2 start=$SECONDS code=0 passed failed log
  shift 2
  log=$LOGS/${name// /-}.log
  mkdir -p "$LOGS"
  say "$name"
  "$@" </dev/null 2>&1 | tee "$log" || code=${PIPESTATUS[0]}
  read -r passed failed < <(count "$how" "$log")
  local note=
  if [ "$how" = step ]; then
    passed=$((code == 0)) failed=$((code != 0))
  elif [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1 note="  (exit code $code)"
  elif [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then
    failed=1 note="  (ran no test)"
  fi
  PASSED=$((PASSED + passed)) FAILED=$((FAILED + failed))
  local result=ok
  [ "$failed" -eq 0 ] || result=FAILED
  SUMMARY+=("$(printf '%-6s %-34s %5d passed %4d failed %5d s%s' "$result" "$name" "$passed" \
    "$failed" $((SECONDS - start)) "$note")")
}

# summary: the table, what ran on what, and the line that CI reads last.
summary() {
  printf '\n'
  say "summary"
  printf '%s\n' "${SUMMARY[@]}"
  local logs=("$LOGS"/*.log)
  [ ! -e "${logs[0]}" ] || sed 's/\x1b\[[0-9;]*m//g' "${logs[@]}" |
    grep -oE '(kernel backend|browser|NOT RUN): [^()]*[^() ]' | sort | uniq -c | sed 's/^ *\([0-9]*\) /\1 × /' || true
  printf 'in %d s, set-up included\n' "$SECONDS"
  printf '%d passed, %d failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
}

# Integration tests that exist only with the page's features; the others run without them.
app_tests() {
  cargo metadata --locked --no-deps --format-version 1 | node tools/dev/app-tests.mjs
}

test_native() {
  # With the command line, which needs no browser either.
  part "native" cargo cargo test --locked --no-default-features --features cli --no-fail-fast -- --show-output
  part "replay" replay cargo run --locked --quiet --release --no-default-features \
    --example replay -- tests/golden/*.json.gz
}

# What of the page needs no browser compiles and runs natively too.
test_native_app() {
  local tests
  tests=$(app_tests)
  # shellcheck disable=SC2086 # one word a test
  part "native, page" cargo cargo test --locked --no-fail-fast --lib --bins $tests -- --show-output
}

wasm_test() {
  printf 'browser: %s\n' "$("$CHROMIUM" --version 2>/dev/null)"
  wasm_env WASM_BINDGEN_TEST_TIMEOUT=600 cargo test --locked --offline --target "$WASM" --no-fail-fast \
    --no-default-features "$@" -- --nocapture
}

# Without the page's features: what of the page needs a browser is tested end to end.
test_wasm() {
  part "wasm" cargo wasm_test --tests
  part "wasm, audit" cargo wasm_test --features model --test audit_browser
}

test_e2e() {
  local before=$FAILED
  part "release build" step trunk_offline build --release
  # What an earlier run left in dist/ and pkg/ would be tested otherwise.
  if [ "$FAILED" -gt "$before" ]; then
    rm -rf dist pkg
  fi
  part "built module" cargo env RAMPSCOPE_WASM="$ROOT/pkg/rampscope_bg.wasm" \
    cargo test --locked --no-default-features --test wasm_module -- --show-output
  part "e2e" node node --test --test-reporter=spec tests/e2e/*.test.mjs
}

setup_native() {
  setup_node
  setup_python
  fetch_models
}

run_tests() {
  [ $# -gt 0 ] || set -- all
  local what setup=use_python
  for what; do
    case $what in
      all | wasm | e2e) setup=setup_all ;;
      fast) ;;
      native) [ $setup = setup_all ] || setup=setup_native ;;
      *) die "test what? fast, native, wasm, e2e, or nothing for all" ;;
    esac
  done
  with_lock $setup
  # The summary reads these.
  rm -f "$LOGS"/*.log
  for what; do
    case $what in
      fast) test_native ;;
      native) test_native && test_native_app ;;
      wasm) test_wasm ;;
      e2e) test_e2e ;;
      all) test_native && test_native_app && test_wasm && test_e2e ;;
    esac
  done
  summary
}

# bench_module FOLDER FEATURE: examples/kernel_wasm.rs as the page is built, with or without vectors.
bench_module() {
  wasm_env CARGO_TARGET_DIR="$1" RUSTFLAGS="-C target-feature=$2simd128" cargo build --locked \
    --profile page --no-default-features --target "$WASM" --example kernel_wasm
}

# The kernel beside onnxruntime-web, in a browser.
bench_beside() {
  local folder=$WASM_TARGET/bench examples=$WASM_TARGET/bench/$WASM/page/examples
  wasm_env CARGO_TARGET_DIR="$folder" RUSTFLAGS="-C target-feature=+simd128" cargo rustc --locked \
    --profile page --no-default-features --target "$WASM" --example kernel_relaxed -- \
    -C target-feature=+relaxed-simd -C link-arg=--import-memory
  # 150 MB, for this alone.
  (npm_packages tools/onnxruntime-web "$TOOLS/onnxruntime-web") || {
    warn "not run beside onnxruntime-web: it could not be fetched"
    return 0
  }
  say "the kernel beside onnxruntime-web"
  node tests/e2e/bench-kernel.mjs "$examples/kernel_wasm.wasm" "$examples/kernel_relaxed.wasm" \
    "$TOOLS/onnxruntime-web/node_modules/onnxruntime-web/dist"
}

run_bench() {
  setup_test
  local ran=0 module=$WASM/page/examples/kernel_wasm.wasm
  if [ -f benches/kernel.mjs ]; then
    say "the kernel in WebAssembly"
    bench_module "$WASM_TARGET/bench" +
    # Its plain loop is scalar for certain.
    bench_module "$WASM_TARGET/bench-scalar" -
    node benches/kernel.mjs "$WASM_TARGET/bench/$module" "$WASM_TARGET/bench-scalar/$module"
    bench_beside
    ran=1
  fi
  if [ -f tests/e2e/bench.mjs ]; then
    say "the page, from input event to drawn frame"
    trunk_offline build --release
    node tests/e2e/bench.mjs
    node tests/e2e/bench-model.mjs
    page_sizes
    ran=1
  fi
  [ $ran -eq 1 ] || die "there is no bench"
}

clippy_wasm() {
  wasm_env cargo clippy --locked --target "$WASM" --all-targets "$@" -- -D warnings
}

# Every script and what it reads with `source`: one that is read by none would be looked at by nobody.
check_shell() {
  local file unread=
  shellcheck --external-sources --check-sourced dev .ci/run || return 1
  for file in tools/dev/*.sh; do
    grep -qx "source $file" dev || { warn "$file: ./dev does not read it" && unread=1; }
  done
  [ -z "$unread" ]
}

# JavaScript against its JSDoc. What runs in one place has one tsconfig.json, and each file has one: one
# without would be looked at by nobody.
check_types() {
  local tsc=tests/e2e/node_modules/.bin/tsc project failed='' unseen
  local projects=(www www/tsconfig.worker.json www/audit tools examples/embed tests/e2e)
  # What the package's types take from the crate's tables, where rootDirs looks for it.
  node tools/dev/interface.mjs target/interface || return 1
  for project in "${projects[@]}"; do
    "$tsc" --project "$project" || failed=1
  done
  git ls-files --error-unmatch www/loader.js >/dev/null || return 1
  unseen=$(git ls-files '*.js' '*.mjs' |
    grep -vxFf <(for project in "${projects[@]}"; do "$tsc" --project "$project" --listFilesOnly; done | sed "s,^$ROOT/,,")) || true
  [ -z "$unseen" ] || { warn "no tsconfig.json has: ${unseen//$'\n'/ }" && failed=1; }
  [ -z "$failed" ]
}

run_check() {
  setup_check
  # The summary reads these.
  rm -f "$LOGS"/*.log
  local features
  part "format" step cargo fmt --check
  part "shell" step check_shell
  part "types of JavaScript" step check_types
  part "lint of JavaScript and styles" step biome lint --error-on-warnings
  part "links" step node tools/dev/links.mjs
  for features in "--no-default-features" "--features=app,model"; do
    part "clippy $features" step cargo clippy --locked --all-targets "$features" -- -D warnings
    part "doc $features" step env RUSTDOCFLAGS=-Dwarnings cargo doc --locked --no-deps "$features"
  done
  part "clippy cli" step cargo clippy --locked --all-targets --no-default-features --features=cli -- -D warnings
  part "clippy split" step cargo clippy --locked --lib --bins --no-default-features --features=split -- -D warnings
  # Clippy belongs to the native toolchain, which may lack the target.
  if [ -z "$WASM_RUSTC" ]; then
    for features in "--no-default-features" "--features=app,model"; do
      part "clippy wasm $features" step clippy_wasm "$features"
    done
  else
    SUMMARY+=("NOT RUN clippy for wasm: its toolchain has no $WASM")
  fi
  summary
}
