# shellcheck shell=bash
# Whether two builds of a commit in two folders give the same bytes.

# run_same: builds what is committed twice, from nothing but the tools, and compares dist/ and pkg/.
run_same() {
  setup_build
  local work folder made differing=''
  # Elsewhere: below this folder cargo would read its flags twice.
  work=$(mktemp -d "${TMPDIR:-/tmp}/rampscope-same.XXXXXX")
  for folder in one another/two; do
    say "building in $work/$folder"
    git clone --quiet --shared . "$work/$folder"
    (cd "$work/$folder" && env -u CARGO_TARGET_DIR ./dev build) || die "the build in $folder failed"
  done
  for made in dist pkg; do
    diff -rq "$work/one/$made" "$work/another/two/$made" || differing=1
  done
  [ -z "$differing" ] || die "two builds of one commit differ"
  say "two builds of $(git rev-parse --short HEAD) are the same: $(sha256sum <"$work/one/dist/SHA256SUMS" | cut -c 1-16)"
  rm -rf "$work"
}
