# shellcheck shell=bash disable=SC2154  # dir, lab: set by use_dir in common.sh
# Real nodes: containerd and kubelet in a node's namespace. Only inside lab/private, which ends every process and mount
# that is left over, whatever happens; cgroups outlive it, and are removed at the stop or by the next start.

cgroup_prefix=twinstack-lab
pod_image=localhost/lab/pod:1

# One image for every pod of the lab that is not Twinstack's, also for the one that holds a pod's namespaces.
make_pod_image() {
    local root=$dir/pod-image
    [[ ! -s $dir/pod.tar ]] || return 0
    mkdir -p "$root/pod"
    (cd "$lab/pod" && CGO_ENABLED=0 GOFLAGS=-buildvcs=false go build -trimpath -ldflags='-s -w' -o "$root/pod/pod" .)
    cat >"$root/plan.json" <<END
{"name": "$pod_image", "time": 0, "created": "1970-01-01T00:00:00Z", "layers": ["pod"], "capabilities": {},
 "architectures": [{"name": "$(go env GOARCH)", "root": "$root"}],
 "config": {"User": "65532:65532", "Entrypoint": ["/pod"], "Cmd": ["pause"]}}
END
    python3 "$lab/../image/oci.py" "$root/plan.json" "$dir/pod.tar" 2>/dev/null >"$root/digest"
}

# The kubelet sets these for the whole machine: in this lab's mounts it meets files that hold what it wants.
guard_sysctls() {
    local setting
    mkdir -p "$dir/sysctl"
    for setting in vm/overcommit_memory=1 kernel/panic=10 kernel/panic_on_oops=1 kernel/keys/root_maxkeys=1000000 \
        kernel/keys/root_maxbytes=25000000; do
        [[ -e /proc/sys/${setting%=*} ]] || continue
        echo "${setting#*=}" >"$dir/sysctl/${setting//[\/=]/-}"
        mount --bind "$dir/sysctl/${setting//[\/=]/-}" "/proc/sys/${setting%=*}"
    done
}

# The folders of cgroup v1 with each controller, or the one of v2.
cgroup_hierarchies() {
    if [[ -e /sys/fs/cgroup/cgroup.controllers ]]; then
        echo /sys/fs/cgroup
    else
        find /sys/fs/cgroup -mindepth 1 -maxdepth 1 -type d
    fi
}

# make_cgroups NAME
make_cgroups() {
    local hierarchy file
    while read -r hierarchy; do
        mkdir -p "$hierarchy/$1"
        for file in cpuset.cpus cpuset.mems; do
            if [[ -e $hierarchy/$file && ! -s $hierarchy/$1/$file && ! -e $hierarchy/cgroup.controllers ]]; then
                cat "$hierarchy/$file" >"$hierarchy/$1/$file"
            fi
        done
        if [[ $hierarchy == /sys/fs/cgroup ]]; then
            sed 's/\([a-z]*\)/+\1/g' "$hierarchy/cgroup.controllers" >"$hierarchy/cgroup.subtree_control" 2>/dev/null || true
            sed 's/\([a-z]*\)/+\1/g' "$hierarchy/$1/cgroup.controllers" >"$hierarchy/$1/cgroup.subtree_control" 2>/dev/null || true
        fi
    done < <(cgroup_hierarchies)
}

# remove_cgroups PATTERN: those without a process; rmdir refuses all others.
remove_cgroups() {
    local hierarchy
    while read -r hierarchy; do
        find "$hierarchy" -mindepth 1 -depth -type d -path "$hierarchy/$1*" -exec rmdir {} + 2>/dev/null || true
    done < <(cgroup_hierarchies)
}

# This lab's own, told from those of labs beside it by its network namespace.
node_cgroup() {
    echo "$cgroup_prefix-$(stat -Lc %i /proc/self/ns/net)-$1"
}

containerd_socket() { echo "$dir/nodes/$1/containerd.sock"; }

in_ctr() {
    local name=$1
    shift
    ctr --address "$(containerd_socket "$name")" --namespace k8s.io "$@"
}

containerd_config() {
    local folder=$dir/nodes/$1
    cat >"$folder/containerd.toml" <<END
version = 2
root = "$folder/containerd"
state = "/run/containerd-$1"
oom_score = 0
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
address = "$(containerd_socket "$1")"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "$pod_image"
restrict_oom_score_adj = true
disable_apparmor = true
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "/usr/lib/cni"
conf_dir = "$folder/cni"
END
}

