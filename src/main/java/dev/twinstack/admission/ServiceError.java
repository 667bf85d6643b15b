package dev.twinstack.admission;

/// What is wrong with what a Service says.
///
/// @param eventReason the reason of the Event that MetalLB sends for it
/// @param text one line for the refusal, the Event and the condition
public record ServiceError(String eventReason, String text) {

    static ServiceError loadBalancerIps(String why) {
        return new ServiceError("LoadBalancerFailed", "invalid requested loadbalancer IPs: " + why);
    }

    static ServiceError loadBalancerIpFamilies(Object addresses, String why) {
        return new ServiceError(
                "nolbIPsIPFamily",
                "Failed to retrieve LBIPs IPFamily for %s: %s".formatted(addresses, why));
    }

    static ServiceError annotation(String key, String why) {
        return new ServiceError("invalidAnnotation", "annotation %s %s".formatted(key, why));
    }

    static ServiceError notEnoughClusterIps(Object families) {
        return new ServiceError(
                "not enough clusterips",
                "Service requires dual stack but not enough clusterips %s".formatted(families));
    }
}
