# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# Stands in for scheduler, kubelet and images: every Pod gets a node, a network namespace with addresses of both
# families there, and a small HTTP server on its container port. Its status is then what a kubelet would write.

# One line per event: EVENT NAMESPACE NAME UID NODE PORT HOST_NETWORK PHASE DELETED
pod_events() {
    kubectl get pods --all-namespaces --watch --output-watch-events -o json |
        jq --unbuffered -r '.object as $pod | [.type, $pod.metadata.namespace, $pod.metadata.name, $pod.metadata.uid,
            $pod.spec.nodeName // "-", ([$pod.spec.containers[].ports[]?.containerPort] | first) // 80,
            $pod.spec.hostNetwork // false, $pod.status.phase // "Pending",
            ($pod.metadata.deletionTimestamp != null)] | join(" ")'
}

# Every pod of the next round goes to the next node.
next_node() {
    local nodes
    mapfile -t nodes < <(kubectl get nodes -o name | sed 's#node/##')
    [[ ${#nodes[@]} -gt 0 ]] || return 1
    echo "${nodes[$((RANDOM % ${#nodes[@]}))]}"
}

bind_pod() {
    local node
    node=$(next_node) || return 0
    kubectl create --raw "/api/v1/namespaces/$1/pods/$2/binding" -f - >/dev/null <<END || true
{"apiVersion": "v1", "kind": "Binding", "metadata": {"name": "$2"}, "target": {"kind": "Node", "name": "$node"}}
END
}

# pod_ready NAMESPACE NAME NODE IPV4 IPV6
pod_ready() {
    local host now
    host=$(node_addresses "$3")
    now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
    kubectl patch pod -n "$1" "$2" --subresource=status -p "$(
        cat <<END
{"status": {"phase": "Running", "startTime": "$now", "hostIP": "${host%% *}", "hostIPs": [{"ip": "${host%% *}"}],
  "podIP": "$4", "podIPs": [{"ip": "$4"}, {"ip": "$5"}],
  "conditions": [{"type": "Ready", "status": "True", "lastTransitionTime": "$now"},
                 {"type": "ContainersReady", "status": "True", "lastTransitionTime": "$now"},
                 {"type": "PodScheduled", "status": "True", "lastTransitionTime": "$now"}]}}
END
    )" >/dev/null
}

# pod_network NETNS NODE NUMBER
pod_network() {
    local number=${2#n}
    add_netns "$1"
    ip link add "$1" netns "$2" type veth peer name eth0 netns "$1"
    ip -n "$2" link set "$1" master cni0 up
    # A pod that meets itself behind a Service is reached through the link it came from.
    ip -n "$2" link set "$1" type bridge_slave hairpin on
    ip -n "$1" link set eth0 up
    add_address "$1" eth0 "10.244.$number.$3/24" "fd44:0:0:$number::$3/64"
    ip -n "$1" route add default via "10.244.$number.1"
    ip -n "$1" route add default via "fd44:0:0:$number::1"
}

# run_pod NAMESPACE NAME UID NODE PORT HOST_NETWORK
run_pod() {
    local namespace=$1 name=$2 node=$4 port=$5 netns=pod-${3%%-*} number addresses
    if [[ $6 == true ]]; then
        read -ra addresses < <(kubectl get node "$node" \
            -o jsonpath='{.status.addresses[?(@.type=="InternalIP")].address}{"\n"}')
        pod_ready "$namespace" "$name" "$node" "${addresses[@]}"
        return
    fi
    if [[ -e $dir/pods/$netns ]]; then return; fi
    number=$(($(cat "$dir/pods/next-$node" 2>/dev/null || echo 2)))
    echo $((number + 1)) >"$dir/pods/next-$node"
    echo "$node" >"$dir/pods/$netns"
    # Without root there are no namespaces: the pod has addresses, but nobody answers there.
    if [[ -n ${TWINSTACK_LAB_PRIVATE:-} ]]; then
        pod_network "$netns" "$node" "$number"
        start_process "$netns" ip netns exec "$netns" python3 "$lab/lib/backend.py" "$port" "$name" "$node"
        wait_ready 10 "$netns" ip netns exec "$netns" curl -fsS "http://127.0.0.1:$port/"
    fi
    pod_ready "$namespace" "$name" "$node" "10.244.${node#n}.$number" "fd44:0:0:${node#n}::$number"
}

# end_pod NAMESPACE NAME UID
end_pod() {
    local netns=pod-${3%%-*}
    stop_process "$netns"
    if [[ -e /run/netns/$netns ]]; then
        ip -n "$(cat "$dir/pods/$netns")" link delete "$netns" 2>/dev/null || true
        ip netns delete "$netns"
    fi
    rm -f "$dir/pods/$netns"
    kubectl delete pod -n "$1" "$2" --grace-period=0 --force --wait=false >/dev/null 2>&1 || true
}

run_pods() {
    local event namespace name uid node port host phase deleted
    mkdir -p "$dir/pods"
    while read -r event namespace name uid node port host phase deleted; do
        if [[ $event == DELETED || $deleted == true ]]; then
            end_pod "$namespace" "$name" "$uid"
        elif [[ $node == - ]]; then
            bind_pod "$namespace" "$name"
        elif [[ $phase == Pending ]]; then
            run_pod "$namespace" "$name" "$uid" "$node" "$port" "$host" || say "pod $namespace/$name did not start"
        fi
    done < <(pod_events)
}
