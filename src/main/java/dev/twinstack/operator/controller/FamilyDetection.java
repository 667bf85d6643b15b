package dev.twinstack.operator.controller;

import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.net.IpFamily;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.ServiceCIDR;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out which families the cluster gives clusterIPs of, from the first of these that says it:
/// the ServiceCIDR `kubernetes`, a dry-run create of a Service, the clusterIPs of the Service
/// `kubernetes`.
final class FamilyDetection {

    private static final Logger log = LoggerFactory.getLogger(FamilyDetection.class);
    private static final int UNPROCESSABLE = 422;
    private static final String NAME = "kubernetes";
    private static final String NAMESPACE = "default";

    private final KubernetesClient client;
    private final String ownNamespace;

    FamilyDetection(KubernetesClient client, String ownNamespace) {
        this.client = client;
        this.ownNamespace = ownNamespace;
    }

    /// @throws KubernetesClientException when it is worth asking again
    ClusterFamilies detect() {
        return serviceCidr()
                .or(this::dryRun)
                .or(this::apiServerService)
                .orElseGet(FamilyDetection::unknown);
    }

    private static ClusterFamilies unknown() {
        log.warn("The cluster's address families are not to be had: taken for IPv4 only");
        return new ClusterFamilies(IpFamily.IPV4, false);
    }

    private Optional<ClusterFamilies> serviceCidr() {
        return tried(
                "ServiceCIDR",
                () -> {
                    ServiceCIDR range = client.network().v1().serviceCIDRs().withName(NAME).get();
                    return range == null ? List.of() : range.getSpec().getCidrs();
                });
    }

    private Optional<ClusterFamilies> dryRun() {
        Service probe =
                new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(ownNamespace)
                        .withGenerateName("twinstack-families-")
                        .endMetadata()
                        .withNewSpec()
                        .withIpFamilyPolicy("PreferDualStack")
                        .addNewPort()
                        .withPort(1)
                        .endPort()
                        .endSpec()
                        .build();
        return tried(
                "dry-run",
                () ->
                        client.services()
                                .inNamespace(ownNamespace)
                                .resource(probe)
                                .dryRun()
                                .create()
                                .getSpec()
                                .getClusterIPs());
    }

    private Optional<ClusterFamilies> apiServerService() {
        return tried(
                "Service",
                () -> {
                    Service service = client.services().inNamespace(NAMESPACE).withName(NAME).get();
                    return service == null ? List.of() : service.getSpec().getClusterIPs();
                });
    }

    private interface Source {
        List<String> addresses();
    }

    private static Optional<ClusterFamilies> tried(String name, Source source) {
        try {
            return families(source.addresses());
        } catch (KubernetesClientException e) {
            if (!isFinal(e)) {
                throw e;
            }
            log.atDebug()
                    .addKeyValue("source", name)
                    .addKeyValue("reason", e.getMessage())
                    .log("The cluster's families are not to be had here");
            return Optional.empty();
        }
    }

    /// Whether asking again would bring the same answer: it is not there, or not for us.
    private static boolean isFinal(KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_BAD_REQUEST,
                    HttpURLConnection.HTTP_FORBIDDEN,
                    HttpURLConnection.HTTP_NOT_FOUND,
                    UNPROCESSABLE ->
                    true;
            default -> false;
        };
    }

    /// From addresses or prefixes, the primary one first.
    static Optional<ClusterFamilies> families(List<String> addresses) {
        List<IpFamily> families =
                addresses.stream()
                        .map(text -> text.contains(":") ? IpFamily.IPV6 : IpFamily.IPV4)
                        .distinct()
                        .toList();
        return families.isEmpty()
                ? Optional.empty()
                : Optional.of(new ClusterFamilies(families.getFirst(), families.size() == 2));
    }
}
