# shellcheck shell=bash disable=SC2154  # dir, lab: set by use_dir in common.sh
# What lab/cluster checks: the addon's way from the archive to curl, and back.

namespace=metallb-system

# passed TEXT: one line a check; the first that fails ends all.
passed() { step "ok: $*"; }

refused() {
    say "FAILED: $*"
    kubectl get pods --all-namespaces -o wide >&2 || true
    kubectl get events --all-namespaces --sort-by=.lastTimestamp >"$dir/log/events" || true
    tail -n 15 "$dir/log/events" >&2
    exit 1
}

microk8s() { "$lab/microk8s" --home "$dir/snap" "$@"; }

# A tree like the snap's whose images wrapper brings the archive to every node's containerd, as the cluster agent does.
make_microk8s() {
    local name wrapper=$dir/snap/snap/microk8s-images.wrapper
    mkdir -p "$dir/snap"
    microk8s setup --kubeconfig "$(get_env KUBECONFIG)" --kubectl "$(get_env KUBECTL)"
    {
        echo '#!/bin/sh -e'
        for name in "${cluster_nodes[@]}"; do
            echo "ctr --address '$(containerd_socket "$name")' --namespace k8s.io images import \"\$2\" >>'$dir/log/import-$name.log' 2>&1"
        done
    } >"$wrapper"
    chmod +x "$wrapper"
    mkdir "$dir/repository"
    cp -R "$lab/../addon" "$lab/../addons" "$lab/../addons.yaml" "$dir/repository/"
    (
        cd "$dir/repository" || exit
        git init -q
        git add -A
        git -c user.name=lab -c user.email=lab@localhost commit -qm addon
    )
    microk8s addons repo add ours "$dir/repository"
}

# What stands in the cluster, by kind and name; the lab's own and what every cluster makes are left out.
inventory() {
    kubectl get namespaces,deployments,daemonsets,services,pods,serviceaccounts,secrets,configmaps,leases,roles,rolebindings \
        --all-namespaces -o json |
        jq -r '.items[] | select(.metadata.namespace != "kube-system" and .metadata.namespace != "kube-node-lease"
            and (.metadata.name | IN("kube-root-ca.crt", "default") | not))
            | [.kind, .metadata.namespace // "", .metadata.name] | join(" ")'
    kubectl get clusterroles,clusterrolebindings,mutatingwebhookconfigurations,validatingwebhookconfigurations,priorityclasses -o json |
        jq -r '.items[] | select(.metadata.name | test("^system:|^system-|^kubeadm:") | not) | [.kind, "", .metadata.name] | join(" ")'
}

# A Deployment with a pod on every node, behind a Service of both families.
users_objects() {
    kubectl apply -f - <<END
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchLabels: {app: web}}}
      terminationGracePeriodSeconds: 1
      containers:
        - name: web
          image: $pod_image
          args: [serve, ":8080"]
          env:
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            - {name: NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
          readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
END
}

# pod_process POD: node and process id of its container.
pod_process() {
    local node id
    read -r node id < <(kubectl get pod -n "$namespace" "$1" \
        -o jsonpath='{.spec.nodeName} {.status.containerStatuses[0].containerID}{"\n"}')
    in_ctr "$node" tasks ls | awk -v id="${id#containerd://}" '$1 == id { print $2 }'
}

# check_process POD CAPABILITIES: the kernel's word, not the manifest's.
check_process() {
    local pid have
    pid=$(pod_process "$1")
    have=$(awk '/^Uid:|^CapEff:|^CapBnd:|^NoNewPrivs:/ { printf "%s%s ", $1, $2 }' "/proc/$pid/status")
    [[ $have == "Uid:65532 CapEff:$2 CapBnd:$2 NoNewPrivs:1 " ]] || refused "$1 runs as: $have"
    [[ $(awk '$5 == "/" { print $6 }' "/proc/$pid/mountinfo" | tail -n 1) == ro,* ]] || refused "the root of $1 can be written"
    passed "$1 is user 65532 with capabilities $2, root read-only"
}

pods_of() {
    kubectl get pods -n "$namespace" -l "component=$1" -o name | sed 's#pod/##'
}

check_pods() {
    local pod
    # 10 NET_BIND_SERVICE, 13 NET_RAW, 23 SYS_NICE: and no other.
    for pod in $(pods_of speaker); do check_process "$pod" 0000000000802400; done
    for pod in $(pods_of controller); do check_process "$pod" 0000000000000000; done
    kubectl get pods -n "$namespace" -o json | jq -r '.items[] | "\(.metadata.name) on \(.spec.nodeName): Ready after \(
        ((.status.conditions[] | select(.type == "Ready").lastTransitionTime | fromdate) -
         (.status.containerStatuses[0].state.running.startedAt | fromdate))) s"' >&2
    kubectl exec -n "$namespace" "$(pods_of controller)" -- twinstack --version >"$dir/log/version"
    grep -q '^twinstack ' "$dir/log/version" || refused "exec in the controller's pod"
    kubectl logs -n "$namespace" "$(pods_of controller)" >"$dir/log/controller.log"
    passed "exec and logs: $(cat "$dir/log/version"), $(wc -l <"$dir/log/controller.log") lines"
}

