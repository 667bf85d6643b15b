# shellcheck shell=bash disable=SC2154  # dir, lab: set by use_dir in common.sh
# Start and end of the cluster of real nodes.

cluster_nodes=(n1 n2 n3)

step() {
    echo "$(basename "$0"): $* ($((SECONDS)) s)" >&2
}

# start_cluster ARCHIVE
start_cluster() {
    local name starting=()
    remove_cgroups "$cgroup_prefix-"
    guard_sysctls
    step "network namespaces: nodes ${cluster_nodes[*]}, router r, client c"
    "$lab/topology" up --nodes "${#cluster_nodes[@]}"
    step "etcd, kube-apiserver, kube-controller-manager, kube-scheduler"
    "$lab/apiserver" start --dir "$dir" --address 10.66.0.1 --controllers --real-nodes >/dev/null
    # Kubelets may do what the role for them says; the lab's API server does not tell one node from another.
    kubectl create clusterrolebinding lab-nodes --clusterrole=system:node --group=system:nodes >/dev/null
    "$lab/router" start frr --dir "$dir" --name r --config "$lab/config/frr-demo.conf"
    step "containerd, kubelet and kube-proxy on each node, the image on each containerd"
    make_pod_image
    for name in "${cluster_nodes[@]}"; do
        # shellcheck disable=SC2046  # two addresses
        node_object "$name" $(node_addresses "$name")
        node_real_start "$name" "$1" &
        starting+=($!)
    done
    for name in "${starting[@]}"; do wait "$name" || die "a node did not start"; done
    for name in "${cluster_nodes[@]}"; do kube_proxy_start "$name" nftables; done
    step "all nodes are Ready"
}

# In the order in which nothing waits for what is gone.
end_cluster() {
    local name
    for name in "${cluster_nodes[@]}"; do node_real_stop "$name" || true; done
    stop_all_processes
}
