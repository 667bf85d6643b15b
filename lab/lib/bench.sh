# shellcheck shell=bash disable=SC2154  # dir, lab, here: set by the script and by common.sh
# The measurements that lab/bench and lab/bench-metallb share.

# Built before the private namespaces: there is no network in them.
build_load() {
    command -v go >/dev/null || die "Go is missing: the load is put on by a small Go program (lab/load, no modules)"
    (cd "$lab/load" && go build -o "$lab/../target/load" .)
}

load() {
    local command=$1
    shift
    "$lab/../target/load" "$command" --dir "$dir" "$@"
}

# API server on the LAN, node n1, FRR in r. No kube-proxy: it would work on every Service beside what is measured.
start_bench_lab() {
    step "network namespaces: node n1, router r"
    "$lab/topology" up --nodes 1
    step "etcd, kube-apiserver, kube-controller-manager"
    "$lab/apiserver" start --dir "$dir" --address 10.66.0.1 --controllers >/dev/null
    "$lab/node" create --dir "$dir" --name n1
    "$lab/node" pods --dir "$dir"
    "$lab/router" start frr --dir "$dir" --name r --config "$lab/config/frr-demo.conf"
    put_env HTTP http://10.66.0.11:7472
}

now() { date +%s%N; }

# note_memory KEY PROCESS FIELD: a field of its status, in KiB.
note_memory() {
    load note --as "$1" --value "$(awk -v field="$3:" '$1 == field { print $2 }' "/proc/$(process_id "$2")/status")"
}

# ready_after KEY COMMAND...: keeps the milliseconds until the command ends.
ready_after() {
    local key=$1 begin
    shift
    begin=$(now)
    "$@"
    load note --as "$key" --value $((($(now) - begin) / 1000000))
}

delete_all_services() {
    load delete --as cleared --count 1000000
}

# fresh_start KEY COMMAND...: one create in the moment in which the command starts the controller anew.
fresh_start() {
    local key=$1 begin creator
    shift
    begin=$(now)
    "$@" &
    local starter=$!
    load fresh --as "$key" --since "$begin" &
    creator=$!
    wait "$starter"
    wait "$creator"
}