webhook_answers() {
    kubectl create service loadbalancer probe --tcp=80 --dry-run=server -o json |
        jq -e '.metadata.annotations["twinstack.dev/addresses"]'
}

all_sessions_up() {
    [[ $(frr_show r "show bgp summary json" | jq '[.ipv4Unicast.peers[]? | select(.state == "Established")] | length') == 3 ]]
}

check_service() {
    local made v4 v6
    wait_until 60 "the webhook" webhook_answers || refused "the webhook does not answer through its Service"
    # The answer to the create itself has the addresses: only the webhook can have put them there.
    made=$(kubectl create -f - -o json <<END
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: LoadBalancer
  ipFamilyPolicy: RequireDualStack
  selector: {app: web}
  ports: [{port: 80, targetPort: 8080}]
END
    )
    IFS=, read -r v4 v6 < <(jq -r '.metadata.annotations["twinstack.dev/addresses"]' <<<"$made")
    v6=${v6# }
    [[ $v4 == 192.0.2.* && $v6 == 2001:db8:* ]] || refused "the webhook gave \"$v4\" and \"$v6\""
    passed "the webhook gave $v4 and $v6 in the answer to the create"
    wait_until 60 "three sessions at the router" all_sessions_up || refused "the router has not three sessions"
    passed "n1, n2 and n3 have sessions to FRR"
    kubectl rollout status deployment web --timeout=60s >/dev/null || refused "the pods behind the Service are not ready"
    put_env V4 "$v4"
    put_env V6 "[$v6]"
    check_curl
}

from_client() { in_netns c curl -fsS --max-time 3 "http://$1/"; }

# Each family until every node has answered once: the router spreads the connections over the nodes.
all_nodes_answered() {
    from_client "$1" >>"$dir/answers-$2"
    [[ $(jq -r .node "$dir/answers-$2" | sort -u | wc -l) == 3 ]]
}

check_curl() {
    wait_until 60 "IPv4" all_nodes_answered "$(get_env V4)" v4 || refused "curl from the client to $(get_env V4)"
    wait_until 60 "IPv6" all_nodes_answered "$(get_env V6)" v6 || refused "curl from the client to $(get_env V6)"
    passed "curl from the client behind the router: $(get_env V4) and $(get_env V6), pods on all nodes answer"
}

listens_at_179() {
    local name
    for name in "${cluster_nodes[@]}"; do in_netns "$name" ss -Hltn 'sport = :179' | grep -q . || return 1; done
}

check_port_179() {
    local peer
    peer=$(kubectl get bgppeers -n "$namespace" -o jsonpath='{.items[0].metadata.name}')
    kubectl apply -f - >/dev/null <<END
apiVersion: twinstack.dev/v1alpha1
kind: PeerPolicy
metadata: {name: listens, namespace: $namespace}
spec: {targetRefs: [{name: $peer}], listenPort: 179}
END
    wait_until 30 "port 179" listens_at_179 || refused "the speakers, who are not root, do not listen on port 179"
    passed "the speakers listen on port 179 and are not root"
}

check_cluster() {
    local archive=$1
    make_microk8s
    users_objects >/dev/null
    inventory | sort | grep -v '^Pod' >"$dir/before"
    step "microk8s enable twinstack --image-archive ..."
    microk8s enable twinstack --image-archive "$archive" --pool 192.0.2.0/24 --pool 2001:db8::/64 --peer 10.66.0.254 \
        --peer-asn 64512 --my-asn 64512 >"$dir/log/enable.log" 2>&1 || {
        cat "$dir/log/enable.log" >&2
        refused "enable"
    }
    kubectl rollout status -n "$namespace" deployment,daemonset --timeout=120s >"$dir/log/rollout" 2>&1 ||
        refused "the pods of $namespace are not ready"
    passed "enabled; all pods are Ready"
    check_pods
    check_service
    check_port_179
    microk8s disable twinstack >"$dir/log/disable.log" 2>&1 || {
        cat "$dir/log/disable.log" >&2
        refused "disable"
    }
    check_rest
}

# After the disable only what users made is there: theirs, the pools and peers, and the namespace those are in.
check_rest() {
    inventory | sort | grep -v '^Pod ' >"$dir/after"
    { cat "$dir/before" && echo "Namespace  $namespace" && echo "Service default web"; } | sort | diff - "$dir/after" >&2 ||
        refused "the disable left (>) or took (<) what stands above"
    [[ $(kubectl get ipaddresspools,bgppeers -n "$namespace" -o name | wc -l) -ge 2 ]] || refused "the disable took pools or peers"
    [[ -z $(frr_show r "show bgp ipv4 unicast json" | jq -r '.routes | keys[] | select(startswith("192.0.2."))') ]] ||
        refused "the router still has routes"
    passed "disabled; only the user's objects are left, and the router has no route"
}