cni_config() {
    local number=${1#n} folder=$dir/nodes/$1
    mkdir -p "$folder/cni"
    cat >"$folder/cni/10-lab.conflist" <<END
{"cniVersion": "0.4.0", "name": "lab", "plugins": [
  {"type": "bridge", "bridge": "cni0", "isGateway": true, "hairpinMode": true, "ipMasq": false,
   "ipam": {"type": "host-local", "dataDir": "$folder/leases",
     "ranges": [[{"subnet": "10.244.$number.0/24"}], [{"subnet": "fd44:0:0:$number::/64"}]],
     "routes": [{"dst": "0.0.0.0/0"}, {"dst": "::/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}, "snat": false}]}
END
}

kubelet_config() {
    local folder=$dir/nodes/$1
    echo 'nameserver 127.0.0.1' >"$folder/resolv.conf"
    cat >"$folder/kubelet.yaml" <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
failCgroupV1: false
cgroupDriver: cgroupfs
cgroupRoot: /$(node_cgroup "$1")
enforceNodeAllocatable: []
containerRuntimeEndpoint: unix://$(containerd_socket "$1")
authentication: {x509: {clientCAFile: $dir/pki/ca.crt}, webhook: {enabled: true}, anonymous: {enabled: false}}
authorization: {mode: Webhook}
tlsCertFile: $folder/kubelet.crt
tlsPrivateKeyFile: $folder/kubelet.key
resolvConf: $folder/resolv.conf
clusterDNS: [10.152.183.10]
failSwapOn: false
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: 1Mi, nodefs.available: 1%, imagefs.available: 1%}
podLogsDir: $folder/pod-logs
makeIPTablesUtilChains: false
nodeStatusUpdateFrequency: 2s
syncFrequency: 5s
staticPodPath: ""
healthzBindAddress: 127.0.0.1
END
}

# One certificate is the node's name at the API server and the kubelet's own for logs and exec.
kubelet_credentials() {
    local name=$1 pki=$dir/pki folder=$dir/nodes/$1 addresses
    read -ra addresses < <(node_addresses "$name")
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/O=system:nodes/CN=system:node:$name" \
        -keyout "$folder/kubelet.key" -out "$folder/kubelet.csr" 2>/dev/null
    openssl x509 -req -in "$folder/kubelet.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 30 \
        -extfile <(echo "subjectAltName=DNS:$name,IP:${addresses[0]},IP:${addresses[1]}") -out "$folder/kubelet.crt" 2>/dev/null
    write_kubeconfig "$folder/kubelet.kubeconfig" unused
    sed -i "s#^    user: {token.*#    user: {client-certificate: $folder/kubelet.crt, client-key: $folder/kubelet.key}#" \
        "$folder/kubelet.kubeconfig"
}

containerd_start() {
    local name=$1 folder=$dir/nodes/$1
    # shellcheck disable=SC2016  # for the inner shell
    start_process "containerd-$name" nsenter --net="/run/netns/$name" unshare --mount --propagation private sh -c '
        mount --make-rshared /
        for pair in kubelet:/var/lib/kubelet logs:/var/log/containers cni-state:/var/lib/cni; do
            mkdir -p "$0/${pair%%:*}" "${pair#*:}" && mount --bind "$0/${pair%%:*}" "${pair#*:}" || exit 1
        done
        exec containerd --config "$0/containerd.toml"' "$folder"
    wait_ready 30 "containerd-$name" in_ctr "$name" version
}

# node_real_start NAME IMAGE-ARCHIVE...: containerd with the archives' images, then the kubelet; returns when Ready.
node_real_start() {
    local name=$1 folder=$dir/nodes/$1 archive addresses
    shift
    mkdir -p "$folder"
    read -ra addresses < <(node_addresses "$name")
    containerd_config "$name"
    cni_config "$name"
    kubelet_config "$name"
    kubelet_credentials "$name"
    make_cgroups "$(node_cgroup "$name")"
    containerd_start "$name"
    for archive in "$dir/pod.tar" "$@"; do
        in_ctr "$name" images import "$archive" >>"$dir/log/import-$name.log" 2>&1 ||
            { tail -n 5 "$dir/log/import-$name.log" >&2 && die "containerd on $name refuses $archive"; }
    done
    start_process "kubelet-$name" nsenter --target "$(process_id "containerd-$name")" --mount --net \
        "$(tools kubelet)" --config "$folder/kubelet.yaml" --kubeconfig "$folder/kubelet.kubeconfig" \
        --root-dir /var/lib/kubelet --cert-dir "$folder/certs" --hostname-override "$name" \
        --node-ip "${addresses[0]},${addresses[1]}"
    wait_ready 60 "kubelet-$name" kubectl wait --for=condition=Ready "node/$name" --timeout=1s
}

# Kubelet, containers, containerd and its shims, which outlive it. Mounts go with their namespace.
node_real_stop() {
    local name=$1 pid
    stop_process "kubelet-$name"
    stop_process "kube-proxy-$name"
    for _ in 1 2 3 4 5; do
        for pid in $(processes_of "$(node_cgroup "$name")"); do kill -KILL "$pid" 2>/dev/null || true; done
        [[ -n $(processes_of "$(node_cgroup "$name")") ]] || break
        sleep 0.1
    done
    for pid in $(pgrep -f -- "-address $(containerd_socket "$name")" || true); do kill -KILL "$pid" 2>/dev/null || true; done
    stop_process "containerd-$name"
    remove_cgroups "$(node_cgroup "$name")"
}

# processes_of CGROUP: as this process namespace numbers them.
processes_of() {
    local hierarchy
    while read -r hierarchy; do
        find "$hierarchy/$1" -name cgroup.procs -exec cat {} + 2>/dev/null || true
    done < <(cgroup_hierarchies) | sort -un | grep -v '^0$' || true
}
