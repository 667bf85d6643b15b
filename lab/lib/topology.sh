# shellcheck shell=bash
# The network: a LAN bridge with nodes, routers and clients as network namespaces. Only inside lab/private.
#
#   lan  10.66.0.1 fd66::1           API server, etcd, tests (this namespace)
#    |- n1..n9  10.66.0.1N fd66::1N  nodes; their pods: 10.244.N.0/24 fd44:0:0:N::/64 behind bridge cni0
#    |- r       10.66.0.254 fd66::254  router -- c 10.67.0.2 fd67::2, a client behind it
#    '- l       10.66.0.200 fd66::200  a client on the LAN

service_range_v4=10.152.183.0/24
service_range_v6=fd98::/108

quiet_network() {
    local setting
    for setting in all default; do
        echo 0 >"/proc/sys/net/ipv6/conf/$setting/accept_ra"
    done
    echo 0 >/proc/sys/net/ipv6/conf/default/accept_dad
}

# For ip netns exec: forwarding, and ECMP by ports, so that one client meets every node.
forward_packets() {
    echo 1 >/proc/sys/net/ipv4/ip_forward
    echo 1 >/proc/sys/net/ipv6/conf/all/forwarding
    echo 1 >/proc/sys/net/ipv4/fib_multipath_hash_policy
    echo 1 >/proc/sys/net/ipv6/fib_multipath_hash_policy
}
export -f quiet_network forward_packets

in_netns() {
    local netns=$1
    shift
    ip netns exec "$netns" "$@"
}

add_netns() {
    ip netns add "$1"
    in_netns "$1" bash -c quiet_network
    ip -n "$1" link set lo up
}

# add_address NETNS LINK ADDRESS/LENGTH...
add_address() {
    local netns=$1 link=$2 address
    shift 2
    for address in "$@"; do
        if [[ $address == *:* ]]; then
            ip -n "$netns" address add "$address" dev "$link" nodad
        else
            ip -n "$netns" address add "$address" dev "$link"
        fi
    done
}

# add_host NAME ADDRESS/LENGTH...: a namespace with one link, eth0, on the LAN. It forwards packets.
add_host() {
    local name=$1
    shift
    add_netns "$name"
    ip link add "lan-$name" type veth peer name eth0 netns "$name"
    ip link set "lan-$name" master lan up
    ip -n "$name" link set eth0 up
    in_netns "$name" bash -c forward_packets
    add_address "$name" eth0 "$@"
}

# The link goes first: the kernel takes a namespace down later, in its own time.
remove_host() {
    if ip link show "lan-$1" >/dev/null 2>&1; then ip link delete "lan-$1"; fi
    ip netns delete "$1"
}

add_lan() {
    quiet_network
    ip link add lan type bridge forward_delay 0 mcast_snooping 0
    ip link set lan up
    ip address add 10.66.0.1/24 dev lan
    ip address add fd66::1/64 dev lan nodad
    # Frames of the LAN are no business of this namespace's packet filter.
    local setting
    for setting in /proc/sys/net/bridge/bridge-nf-call-*; do
        if [[ -w $setting ]]; then echo 0 >"$setting" 2>/dev/null || true; fi
    done
    # A cluster address that no kube-proxy translates here is refused at once.
    ip route add unreachable "$service_range_v4" metric 9999
    ip route add unreachable "$service_range_v6" metric 9999
}

# add_node NUMBER: namespace nNUMBER with a bridge for its pods.
add_node() {
    local number=$1 name=n$1
    add_host "$name" "10.66.0.1$number/24" "fd66::1$number/64"
    ip -n "$name" link add cni0 type bridge forward_delay 0
    ip -n "$name" link set cni0 up
    add_address "$name" cni0 "10.244.$number.1/24" "fd44:0:0:$number::1/64"
    ip route add "10.244.$number.0/24" via "10.66.0.1$number"
    ip route add "fd44:0:0:$number::/64" via "fd66::1$number"
    if has_netns r; then
        ip -n "$name" route add default via 10.66.0.254
        ip -n "$name" route add default via fd66::254
    fi
}

# Each node knows the way to the pods of the others.
join_nodes() {
    local here there
    for here in $(seq "$1"); do
        for there in $(seq "$1"); do
            if [[ $here != "$there" ]]; then
                ip -n "n$here" route replace "10.244.$there.0/24" via "10.66.0.1$there"
                ip -n "n$here" route replace "fd44:0:0:$there::/64" via "fd66::1$there"
            fi
        done
    done
}

has_netns() {
    [[ -e /run/netns/$1 ]]
}

# Router r with client c behind it.
add_router_and_client() {
    add_host r 10.66.0.254/24 fd66::254/64
    add_netns c
    ip -n r link add eth1 type veth peer name eth0 netns c
    ip -n r link set eth1 up
    ip -n c link set eth0 up
    add_address r eth1 10.67.0.1/24 fd67::1/64
    add_address c eth0 10.67.0.2/24 fd67::2/64
    ip -n c route add default via 10.67.0.1
    ip -n c route add default via fd67::1
    ip route add 10.67.0.0/24 via 10.66.0.254
    ip route add fd67::/64 via fd66::254
}

topology_up() {
    local nodes=$1 number
    add_lan
    add_router_and_client
    add_host l 10.66.0.200/24 fd66::200/64
    ip -n l route add default via 10.66.0.254
    ip -n l route add default via fd66::254
    for number in $(seq "$nodes"); do
        add_node "$number"
    done
    join_nodes "$nodes"
}

topology_down() {
    local name
    for name in $(ip netns list | cut -d' ' -f1); do
        remove_host "$name"
    done
    if ip link show lan >/dev/null 2>&1; then ip link delete lan; fi
    ip route flush type unreachable 2>/dev/null || true
    ip -6 route flush type unreachable 2>/dev/null || true
}
