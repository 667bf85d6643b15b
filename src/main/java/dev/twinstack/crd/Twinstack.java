package dev.twinstack.crd;

/// Names of Twinstack's own API.
public final class Twinstack {

    public static final String GROUP = "twinstack.dev";
    public static final String V1ALPHA1 = "v1alpha1";

    private Twinstack() {}
}
