package dev.twinstack.testing.lab;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;

/// Pods without a kubelet: the real kube-controller-manager makes them out of Deployments and
/// DaemonSets, for one node; each is said to be ready at once, unless its image is one that can't
/// be pulled. Nothing runs in them.
public final class LabPods implements AutoCloseable {

    /// An image of this registry can't be pulled.
    public static final String NOWHERE = "nowhere.example/";

    public static final String NODE = "n1";
    public static final String NODE_ADDRESS = "192.0.2.11";

    private final LabProcess controllers;
    private final SharedIndexInformer<Pod> pods;

    private LabPods(LabProcess controllers, SharedIndexInformer<Pod> pods) {
        this.controllers = controllers;
        this.pods = pods;
    }

    public static LabPods on(LabCluster cluster) {
        KubernetesClient client = cluster.client();
        client.resource(
                        new NodeBuilder()
                                .withNewMetadata()
                                .withName(NODE)
                                .addToLabels("kubernetes.io/os", "linux")
                                .endMetadata()
                                .build())
                .create();
        // Who creates a node gets it with a taint until its kubelet reports; there is none here.
        client.nodes()
                .withName(NODE)
                .edit(node -> new NodeBuilder(node).editSpec().withTaints().endSpec().build());
        client.nodes()
                .withName(NODE)
                .editStatus(node ->
                        new NodeBuilder(node)
                                .editOrNewStatus()
                                .addNewAddress()
                                .withType("InternalIP")
                                .withAddress(NODE_ADDRESS)
                                .endAddress()
                                .endStatus()
                                .build());
        LabProcess controllers =
                LabProcess.start(
                        "kube-controller-manager",
                        cluster.directory(),
                        List.of(
                                LabBinaries.find().path("kube-controller-manager"),
                                "--kubeconfig=" + cluster.adminKubeconfig(),
                                "--controllers=deployment-controller,replicaset-controller,"
                                        + "daemonset-controller,namespace-controller,"
                                        + "garbage-collector-controller",
                                "--leader-elect=false",
                                "--bind-address=127.0.0.1",
                                "--secure-port=" + Ports.free(),
                                "--cert-dir=" + cluster.directory().resolve("controllers"),
                                "--kube-api-qps=500",
                                "--kube-api-burst=1000"),
                        Map.of());
        SharedIndexInformer<Pod> pods = client.pods().inAnyNamespace().inform(new Starting(client));
        return new LabPods(controllers, pods);
    }

    @Override
    public void close() {
        pods.stop();
        controllers.stop();
    }

    private record Starting(KubernetesClient client) implements ResourceEventHandler<Pod> {

        private static final String READY =
                """
                {"status": {"phase": "Running",
                  "conditions": [{"type": "Ready", "status": "True"}]}}
                """;

        @Override
        public void onAdd(Pod pod) {
            String image = pod.getSpec().getContainers().getFirst().getImage();
            String name = pod.getSpec().getContainers().getFirst().getName();
            try {
                client.pods()
                        .resource(pod)
                        .subresource("status")
                        .patch(
                                PatchContext.of(PatchType.STRATEGIC_MERGE),
                                image.startsWith(NOWHERE) ? failing(name) : READY);
            } catch (KubernetesClientException e) {
                // It is gone already.
            }
        }

        private static String failing(String container) {
            return """
            {"status": {"containerStatuses": [{"name": "%s", "image": "x", "imageID": "",
              "ready": false, "restartCount": 0,
              "state": {"waiting": {"reason": "ErrImagePull", "message": "no such host"}}}]}}
            """
                    .formatted(container);
        }

        @Override
        public void onUpdate(Pod before, Pod after) {
            // Started already.
        }

        @Override
        public void onDelete(Pod pod, boolean unknown) {
            // Nothing runs in it.
        }
    }
}
