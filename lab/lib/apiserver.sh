# shellcheck shell=bash disable=SC2154  # dir: set by use_dir in common.sh
# etcd, kube-apiserver and kube-controller-manager of a lab directory ($dir), and kubeconfigs for them.

# Certificates of this one lab: a CA, the API server's certificate for its addresses, the key of ServiceAccount tokens.
make_certificates() {
    local pki=$dir/pki names=DNS:localhost,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:::1,IP:10.152.183.1,IP:fd98::1 address
    if [[ -s $pki/server.crt ]]; then return; fi
    mkdir -p "$pki"
    for address in "$@"; do names+=",IP:$address"; done
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=lab-ca \
        -keyout "$pki/ca.key" -out "$pki/ca.crt" 2>/dev/null
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=kube-apiserver \
        -keyout "$pki/server.key" -out "$pki/server.csr" 2>/dev/null
    openssl x509 -req -in "$pki/server.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 30 \
        -extfile <(echo "subjectAltName=$names") -out "$pki/server.crt" 2>/dev/null
    # With this one it asks kubelets for logs and exec.
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /O=system:masters/CN=kube-apiserver-kubelet-client \
        -keyout "$pki/kubelet-client.key" -out "$pki/kubelet-client.csr" 2>/dev/null
    openssl x509 -req -in "$pki/kubelet-client.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 30 \
        -out "$pki/kubelet-client.crt" 2>/dev/null
    openssl ecparam -name prime256v1 -genkey -noout -out "$pki/sa.key"
}

# Users with tokens; the roles of the system: names exist in every cluster. The tokens are made anew for each lab.
make_tokens() {
    local user
    if [[ -s $dir/pki/tokens.csv ]]; then return; fi
    for user in admin system:kube-controller-manager system:kube-proxy system:kube-scheduler; do
        echo "$(openssl rand -hex 16),$user,$user$([[ $user != admin ]] || echo ',system:masters')"
    done >"$dir/pki/tokens.csv"
    chmod 600 "$dir/pki/tokens.csv"
}

user_token() {
    awk -F, -v user="$1" '$2 == user { print $1 }' "$dir/pki/tokens.csv"
}

# write_kubeconfig FILE TOKEN
write_kubeconfig() {
    (
        umask 077
        cat >"$1" <<END
apiVersion: v1
kind: Config
current-context: lab
contexts:
  - name: lab
    context: {cluster: lab, user: lab}
clusters:
  - name: lab
    cluster:
      server: $(get_env API_SERVER)
      certificate-authority-data: $(base64 -w0 "$dir/pki/ca.crt")
users:
  - name: lab
    user: {token: "$2"}
END
    )
}

kubectl() {
    "$(get_env KUBECTL)" --kubeconfig "$dir/admin.kubeconfig" "$@"
}

start_etcd() {
    local port=$1 peer=$2
    start_process etcd "$(tools etcd)" --data-dir "$dir/etcd" --unsafe-no-fsync --log-level warn \
        --listen-client-urls "http://127.0.0.1:$port" --advertise-client-urls "http://127.0.0.1:$port" \
        --listen-peer-urls "http://127.0.0.1:$peer" --initial-advertise-peer-urls "http://127.0.0.1:$peer" \
        --initial-cluster "default=http://127.0.0.1:$peer"
    wait_ready 30 etcd curl -fsS "http://127.0.0.1:$port/health"
}

# start_apiserver PORT ETCD_PORT ADDRESS: ADDRESS is where others reach it; loopback binds it to loopback alone.
start_apiserver() {
    local port=$1 etcd_port=$2 address=$3 pki=$dir/pki accounts=()
    # Without kubelets nobody needs the accounts' tokens in pods, nor the controllers that make the accounts.
    [[ $(get_env REAL_NODES) == yes ]] || accounts=(--disable-admission-plugins=ServiceAccount)
    local where=(--bind-address=:: "--advertise-address=$address")
    if [[ $address == 127.* ]]; then
        where=(--bind-address=127.0.0.1 "--advertise-address=$address" --endpoint-reconciler-type=none)
    fi
    start_process kube-apiserver "$(tools kube-apiserver)" "${where[@]}" --secure-port="$port" \
        --etcd-servers="http://127.0.0.1:$etcd_port" --cert-dir="$pki" \
        --tls-cert-file="$pki/server.crt" --tls-private-key-file="$pki/server.key" --client-ca-file="$pki/ca.crt" \
        --service-account-issuer=https://kubernetes.default.svc \
        --service-account-key-file="$pki/sa.key" --service-account-signing-key-file="$pki/sa.key" \
        --token-auth-file="$pki/tokens.csv" --authorization-mode=RBAC --allow-privileged=true \
        --service-cluster-ip-range=10.152.183.0/24,fd98::/108 \
        --kubelet-client-certificate="$pki/kubelet-client.crt" --kubelet-client-key="$pki/kubelet-client.key" \
        --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
        "${accounts[@]}" \
        --enable-aggregator-routing=true
    wait_ready 60 kube-apiserver curl -fsS --cacert "$pki/ca.crt" "https://127.0.0.1:$port/readyz"
}

start_controller_manager() {
    local port=$1 pki=$dir/pki config=$dir/controller-manager.kubeconfig
    write_kubeconfig "$config" "$(user_token system:kube-controller-manager)"
    # Without kubelets not the node controllers: nobody renews the leases of such nodes.
    local nodes=,-node-lifecycle-controller,-taint-eviction-controller
    [[ $(get_env REAL_NODES) != yes ]] || nodes=
    start_process kube-controller-manager "$(tools kube-controller-manager)" --kubeconfig="$config" \
        --authentication-kubeconfig="$config" --authorization-kubeconfig="$config" \
        --controllers="*$nodes,-node-ipam-controller,-bootstrap-signer-controller,-token-cleaner-controller" \
        --use-service-account-credentials=true --service-account-private-key-file="$pki/sa.key" \
        --root-ca-file="$pki/ca.crt" --leader-elect=false --bind-address=127.0.0.1 --secure-port="$port" \
        --kube-api-qps=500 --kube-api-burst=1000 --cluster-name=lab
    wait_ready 30 kube-controller-manager curl -fsSk "https://127.0.0.1:$port/healthz"
}

start_scheduler() {
    local config=$dir/scheduler.kubeconfig
    write_kubeconfig "$config" "$(user_token system:kube-scheduler)"
    start_process kube-scheduler "$(tools kube-scheduler)" --kubeconfig="$config" --authentication-kubeconfig="$config" \
        --authorization-kubeconfig="$config" --leader-elect=false --bind-address=127.0.0.1 --secure-port=10259
    wait_ready 30 kube-scheduler curl -fsSk https://127.0.0.1:10259/healthz
}

# service_account_kubeconfig NAMESPACE NAME FILE: what a pod of that ServiceAccount would be allowed to do.
service_account_kubeconfig() {
    local token
    token=$(kubectl create token -n "$1" "$2" --duration=24h)
    write_kubeconfig "$3" "$token"
}
