/// Calico as MicroK8s ships it: its manifest `cni.yaml` as text, its objects, and the reviewed
/// patches of `calico-patches/`.
@NullMarked
package dev.twinstack.dualstack.calico;

import org.jspecify.annotations.NullMarked;
