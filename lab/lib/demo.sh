# shellcheck shell=bash disable=SC2154  # dir, lab, program, service ranges: set by the script and by common.sh
# The steps of the demo.

namespace=metallb-system

step() {
    echo "$(basename "$0"): $* ($((SECONDS)) s)" >&2
}

# API server on the LAN, node n1 with kube-proxy, FRR in r with client c behind it.
start_with_namespaces() {
    step "network namespaces: node n1, router r, client c"
    "$lab/topology" up --nodes 1
    step "etcd, kube-apiserver, kube-controller-manager"
    "$lab/apiserver" start --dir "$dir" --address 10.66.0.1 --controllers >/dev/null
    step "kube-proxy on n1, FRR in r"
    "$lab/node" start --dir "$dir" --name n1
    "$lab/router" start frr --dir "$dir" --name r --config "$lab/config/frr-demo.conf"
    put_env ROUTER frr
    put_env HTTP http://10.66.0.11:7472
}

start_on_loopback() {
    local here=127.0.0.1 other
    # The API server dials a webhook's Service at any address but a loopback one: this machine's own will do.
    other=$(hostname -I 2>/dev/null | tr ' ' '\n' | grep -m1 -F . || true)
    if [[ -z $other ]]; then say "this machine has no address but loopback: the webhook cannot be reached"; fi
    step "etcd, kube-apiserver, kube-controller-manager on loopback"
    "$lab/apiserver" start --dir "$dir" --controllers >/dev/null
    "$lab/node" create --dir "$dir" --name n1 --address "${other:-$here},fd66::11"
    step "Twinstack's own router at 127.0.0.1:1790"
    start_process router "$lab/../src/main/launcher/twinstack" router --config "$lab/config/loopback-router.yaml"
    wait_ready 30 router curl -fsS http://127.0.0.1:7480/api/routes
    put_env ROUTER twinstack
    put_env HTTP http://127.0.0.1:7472
}

# kubernetes/ as it is, but for the Deployment and the DaemonSet: here one process does the work of both.
install_manifests() {
    kubectl kustomize "$lab/../kubernetes" |
        awk 'BEGIN { RS = "\n---\n"; ORS = "\n---\n" } !/(^|\n)kind: (Deployment|DaemonSet)(\n|$)/' >"$dir/manifests.yaml"
    kubectl apply --server-side -f "$dir/manifests.yaml" >"$dir/log/manifests.log"
    kubectl wait --for=condition=Established crd --all --timeout=20s >>"$dir/log/manifests.log"
    bind_account
    kubectl apply -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata:
  name: twinstack-0
  namespace: $namespace
  labels: {app: twinstack, component: all}
spec:
  nodeName: n1
  hostNetwork: true
  serviceAccountName: twinstack-all
  containers: [{name: twinstack, image: twinstack}]
END
}

# One ServiceAccount with exactly the rights that kubernetes/ gives to those of controller and speaker.
bind_account() {
    kubectl create serviceaccount -n "$namespace" twinstack-all >/dev/null
    kubectl get rolebindings,clusterrolebindings --all-namespaces -o json |
        jq --arg namespace "$namespace" '.items |= [.[]
            | select(any(.subjects[]?; .kind == "ServiceAccount" and .namespace == $namespace))
            | .metadata = ({name: (.metadata.name + "-all")} +
                if .kind == "RoleBinding" then {namespace: .metadata.namespace} else {} end)
            | .subjects = [{kind: "ServiceAccount", name: "twinstack-all", namespace: $namespace}]]' |
        kubectl apply -f - >>"$dir/log/manifests.log"
}

# start_twinstack ROLE HTTP_PORT: one process of a role as pod twinstack-0 on n1.
start_twinstack() {
    local role=$1 port=$2 within=() config=$dir/twinstack.kubeconfig host
    if [[ -n ${TWINSTACK_LAB_PRIVATE:-} ]]; then within=(ip netns exec n1); fi
    host=$(get_env HTTP)
    [[ -e $config ]] || service_account_kubeconfig "$namespace" twinstack-all "$config"
    start_process "twinstack-$role" "${within[@]}" env KUBECONFIG="$config" METALLB_NAMESPACE="$namespace" \
        METALLB_NODE_NAME=n1 POD_NAME=twinstack-0 \
        "$lab/../src/main/launcher/twinstack" run --role "$role" --http-port "$port"
    wait_ready 60 "twinstack-$role" "${within[@]}" curl -fsS "${host%:*}:$port/readyz"
}

# The leader's label has become an address that the API server can dial.
webhook_endpoint() {
    kubectl get endpointslices -n "$namespace" -o json |
        jq -e 'any(.items[].endpoints[]?; .conditions.ready and .targetRef.name == "twinstack-0")'
}

# What kubectl said goes to answers.jsonl; the milliseconds are the API server's answer to the request itself.
apply_example() {
    local name log=$dir/log/kubectl.log code=0 out ms
    name=$(basename "$1")
    sed_example "$1" >"$dir/$name"
    out=$(kubectl apply -v=6 -f "$dir/$name" -o json 2>"$log") || code=$?
    ms=$(sed -n 's/.*"Response" verb="POST" .*milliseconds=\([0-9]*\).*/\1/p' "$log" | head -n 1)
    if [[ $code == 0 ]]; then
        jq -c --arg file "$name" --arg ms "$ms" '(if .kind == "List" then .items[] else . end) |
            {file: $file, ms: $ms, ok: true, what: (.kind + " " + .metadata.name), kind, name: .metadata.name,
             addresses: (.metadata.annotations["twinstack.dev/addresses"] // "")}' <<<"$out" | head -n 1
    else
        grep -E '^(Error|error|The) ' "$log" |
            jq -cRs --arg file "$name" --arg ms "$ms" '{file: $file, ms: $ms, ok: false, text: .}'
    fi >>"$dir/answers.jsonl"
}

# On loopback the router is elsewhere.
sed_example() {
    if [[ -n ${TWINSTACK_LAB_PRIVATE:-} ]]; then
        cat "$1"
    else
        sed 's/peerAddress: 10.66.0.254/peerAddress: 127.0.0.1\n  peerPort: 1790/' "$1"
    fi
}

play_with() {
    local http
    http=$(get_env HTTP)
    echo
    echo "PLAY ON (from another terminal; Ctrl-C here ends everything)"
    if [[ -n ${TWINSTACK_LAB_PRIVATE:-} ]]; then
        echo "  sudo nsenter --target $TWINSTACK_LAB_HOLDER --net --mount bash    a shell in the demo's world, for the rest:"
        echo "  ip netns exec r vtysh -N r                                       the router"
        echo "  ip netns exec c curl 'http://[2001:db8:f000:2::]/'                 a client behind the router"
        echo "  ip netns exec n1 curl -s $http/api/v1/sessions | jq"
    fi
    cat <<END
  export KUBECONFIG=$dir/admin.kubeconfig PATH=$(dirname "$(get_env KUBECTL)"):\$PATH
  kubectl get services
  kubectl create deployment mine --image=any --port=80; kubectl expose deployment mine --type=LoadBalancer
  kubectl delete service web
  curl -s $http/readyz; curl -s $http/metrics | grep metallb
END
}
