package dev.twinstack.install;

import java.util.List;

/// The kinds that have to be read of a cluster before something is installed. The addon's script
/// reads the same with kubectl.
public final class ReadKinds {

    /// @param apiVersion of the objects to read
    public record Kind(String apiVersion, String kind) {}

    /// A kind the cluster does not have counts as having no objects.
    public static final List<Kind> ALL =
            List.of(
                    new Kind("v1", "Node"),
                    new Kind("v1", "Namespace"),
                    new Kind("v1", "Service"),
                    new Kind("apps/v1", "Deployment"),
                    new Kind("apps/v1", "DaemonSet"),
                    new Kind("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
                    new Kind("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
                    new Kind("networking.k8s.io/v1", "ServiceCIDR"),
                    new Kind("crd.projectcalico.org/v1", "IPPool"),
                    new Kind("metallb.io/v1beta1", "IPAddressPool"),
                    new Kind("metallb.io/v1beta1", "L2Advertisement"),
                    new Kind("metallb.io/v1beta1", "BGPAdvertisement"),
                    new Kind("metallb.io/v1beta2", "BGPPeer"),
                    new Kind("metallb.io/v1beta1", "BFDProfile"),
                    new Kind("metallb.io/v1beta1", "Community"));

    private ReadKinds() {}
}
