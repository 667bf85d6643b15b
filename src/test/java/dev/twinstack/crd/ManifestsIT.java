package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabExtension;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The manifests of `kubernetes/` on a real API server, and the rights they give.
@ExtendWith(LabExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ManifestsIT {

    @BeforeAll
    static void install(LabCluster cluster) {
        cluster.kubectl().applyKustomization(Path.of("kubernetes"));
    }

    @AfterAll
    static void removeWhatOnlyDualStackNeeds(LabCluster cluster) {
        cluster.kubectl().run("delete", "--ignore-not-found", "-k", "kubernetes/node-config");
    }

    @Test
    void caBundlesSurviveASecondApply(LabCluster cluster) throws IOException {
        // Given the bundles that the controller writes
        String authority =
                Config.fromKubeconfig(cluster.adminKubeconfig().toFile()).getCaCertFile();
        String bundle = Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(authority)));
        addBundle(cluster, "mutatingwebhookconfiguration", "twinstack", "/webhooks/0", bundle);
        addBundle(cluster, "crd", "bgppeers.metallb.io", "/spec/conversion/webhook", bundle);

        // When the manifests are applied again
        cluster.kubectl().applyKustomization(Path.of("kubernetes"));

        // Then they are still there
        assertThat(
                        cluster.client()
                                .admissionRegistration()
                                .v1()
                                .mutatingWebhookConfigurations()
                                .withName("twinstack")
                                .get()
                                .getWebhooks()
                                .getFirst()
                                .getClientConfig()
                                .getCaBundle())
                .isEqualTo(bundle);
        assertThat(
                        cluster.client()
                                .apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName("bgppeers.metallb.io")
                                .get()
                                .getSpec()
                                .getConversion()
                                .getWebhook()
                                .getClientConfig()
                                .getCaBundle())
                .isEqualTo(bundle);
    }

    private static void addBundle(
            LabCluster cluster, String kind, String name, String webhook, String bundle) {
        String patch =
                """
                [{"op": "add", "path": "%s/clientConfig/caBundle", "value": "%s"}]\
                """
                        .formatted(webhook, bundle);
        cluster.kubectl().run("patch", kind, name, "--type=json", "-p", patch).orFail();
    }

    @ParameterizedTest
    @CsvSource({
        "controller, yes, update, services --subresource=status",
        "controller, yes, create, services -n metallb-system",
        "controller, yes, create, events",
        "controller, yes, watch, nodes",
        "controller, yes, patch, mutatingwebhookconfigurations/twinstack",
        "controller, yes, patch, customresourcedefinitions/bgppeers.metallb.io",
        "controller, yes, update, leases/twinstack-controller -n metallb-system",
        "controller, yes, create, secrets -n metallb-system-webhook",
        "controller, yes, update, secrets/twinstack-webhook-cert -n metallb-system-webhook",
        "controller, yes, list, secrets -n metallb-system",
        "controller, yes, update, ipaddresspools.metallb.io --subresource=status -n metallb-system",
        "controller, yes, list, bgpsessions.twinstack.dev -n metallb-system",
        "controller, yes, delete, bgpsessions.twinstack.dev -n metallb-system",
        "controller, yes, list, pods -n metallb-system",
        "controller, no, list, pods",
        "controller, no, delete, pods -n metallb-system",
        "controller, yes, watch, addresspolicies.twinstack.dev -n metallb-system",
        "controller, yes, update, addresspolicies.twinstack.dev --subresource=status -n"
                + " metallb-system",
        "controller, yes, watch, addressclaims.twinstack.dev",
        "controller, yes, patch, addressclaims.twinstack.dev",
        "controller, yes, update, addressclaims.twinstack.dev --subresource=status",
        "controller, yes, create, addressclaims.twinstack.dev -n metallb-system",
        "controller, yes, update, addressclaims.twinstack.dev -n metallb-system",
        "controller, yes, delete, addressclaims.twinstack.dev -n metallb-system",
        "controller, no, update, addresspolicies.twinstack.dev -n metallb-system",
        "controller, no, create, addressclaims.twinstack.dev",
        "controller, no, update, addressclaims.twinstack.dev",
        "controller, no, delete, addressclaims.twinstack.dev",
        "controller, no, create, bgpsessions.twinstack.dev -n metallb-system",
        "controller, no, update, services",
        "controller, no, create, services",
        "controller, no, get, secrets",
        "controller, no, get, secrets -n kube-system",
        "controller, no, create, secrets -n metallb-system",
        "controller, no, update, secrets/other -n metallb-system",
        "controller, no, get, secrets/other -n metallb-system-webhook",
        "controller, no, delete, secrets/twinstack-webhook-cert -n metallb-system-webhook",
        "controller, no, patch, mutatingwebhookconfigurations/other",
        "controller, no, patch, customresourcedefinitions/other",
        "controller, no, update, leases/other -n metallb-system",
        "controller, yes, update, ipaddresspools.metallb.io -n metallb-system",
        "controller, yes, delete, bgppeers.metallb.io -n metallb-system",
        "controller, no, update, ipaddresspools.metallb.io -n kube-system",
        "controller, yes, watch, configmaps/config -n metallb-system",
        "controller, no, get, configmaps -n metallb-system",
        "controller, no, update, configmaps/config -n metallb-system",
        "controller, yes, list, endpointslices",
        "controller, no, watch, endpointslices",
        "controller, no, create, bgpsessions.twinstack.dev -n metallb-system",
        "speaker, yes, watch, services",
        "speaker, yes, watch, endpointslices",
        "speaker, yes, get, nodes",
        "speaker, yes, list, secrets -n metallb-system",
        "speaker, yes, list, bgppeers.metallb.io -n metallb-system",
        "speaker, yes, patch, bgpsessions.twinstack.dev --subresource=status -n metallb-system",
        "speaker, yes, watch, addresspolicies.twinstack.dev -n metallb-system",
        "speaker, yes, watch, peerpolicies.twinstack.dev -n metallb-system",
        "speaker, yes, patch, servicebgpstatuses.metallb.io --subresource=status -n metallb-system",
        "speaker, yes, delete, servicebgpstatuses.metallb.io -n metallb-system",
        "speaker, no, patch, servicebgpstatuses.metallb.io -n kube-system",
        "speaker, no, list, addressclaims.twinstack.dev",
        "speaker, no, update, addresspolicies.twinstack.dev --subresource=status -n metallb-system",
        "speaker, no, update, services --subresource=status",
        "speaker, no, patch, nodes",
        "speaker, no, list, secrets",
        "speaker, no, update, secrets -n metallb-system",
        "speaker, no, get, secrets/twinstack-webhook-cert -n metallb-system-webhook",
        "speaker, no, list, secrets -n metallb-system-webhook",
        "speaker, no, patch, pods -n metallb-system",
        "speaker, no, patch, mutatingwebhookconfigurations/twinstack",
        "speaker, no, update, leases/twinstack-controller -n metallb-system",
        "speaker, no, update, bgppeers.metallb.io -n metallb-system"
    })
    void rolesMayDoWhatTheyNeedAndNoMore(
            String role, String answer, String verb, String what, LabCluster cluster) {
        assertAnswer(role, answer, verb, what, cluster);
    }

    private static void assertAnswer(
            String role, String answer, String verb, String what, LabCluster cluster) {
        String account = "--as=system:serviceaccount:metallb-system:twinstack-" + role;
        String[] command =
                Stream.of(
                                Stream.of("auth", "can-i", verb),
                                Stream.of(what.split(" ", -1)),
                                Stream.of(account))
                        .flatMap(part -> part)
                        .toArray(String[]::new);

        assertThat(cluster.kubectl().run(command).out().strip()).isEqualTo(answer);
    }

    /// Last, for the rights stay as long as the class. Beyond the usual only with the directory for
    /// dual-stack, and no more than that takes. (Calico's IPPools are no kind of this API server:
    /// NodeConfigIT creates one.)
    @Order(Integer.MAX_VALUE)
    @ParameterizedTest
    @CsvSource({
        "controller, yes, update, dualstacks.twinstack.dev --subresource=status",
        "controller, yes, update, dualstacknodes.twinstack.dev",
        "controller, yes, update, configmaps/calico-config -n kube-system",
        "controller, yes, update, daemonsets/calico-node -n kube-system",
        "controller, yes, update, services",
        "controller, yes, delete, servicecidrs/kubernetes",
        "controller, no, update, dualstacks.twinstack.dev",
        "controller, no, update, dualstacknodes.twinstack.dev --subresource=status",
        "controller, no, update, configmaps/coredns -n kube-system",
        "controller, no, update, daemonsets/other -n kube-system",
        "controller, no, delete, servicecidrs/other",
        "controller, no, create, pods",
        "node-config, yes, get, dualstacknodes.twinstack.dev",
        "node-config, yes, patch, dualstacknodes.twinstack.dev --subresource=status",
        "node-config, no, update, dualstacknodes.twinstack.dev",
        "node-config, no, create, dualstacknodes.twinstack.dev",
        "node-config, no, get, dualstacks.twinstack.dev",
        "node-config, no, get, nodes",
        "node-config, no, get, secrets -n metallb-system",
        "node-config, no, get, configmaps -n kube-system"
    })
    void dualStackAddsRightsOnlyWhereItIsInstalled(
            String role, String answer, String verb, String what, LabCluster cluster) {
        cluster.kubectl().applyKustomization(Path.of("kubernetes/node-config"));

        assertAnswer(role, answer, verb, what, cluster);
    }

    @Test
    void webhooksAreNeverLoadBearing(LabCluster cluster) {
        var admission = cluster.client().admissionRegistration().v1();

        assertThat(
                        admission
                                .mutatingWebhookConfigurations()
                                .withName("twinstack")
                                .get()
                                .getWebhooks())
                .extracting(MutatingWebhook::getFailurePolicy)
                .containsOnly("Ignore");
        assertThat(
                        admission
                                .validatingWebhookConfigurations()
                                .withName("twinstack")
                                .get()
                                .getWebhooks())
                .extracting(ValidatingWebhook::getFailurePolicy)
                .containsOnly("Ignore");
    }

    @Test
    void allInOneHasTheRightsOfBothForOneAccount(LabCluster cluster) {
        String manifests =
                cluster.kubectl().run("kustomize", "kubernetes/all-in-one").orFail().out();
        List<HasMetadata> objects =
                cluster.client()
                        .load(new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)))
                        .items();

        assertThat(objects)
                .filteredOn(
                        object -> object.getKind().matches("Deployment|DaemonSet|ServiceAccount"))
                .extracting(object -> object.getKind() + " " + object.getMetadata().getName())
                .containsExactlyInAnyOrder(
                        "ServiceAccount twinstack-all", "Deployment twinstack-all");
        assertThat(objects.stream().flatMap(ManifestsIT::subjects))
                .hasSize(5)
                .extracting(Subject::getName)
                .containsOnly("twinstack-all");
        cluster.kubectl().tryApply(manifests, "--server-side", "--dry-run=server").orFail();
    }

    private static Stream<Subject> subjects(HasMetadata object) {
        return switch (object) {
            case RoleBinding binding -> binding.getSubjects().stream();
            case ClusterRoleBinding binding -> binding.getSubjects().stream();
            case GenericKubernetesResource generic -> throw new AssertionError(generic.getKind());
            default -> Stream.empty();
        };
    }
}
