# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# Nodes as the cluster sees them: the Node object, and a real kube-proxy in the node's network namespace.

node_addresses() {
    echo "10.66.0.1${1#n}" "fd66::1${1#n}"
}

# node_object NAME IPV4 IPV6: a Ready Node. Made again after a restart of the lab it stays as it is.
node_object() {
    local name=$1 number=${1#n}
    kubectl apply -f - <<END >/dev/null
apiVersion: v1
kind: Node
metadata:
  name: $name
  labels: {kubernetes.io/hostname: $name, kubernetes.io/os: linux}
spec:
  podCIDR: 10.244.$number.0/24
  podCIDRs: [10.244.$number.0/24, "fd44:0:0:$number::/64"]
END
    kubectl patch node "$name" --subresource=status -p "$(
        cat <<END
{"status": {
  "addresses": [{"type": "InternalIP", "address": "$2"}, {"type": "InternalIP", "address": "$3"},
                {"type": "Hostname", "address": "$name"}],
  "capacity": {"cpu": "8", "memory": "16Gi", "pods": "110"},
  "allocatable": {"cpu": "8", "memory": "16Gi", "pods": "110"},
  "conditions": [{"type": "Ready", "status": "True", "reason": "Lab", "message": "a namespace of the lab"}]}}
END
    )" >/dev/null
}

# kube_proxy_start NODE MODE IPV4: MODE nftables or iptables.
kube_proxy_start() {
    local name=$1 mode=$2 config=$dir/nodes/$1/kube-proxy.yaml
    mkdir -p "$dir/nodes/$name"
    write_kubeconfig "$dir/nodes/$name/kubeconfig" "$(user_token system:kube-proxy)"
    # Its conntrack sizes and times are sysctls of the machine's own namespace: 0 leaves them alone.
    cat >"$config" <<END
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: $mode
hostnameOverride: $name
clusterCIDR: 10.244.0.0/16,fd44::/48
clientConnection: {kubeconfig: $dir/nodes/$name/kubeconfig}
conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
nftables: {minSyncPeriod: 50ms, syncPeriod: 30s}
iptables: {minSyncPeriod: 50ms, syncPeriod: 30s}
nodePortAddresses: [primary]
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
END
    start_process "kube-proxy-$name" ip netns exec "$name" "$(tools kube-proxy)" --config "$config"
    wait_ready 30 "kube-proxy-$name" ip netns exec "$name" curl -fsS http://127.0.0.1:10256/healthz
}
