package dev.twinstack.crd;

/// Names of Twinstack's own API.
public final class Twinstack {

    public static final String GROUP = "twinstack.dev";
    public static final String V1ALPHA1 = "v1alpha1";

    /// Label of an AddressClaim in which the controller keeps the addresses of a deleted Service.
    public static final String KEPT_LABEL = "twinstack.dev/kept";

    /// Annotation of an IPAddressPool, `true`: it may be deleted although its addresses are in use.
    public static final String DELETE_IN_USE = "twinstack.dev/delete-in-use";

    /// Annotation of a Node: its speaker takes the traffic away, and tells the routers this text.
    public static final String DRAIN = "twinstack.dev/drain";

    private Twinstack() {}
}
