package dev.twinstack.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads a live cluster, and carries out steps on it.
public final class ClusterAccess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;

    public ClusterAccess(KubernetesClient client) {
        this.client = client;
    }

    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if the API server is away or
    ///   refuses
    public FoundObjects read() {
        List<JsonNode> objects = new ArrayList<>();
        for (ReadKinds.Kind kind : ReadKinds.ALL) {
            if (isServed(kind)) {
                client.genericKubernetesResources(kind.apiVersion(), kind.kind())
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .forEach(object -> objects.add(JSON.valueToTree(object)));
            }
        }
        return new FoundObjects(objects);
    }

    /// Returns when the step is done.
    ///
    /// @throws io.fabric8.kubernetes.client.KubernetesClientException if it can't be
    public void run(Step step) {
        switch (step) {
            case Step.Apply apply -> apply.objects().forEach(this::apply);
            case Step.Patch patch -> patch(patch);
            case Step.Delete delete -> delete.targets().forEach(this::delete);
            case Step.AwaitKinds kinds -> kinds.names().forEach(this::awaitKind);
            case Step.AwaitRollout rollout -> awaitRollout(rollout.target());
            case Step.AwaitNoPods pods -> awaitNoPods(pods);
        }
    }

    private void apply(JsonNode object) {
        client.resource(JSON.convertValue(object, GenericKubernetesResource.class))
                .fieldManager(KubectlSteps.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
    }

    private void patch(Step.Patch step) {
        PatchType type = step.patch().isArray() ? PatchType.JSON : PatchType.JSON_MERGE;
        resource(step.target()).patch(PatchContext.of(type), step.patch().toString());
    }

    private void delete(Target target) {
        if (isServed(new ReadKinds.Kind(target.apiVersion(), target.kind()))) {
            resource(target).delete();
        }
    }

    private Resource<GenericKubernetesResource> resource(Target target) {
        var resources = client.genericKubernetesResources(target.apiVersion(), target.kind());
        return target.namespace().isEmpty()
                ? resources.withName(target.name())
                : resources.inNamespace(target.namespace()).withName(target.name());
    }

    private void awaitKind(String name) {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .waitUntilCondition(
                        ClusterAccess::isEstablished, KubectlSteps.KINDS_SECONDS, TimeUnit.SECONDS);
    }

    private void awaitRollout(Target target) {
        if (target.kind().equals("DaemonSet")) {
            client.apps()
                    .daemonSets()
                    .inNamespace(target.namespace())
                    .withName(target.name())
                    .waitUntilCondition(
                            ClusterAccess::isRolledOut,
                            KubectlSteps.ROLLOUT_SECONDS,
                            TimeUnit.SECONDS);
        } else {
            client.apps()
                    .deployments()
                    .inNamespace(target.namespace())
                    .withName(target.name())
                    .waitUntilCondition(
                            ClusterAccess::isRolledOut,
                            KubectlSteps.ROLLOUT_SECONDS,
                            TimeUnit.SECONDS);
        }
    }

    private void awaitNoPods(Step.AwaitNoPods pods) {
        client.pods()
                .inNamespace(pods.namespace())
                .withLabelSelector(pods.selector())
                .informOnCondition(List::isEmpty)
                .orTimeout(KubectlSteps.NO_PODS_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private static boolean isEstablished(@Nullable CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(condition ->
                                condition.getType().equals("Established")
                                        && condition.getStatus().equals("True"));
    }

    private static boolean isRolledOut(@Nullable Deployment deployment) {
        return deployment != null
                && deployment.getStatus() != null
                && Objects.equals(
                        deployment.getStatus().getObservedGeneration(),
                        deployment.getMetadata().getGeneration())
                && Objects.equals(
                        deployment.getStatus().getAvailableReplicas(),
                        deployment.getSpec().getReplicas())
                && Objects.equals(
                        deployment.getStatus().getUpdatedReplicas(),
                        deployment.getSpec().getReplicas());
    }

    private static boolean isRolledOut(@Nullable DaemonSet daemonSet) {
        return daemonSet != null
                && daemonSet.getStatus() != null
                && Objects.equals(
                        daemonSet.getStatus().getObservedGeneration(),
                        daemonSet.getMetadata().getGeneration())
                && orZero(daemonSet.getStatus().getNumberAvailable())
                        == orZero(daemonSet.getStatus().getDesiredNumberScheduled())
                && orZero(daemonSet.getStatus().getUpdatedNumberScheduled())
                        == orZero(daemonSet.getStatus().getDesiredNumberScheduled());
    }

    private static int orZero(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    private boolean isServed(ReadKinds.Kind kind) {
        var resources = client.getApiResources(kind.apiVersion());
        return resources != null
                && resources.getResources().stream()
                        .map(APIResource::getKind)
                        .anyMatch(kind.kind()::equals);
    }
}
