# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# BIRD 2 in a network namespace. Only inside lab/private.

bird_start() {
    local name=$1 netns=$2 config=$3
    command -v bird >/dev/null || die "BIRD is not installed: run lab/get-routers bird as root"
    bird -p -c "$config" || die "BIRD refuses $config"
    start_process "router-$name" ip netns exec "$netns" bird -f -c "$config" -s "/run/bird/$name.ctl"
    wait_ready 20 "router-$name" bird_show "$name" show status
}

bird_stop() {
    stop_process "router-$1" "$2"
    rm -f "/run/bird/$1.ctl"
}

# The arguments are one birdc command.
bird_show() {
    local name=$1
    shift
    birdc -s "/run/bird/$name.ctl" "$@"
}
