# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# GoBGP in a network namespace. Only inside lab/private. It has no hand in the kernel's routes.

gobgp_start() {
    local name=$1 netns=$2 config=$3 type=toml
    command -v gobgpd >/dev/null || die "GoBGP is not installed: run lab/get-routers gobgp as root"
    case $config in
        *.yaml | *.yml) type=yaml ;;
        *.json) type=json ;;
    esac
    start_process "router-$name" ip netns exec "$netns" gobgpd --config-file "$config" --config-type "$type" \
        --api-hosts 127.0.0.1:50051 --log-plain
    wait_ready 20 "router-$name" gobgp_show "$name" global
}

gobgp_stop() {
    stop_process "router-$1" "$2"
}

# The arguments are those of the gobgp command.
gobgp_show() {
    local name=$1
    shift
    ip netns exec "$(cat "$dir/routers/$name/netns")" gobgp "$@"
}
