# shellcheck shell=bash
# What every lab script shares: where things are, messages, and the results file of a lab directory.

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=../versions.env
. "$lab/versions.env"

say() { echo "$(basename "$0"): $*" >&2; }

die() {
    say "$*"
    exit 1
}

wrong_use() {
    say "$* (see --help)"
    exit 2
}

# A lab directory holds all state of one lab: env (results as KEY=VALUE lines), run/ (process ids), log/ and more.
# Sets $dir.
use_dir() {
    [[ -n ${1:-} ]] || wrong_use "--dir DIR is missing"
    mkdir -p "$1/run" "$1/log"
    dir=$(cd "$1" && pwd)
    touch "$dir/env"
}

put_env() {
    sed -i "/^$1=/d" "$dir/env"
    echo "$1=$2" >>"$dir/env"
}

get_env() {
    sed -n "s/^$1=//p" "$dir/env"
}

# Where the Kubernetes programs are: LAB_BIN if set (the tests pass it), else lab/get-tools decides.
tools() {
    if [[ -n ${LAB_BIN:-} && -x $LAB_BIN/$1 ]]; then
        echo "$LAB_BIN/$1"
    else
        echo "$("$lab/get-tools" "$1")/$1"
    fi
}

# Everything that makes links, routes or namespaces passes here first.
only_private() {
    [[ -n ${TWINSTACK_LAB_PRIVATE:-} ]] || die "runs only inside lab/private: it must not touch this machine's own network"
}

# A TCP port of the loopback address that nobody listens on.
free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 12000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            echo "$port"
            return
        fi
    done
}
