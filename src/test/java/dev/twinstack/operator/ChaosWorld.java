package dev.twinstack.operator;

import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import dev.twinstack.testing.lab.LabCluster;
import dev.twinstack.testing.lab.LabServices;
import dev.twinstack.testing.lab.Manifests;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Random changes of Services and pools through the API server, in a world so small that everything
/// collides with everything. A change that is refused is none.
final class ChaosWorld {

    /// By hand only: it is not in [IPAddressPoolSpec#autoAssign].
    static final String MANUAL = "c";

    private static final List<String> POOLS = List.of("a", "b", MANUAL);
    private static final List<String> BLOCKS =
            List.of(
                    "192.0.2.0/30",
                    "192.0.2.4/30",
                    "192.0.2.8/30",
                    "192.0.2.12/30",
                    "2001:db8::/126",
                    "2001:db8::4/126",
                    "2001:db8::8/126");
    private static final int SERVICES = 24;

    private final KubernetesClient client;
    private final LabServices services;
    private final Random random;
    private final String[] owners = new String[BLOCKS.size()];
    private int refused;

    ChaosWorld(LabCluster cluster, LabServices services, Random random) {
        this.client = cluster.client();
        this.services = services;
        this.random = random;
        Arrays.fill(owners, "");
        IntStream.range(0, BLOCKS.size()).forEach(block -> move(block, POOLS.get(block % 2)));
    }

    int refused() {
        return refused;
    }

    void change() {
        String name = "chaos-" + random.nextInt(SERVICES);
        int kind = random.nextInt(100);
        try {
            if (kind < 10) {
                move(random.nextInt(BLOCKS.size()), chance(20) ? "" : one(POOLS));
            } else if (services.get(name) == null) {
                services.create(name, this::shape);
            } else if (kind < 55) {
                services.delete(name);
            } else {
                services.edit(name, this::reshape);
            }
        } catch (KubernetesClientException e) {
            refused++;
        }
    }

    /// Takes the block from one pool and gives it to another.
    ///
    /// @param to empty for none
    private void move(int block, String to) {
        String from = owners[block];
        owners[block] = "";
        try {
            write(from);
        } catch (KubernetesClientException e) {
            owners[block] = from;
            throw e;
        }
        owners[block] = to;
        try {
            write(to);
        } catch (KubernetesClientException e) {
            owners[block] = "";
            throw e;
        }
    }

    private void write(String name) {
        if (name.isEmpty()) {
            return;
        }
        List<String> blocks =
                IntStream.range(0, BLOCKS.size())
                        .filter(block -> owners[block].equals(name))
                        .mapToObj(BLOCKS::get)
                        .toList();
        IPAddressPool pool = new IPAddressPool();
        pool.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(Manifests.NAMESPACE).build());
        pool.setSpec(new IPAddressPoolSpec(blocks, !name.equals(MANUAL), false, null));
        Resource<IPAddressPool> resource = client.resource(pool);
        if (blocks.isEmpty()) {
            resource.delete();
        } else {
            // Whatever the controller writes into its status meanwhile.
            resource.forceConflicts().serverSideApply();
        }
    }

    private void shape(Service service) {
        int families = random.nextInt(3);
        service.getSpec().setIpFamilyPolicy(families == 2 ? "RequireDualStack" : "SingleStack");
        service.getSpec().setIpFamilies(List.of(families == 1 ? "IPv6" : "IPv4"));
        if (families == 2) {
            service.getSpec().setIpFamilies(List.of("IPv4", "IPv6"));
        }
        if (families == 0 && chance(25)) {
            service.getSpec().setLoadBalancerIP("192.0.2." + random.nextInt(16));
        }
        ServicePort port = service.getSpec().getPorts().getFirst();
        port.setPort(80 + random.nextInt(3));
        annotate(service);
    }

    private void reshape(Service service) {
        if (chance(40)) {
            boolean serving = "LoadBalancer".equals(service.getSpec().getType());
            service.getSpec().setType(serving ? "ClusterIP" : "LoadBalancer");
            service.getSpec().setAllocateLoadBalancerNodePorts(null);
            service.getSpec().getPorts().forEach(port -> port.setNodePort(null));
        } else {
            annotate(service);
        }
    }

    private void annotate(Service service) {
        Map<String, String> present = service.getMetadata().getAnnotations();
        Map<String, String> annotations =
                present == null ? new HashMap<>() : new HashMap<>(present);
        annotations.remove("metallb.io/address-pool");
        annotations.remove("metallb.io/allow-shared-ip");
        if (chance(25)) {
            annotations.put("metallb.io/address-pool", one(POOLS));
        }
        if (chance(30)) {
            annotations.put("metallb.io/allow-shared-ip", "together");
        }
        service.getMetadata().setAnnotations(annotations);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
