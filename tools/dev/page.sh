# shellcheck shell=bash
# The page: built into dist/ by Trunk, and served.

# Trunk never fetches anything: the set-up has put all in place.
trunk_offline() { wasm_env trunk --skip-version-check "$@" --offline --locked; }

build_page() {
  setup_build
  say "building the page into dist/"
  trunk_offline build --release
}

page_sizes() {
  say "sizes in bytes"
  node tools/dev/sizes.mjs dist "$WASM_TARGET/named.wasm"
}

# port_taken PORT: whether something listens there.
port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

serve_page() {
  local port=8080 release=--release open=()
  while [ $# -gt 0 ]; do
    case $1 in
      --port) port=${2:-} && shift ;;
      --port=*) port=${1#*=} ;;
      --open) open=(--open) ;;
      --debug) release= ;;
      *) die "serve does not know '$1'" ;;
    esac
    shift || die "--port needs a number"
  done
  { [[ $port =~ ^[0-9]{1,5}$ ]] && [ "$port" -ge 1 ] && [ "$port" -le 65535 ]; } ||
    die "'$port' is no port: 1 to 65535"
  ! port_taken "$port" || die "port $port is taken: ./dev serve --port $((port < 65535 ? port + 1 : 8080))"
  setup_serve
  say "building the page; its address follows"
  announce "$port" $$ &
  # Its own folder: a test run beside it builds dist/. What is kept for visits without network would
  # hide the newest build.
  RAMPSCOPE_OFFLINE=${RAMPSCOPE_OFFLINE:-0} \
    trunk_offline serve $release --port "$port" --dist "$TARGET/serve" ${open[@]+"${open[@]}"}
}

# Says the address once the server answers; gives up when the script it belongs to has ended.
announce() {
  while kill -0 "$2" 2>/dev/null; do
    port_taken "$1" && say "Rampscope is at http://127.0.0.1:$1/ (Ctrl-C ends it)" && return
    sleep 0.5
  done
}
