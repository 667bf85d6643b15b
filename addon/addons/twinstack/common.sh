# shellcheck shell=bash
# What enable and disable share. Nothing here decides anything: the program does, in a pod of its own.
# shellcheck disable=SC2034

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
namespace=metallb-system
marker=twinstack-addon
pod=
work=

say() { echo "$*" >&2; }

die() {
    say "$*"
    exit 1
}

kube() { "$SNAP/microk8s-kubectl.wrapper" "$@"; }

# The directory for what goes to and comes from the program; tidy removes it, and the pod.
open_work() {
    work=$(mktemp -d)
}

tidy() {
    if [[ -n $pod ]]; then
        kube delete pod "$pod" --namespace=default --ignore-not-found --grace-period=1 --wait=false >/dev/null 2>&1 || true
        pod=
    fi
    if [[ -n $work ]]; then rm -rf "$work"; fi
}

# The program runs in a pod without any rights. It reads what it is to judge from standard input.
start_pod() {
    local image=$1
    pod=twinstack-judge-$$-$RANDOM
    kube create --namespace=default -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata:
  name: $pod
  labels:
    app: twinstack-judge
spec:
  activeDeadlineSeconds: 900
  automountServiceAccountToken: false
  enableServiceLinks: false
  restartPolicy: Never
  terminationGracePeriodSeconds: 1
  nodeSelector:
    kubernetes.io/os: linux
  tolerations:
    - operator: Exists
      effect: NoSchedule
  securityContext:
    runAsNonRoot: true
    runAsUser: 65532
    runAsGroup: 65532
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: judge
      image: "$image"
      imagePullPolicy: IfNotPresent
      args: [addon, hold]
      resources:
        requests:
          cpu: 10m
          memory: 64Mi
        limits:
          memory: 320Mi
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      volumeMounts:
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 64Mi
END
    if ! kube wait --namespace=default --for=condition=Ready "pod/$pod" --timeout="${TWINSTACK_POD_TIMEOUT:-180}s" >/dev/null 2>&1; then
        say "The image $image does not run on this cluster:"
        kube get pod "$pod" --namespace=default -o json | jq -r '
            (.status.conditions // [])[] | select(.status == "False" and .message) | "  " + .message' >&2 || true
        kube get pod "$pod" --namespace=default -o json | jq -r '
            (.status.containerStatuses // [])[].state | to_entries[] | select(.value.reason)
            | "  " + .value.reason + ": " + (.value.message // "")' >&2 || true
        die "Name another with --image REF, or import it with --image-archive FILE. Nothing was applied."
    fi
}

# program FILE ARGUMENT...: runs the program in the pod, FILE as its standard input.
program() {
    local input=$1
    shift
    kube exec --namespace=default --stdin "$pod" -- twinstack "$@" <"$input"
}

# Everything the program looks at. A kind the cluster doesn't have counts as empty; any other failure is one.
read_cluster() {
    local into=$1 kind
    : >"$into"
    for kind in nodes namespaces services deployments.apps daemonsets.apps \
        validatingwebhookconfigurations.admissionregistration.k8s.io servicecidrs.networking.k8s.io \
        ippools.crd.projectcalico.org ipaddresspools.metallb.io l2advertisements.metallb.io \
        bgpadvertisements.metallb.io bgppeers.v1beta2.metallb.io bfdprofiles.metallb.io communities.metallb.io; do
        if ! kube get "$kind" --all-namespaces -o json >>"$into" 2>"$work/error"; then
            grep -q "doesn't have a resource type" "$work/error" || die "Can't read $kind: $(head -n 1 "$work/error"). Nothing was applied."
        fi
    done
    # Only those that may be ours or MetalLB's: there can be megabytes of others.
    kube get customresourcedefinitions.apiextensions.k8s.io -o name >"$work/kinds" || die "Can't read the kinds. Nothing was applied."
    while read -r kind; do
        kube get "$kind" -o json >>"$into" || die "Can't read $kind. Nothing was applied."
    done < <(grep -E '\.(metallb\.io|twinstack\.dev)$' "$work/kinds" || true)
}

# carry_out FILE steps|undo: makes the calls of kubectl that the program has written.
carry_out() {
    local file=$1 which=$2 count i
    local -a arguments
    count=$(jq ".$which | length" "$file")
    for ((i = 0; i < count; i++)); do
        echo "$(jq -r ".${which}[$i].what" "$file") ..."
        mapfile -t arguments < <(jq -r ".${which}[$i].kubectl[]" "$file")
        jq -r ".${which}[$i].input" "$file" >"$work/input"
        kube "${arguments[@]}" <"$work/input" >"$work/output" || return 1
    done
}

# For files of the host; others than root are asked for their password.
as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        sudo "$@"
    fi
}
