package dev.twinstack.testing.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
class LabClusterIT {

    @Test
    void servicesGetClusterIpsOfBothFamilies(LabCluster cluster) {
        // Given a dual-stack Service
        String manifest =
                """
                apiVersion: v1
                kind: Service
                metadata: {name: lab-check, namespace: default}
                spec:
                  ipFamilyPolicy: RequireDualStack
                  ports: [{port: 80}]
                """;

        // When it is applied
        cluster.kubectl().apply(manifest);

        // Then the API server has given it one of each
        Service service =
                cluster.client().services().inNamespace("default").withName("lab-check").get();
        assertThat(service.getSpec().getIpFamilies()).containsExactly("IPv4", "IPv6");
        cluster.client().resource(service).delete();
    }
}
