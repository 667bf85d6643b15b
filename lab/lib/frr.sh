# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# FRR, one path space per router: zebra, staticd, bfdd and bgpd in a network namespace. Only inside lab/private.

frr_bin=/usr/lib/frr

frr_start() {
    local name=$1 netns=$2 config=$3 daemon
    [[ -x $frr_bin/bgpd ]] || die "FRR is not installed: run lab/get-routers frr as root"
    mkdir -p "/etc/frr/$name" "/run/frr/$name"
    cp "$config" "/etc/frr/$name/frr.conf"
    echo 'service integrated-vtysh-config' >"/etc/frr/$name/vtysh.conf"
    chown -R frr:frr "/etc/frr/$name" "/run/frr/$name"
    for daemon in zebra staticd bfdd bgpd; do
        start_process "router-$name-$daemon" ip netns exec "$netns" "$frr_bin/$daemon" \
            -N "$name" -A 127.0.0.1 -P 0 --log stdout
        wait_ready 20 "router-$name-$daemon" test -S "/run/frr/$name/$daemon.vty"
    done
    vtysh -N "$name" -b >>"$dir/log/router-$name.log" 2>&1 ||
        {
            tail "$dir/log/router-$name.log" >&2
            die "FRR refuses $config"
        }
    wait_until 20 "FRR $name" frr_show "$name" "show bgp summary"
}

frr_stop() {
    local daemon
    for daemon in bgpd bfdd staticd zebra; do
        stop_process "router-$1-$daemon" "$2"
    done
    rm -rf "/run/frr/$1" "/etc/frr/$1"
}

# Each argument is one vtysh command.
frr_show() {
    local name=$1 arguments=() argument
    shift
    for argument in "$@"; do arguments+=(-c "$argument"); done
    vtysh -N "$name" "${arguments[@]}"
}
