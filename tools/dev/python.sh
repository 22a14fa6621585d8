# shellcheck shell=bash
# A Python for the tests, in a virtual environment: it runs the lines that the page makes, and Sphinx.

# makes_venvs PYTHON: whether it is new enough, and can make a virtual environment.
makes_venvs() { "$1" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# The one that is there; without it the tests that need one say that they did not run.
use_python() { [ ! -f "$TOOLS/python/requirements.txt" ] || setup_python; }

# RAMPSCOPE_PYTHON, unless the caller has named one: what tools/python/requirements.txt lists.
setup_python() {
  [ -z "${RAMPSCOPE_PYTHON:-}" ] || return 0
  local venv=$TOOLS/python list=tools/python/requirements.txt base=python3
  export RAMPSCOPE_PYTHON=$venv/bin/python
  # The import fails too where another Python has taken the place of the one below it.
  cmp -s "$list" "$venv/requirements.txt" && "$RAMPSCOPE_PYTHON" -c 'import sphinx' 2>/dev/null &&
    return 0
  if ! makes_venvs "$base"; then
    debian_packages "no Python 3.11 with venv" python3-venv
    base=/usr/bin/python3
    makes_venvs "$base" || die "$($base --version) makes no virtual environment, or is older than 3.11"
  fi
  say "Python: the packages of tools/python"
  rm -rf "$venv"
  # The copied list comes last: without it, the next run starts over.
  { "$base" -m venv "$venv" && "$RAMPSCOPE_PYTHON" -m pip install --no-input --no-deps \
    --only-binary :all: --require-hashes -r "$list"; } </dev/null >"$TOOLS/pip.log" 2>&1 ||
    { tail -n 20 "$TOOLS/pip.log" >&2 && die "pip could not install the packages of tools/python"; }
  cp "$list" "$venv/requirements.txt"
}
