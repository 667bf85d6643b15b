package dev.twinstack.allocation;

/// `spec.ipFamilyPolicy` of a Service.
public enum FamilyPolicy {
    SINGLE_STACK("SingleStack"),
    PREFER_DUAL_STACK("PreferDualStack"),
    REQUIRE_DUAL_STACK("RequireDualStack");

    private final String text;

    FamilyPolicy(String text) {
        this.text = text;
    }

    /// @throws IllegalArgumentException for anything but the three spellings of the API
    public static FamilyPolicy parse(String text) {
        for (FamilyPolicy policy : values()) {
            if (policy.text.equals(text)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a valid ipFamilyPolicy");
    }

    /// The spelling of the Kubernetes API.
    @Override
    public String toString() {
        return text;
    }
}
