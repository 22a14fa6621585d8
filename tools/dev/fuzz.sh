# shellcheck shell=bash
# The readers fuzzed: fuzz/ has the targets. libFuzzer is linked in (it needs a C++ compiler), and code is
# instrumented as cargo-fuzz does it, without a sanitizer, which needs a nightly compiler: nothing that
# reads files is unsafe. `cargo fuzz run TARGET` takes the same targets where it is installed.

FUZZ_TARGETS=(npy zip safetensors index onnx legacy unpickler text)

# seeds TARGET: the names of files of tests/layers that it starts from.
seeds() {
  case $1 in
    npy) echo '*.npy' ;;
    zip) echo '*.npz *.pt *.pth' ;;
    safetensors) echo '*.safetensors' ;;
    index) echo '*.index.json' ;;
    onnx) echo '*.onnx onnx_named.bin' ;;
    legacy) echo '*legacy*.pt broken_pt_bare_pickle.pt' ;;
    unpickler) echo 'broken_pt_bare_pickle.pt' ;;
    text) echo 'text_* broken_text_*' ;;
  esac
}

build_fuzz() {
  local flags=(-Cpasses=sancov-module -Ccodegen-units=1 -Cllvm-args=-sanitizer-coverage-level=4
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
    -Cllvm-args=-sanitizer-coverage-trace-compares)
  env -u CARGO_ENCODED_RUSTFLAGS RUSTFLAGS="--cfg fuzzing ${flags[*]}" CARGO_TARGET_DIR="$TARGET/fuzz" \
    cargo build --locked --release --manifest-path fuzz/Cargo.toml --target "$FUZZ_HOST" --bins
}

# run_fuzz [SECONDS] [TARGET…]: each for so long, one after the other. What is found stays in fuzz/found/.
run_fuzz() {
  local seconds=60 target pattern file corpus failed=()
  if [ $# -gt 0 ]; then
    seconds=$1
    shift
  fi
  [[ $seconds =~ ^[0-9]+$ ]] || die "'$seconds' is no number of seconds"
  [ $# -gt 0 ] || set -- "${FUZZ_TARGETS[@]}"
  with_lock use_python
  have g++ || have c++ || have clang++ || debian_packages "libFuzzer needs a C++ compiler" g++
  FUZZ_HOST=$(rustc -vV | sed -n 's/^host: //p')
  build_fuzz
  mkdir -p fuzz/found
  for target; do
    corpus=$TARGET/fuzz/corpus/$target
    mkdir -p "$corpus"
    for pattern in $(seeds "$target"); do
      for file in tests/layers/files/$pattern; do
        [ ! -f "$file" ] || cp "$file" "$corpus/$(basename "$file")"
      done
    done
    if [ "$target" = unpickler ]; then
      python3 - tests/layers/files "$corpus" <<'PYTHON'
import pathlib, sys, zipfile
for path in pathlib.Path(sys.argv[1]).glob("*.pt*"):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith("data.pkl"):
                    pathlib.Path(sys.argv[2], path.name + ".pkl").write_bytes(archive.read(name))
PYTHON
    fi
    say "fuzzing $target for $seconds s"
    nice "$TARGET/fuzz/$FUZZ_HOST/release/$target" -max_total_time="$seconds" -timeout=20 \
      -rss_limit_mb=600 -malloc_limit_mb=256 -max_len=65536 -print_final_stats=1 -verbosity=1 \
      -artifact_prefix="fuzz/found/$target-" "$corpus" 2>&1 | grep -E '^(==|INFO: s|stat::|Done|SUMMARY|thread|fuzz/|artifact|Test unit|.*ERROR)|panicked|DONE' || true
    [ "${PIPESTATUS[0]}" -eq 0 ] || failed+=("$target")
  done
  [ ${#failed[@]} -eq 0 ] || die "something was found: ${failed[*]}; the inputs are in fuzz/found/"
}
