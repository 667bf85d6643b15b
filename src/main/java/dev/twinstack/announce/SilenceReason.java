package dev.twinstack.announce;

/// Why a Service is not announced from a node, in the order in which the reasons are looked for:
/// the first that fits is given. The words are MetalLB's, which its users know from logs.
public enum SilenceReason {
    /// `spec.type` is not `LoadBalancer`.
    NOT_LOAD_BALANCER("notLoadBalancer"),
    /// `status.loadBalancer.ingress` holds no address yet.
    NO_IP_ALLOCATED("noIPAllocated"),
    /// An ingress entry is not an IP address.
    INVALID_IP("invalidIP"),
    /// No pool of the configuration in force holds all addresses of the Service.
    IP_NOT_ALLOWED("ipNotAllowed"),
    /// No BGPAdvertisement of the pool covers this node.
    NOT_OWNER("notOwner"),
    /// BGPAdvertisements cover this node, but none selects the Service's labels.
    NO_MATCHING_ADVERTISEMENT("noMatchingAdvertisement"),
    /// Two BGPAdvertisements want different LOCAL_PREFs for one prefix at one peer.
    CONFLICTING_ADVERTISEMENTS("conflictingAdvertisements"),
    /// The node's condition `NetworkUnavailable` is `True`.
    NODE_NETWORK_UNAVAILABLE("nodeNetworkUnavailable"),
    /// The node carries the label that keeps it out of load balancers.
    NODE_LABELED_EXCLUDE_BALANCERS("nodeLabeledExcludeBalancers"),
    /// `externalTrafficPolicy: Local` and nothing on this node can serve.
    NO_LOCAL_ENDPOINTS("noLocalEndpoints"),
    /// Nothing anywhere can serve.
    NO_ENDPOINTS("noEndpoints");

    private final String text;

    SilenceReason(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
