package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.announce.NodeView;
import dev.twinstack.announce.ServiceView;
import dev.twinstack.announce.ServingEndpoints;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterViewsTest {

    @Test
    void aService() {
        Service service =
                read(
                        Service.class,
                        """
                        metadata: {name: web, namespace: shop, labels: {app: web}}
                        spec: {type: LoadBalancer, externalTrafficPolicy: Local}
                        status:
                          loadBalancer:
                            ingress: [{ip: 192.0.2.80}, {hostname: lb.example}, {ip: "2001:db8::80"}]
                        """);

        assertThat(ClusterViews.service(service))
                .isEqualTo(
                        new ServiceView(
                                new ServiceKey("shop", "web"),
                                Map.of("app", "web"),
                                true,
                                true,
                                List.of("192.0.2.80", "2001:db8::80")));
    }

    @Test
    void aServiceWithoutAnything() {
        Service service = read(Service.class, "metadata: {name: web, namespace: shop}\nspec: {}");

        assertThat(ClusterViews.service(service))
                .isEqualTo(
                        new ServiceView(
                                new ServiceKey("shop", "web"), Map.of(), false, false, List.of()));
    }

    @Test
    void endpointsOfSlices() {
        EndpointSlice slice =
                read(
                        EndpointSlice.class,
                        """
                        metadata:
                          name: web-1
                          namespace: shop
                          labels: {kubernetes.io/service-name: web}
                        endpoints:
                          - {addresses: [10.0.0.1], nodeName: n1, conditions: {ready: true}}
                          - {addresses: [10.0.0.2], nodeName: n2, conditions: {ready: false}}
                          - addresses: [10.0.0.3]
                            nodeName: n3
                            conditions: {ready: false, serving: true, terminating: true}
                          - {addresses: [10.0.0.4], nodeName: n4}
                          - {addresses: [], nodeName: n5, conditions: {ready: true}}
                        """);
        EndpointSlice empty = read(EndpointSlice.class, "metadata: {name: x, namespace: shop}");

        assertThat(ClusterViews.endpoints(List.of(slice, empty)))
                .isEqualTo(new ServingEndpoints(true, Set.of("n1", "n3", "n4")));
        assertThat(ClusterViews.endpoints(List.of(empty))).isEqualTo(ServingEndpoints.NONE);
        assertThat(ClusterViews.serviceOf(slice)).contains(new ServiceKey("shop", "web"));
        assertThat(ClusterViews.serviceOf(empty)).isEmpty();
    }

    @Test
    void aNode() {
        Node node =
                read(
                        Node.class,
                        """
                        metadata: {name: n1, labels: {zone: a}}
                        status:
                          addresses:
                            - {type: Hostname, address: n1}
                            - {type: InternalIP, address: 192.0.2.10}
                            - {type: ExternalIP, address: 203.0.113.10}
                            - {type: InternalIP, address: "2001:db8::10"}
                          conditions:
                            - {type: Ready, status: "False"}
                            - {type: NetworkUnavailable, status: "True"}
                        """);

        assertThat(ClusterViews.node(node))
                .isEqualTo(new NodeView("n1", Map.of("zone", "a"), true));
        assertThat(ClusterViews.internalAddresses(node))
                .containsExactly("192.0.2.10", "2001:db8::10");
    }

    @Test
    void aNodeWithoutAnything() {
        Node node = read(Node.class, "metadata: {name: n1}");

        assertThat(ClusterViews.node(node)).isEqualTo(new NodeView("n1", Map.of(), false));
        assertThat(ClusterViews.internalAddresses(node)).isEmpty();
    }

    private static <T> T read(Class<T> type, String yaml) {
        return Serialization.unmarshal(yaml, type);
    }
}
