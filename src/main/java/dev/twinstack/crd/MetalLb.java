package dev.twinstack.crd;

/// Names of MetalLB's API that are more than one kind's business.
public final class MetalLb {

    public static final String GROUP = "metallb.io";
    public static final String V1BETA1 = "v1beta1";
    public static final String V1BETA2 = "v1beta2";

    /// Label of status objects: the node that wrote them.
    public static final String NODE_LABEL = "metallb.io/node";

    /// Label of status objects: the Service they are about.
    public static final String SERVICE_NAME_LABEL = "metallb.io/service-name";

    /// Label of status objects: the namespace of that Service.
    public static final String SERVICE_NAMESPACE_LABEL = "metallb.io/service-namespace";

    /// Label of a ConfigurationState: `controller` or `speaker`.
    public static final String COMPONENT_TYPE_LABEL = "metallb.io/component-type";

    /// Label of a speaker's ConfigurationState: its node.
    public static final String NODE_NAME_LABEL = "metallb.io/node-name";

    private MetalLb() {}
}
