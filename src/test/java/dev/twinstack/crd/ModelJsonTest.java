package dev.twinstack.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class ModelJsonTest {

    private static final String PEER =
            """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata:
              name: router
              namespace: metallb-system
            spec:
              myASN: 4200000000
              dynamicASN: external
              interface: eth1
              password: hunter2
              nodeSelectors:
                - matchLabels: {rack: a}
                  matchExpressions:
                    - {key: gpu, operator: DoesNotExist}
              fieldOfALaterVersion: 1
            """;

    @Test
    void absentFieldsStayAbsent() {
        BGPPeer peer = Serialization.unmarshal(PEER, BGPPeer.class);

        BGPPeerSpec spec = peer.getSpec();
        assertThat(spec.myASN()).isEqualTo(4_200_000_000L);
        assertThat(spec.dynamicASN()).isEqualTo(DynamicAsn.EXTERNAL);
        assertThat(spec.interfaceName()).isEqualTo("eth1");
        assertThat(spec.holdTime()).isNull();
        assertThat(spec.peerPort()).isNull();
        assertThat(spec.nodeSelectors()).hasSize(1);
        assertThat(spec.nodeSelectors().getFirst().matchExpressions().getFirst().values())
                .isEmpty();
        assertThat(Serialization.asYaml(peer))
                .doesNotContain("holdTime", "peerPort", "passwordSecret", "fieldOfALaterVersion");
        assertThat(Serialization.unmarshal(Serialization.asYaml(peer), BGPPeer.class).getSpec())
                .isEqualTo(spec);
    }

    @Test
    void passwordsAreNotShown() {
        BGPPeer peer = Serialization.unmarshal(PEER, BGPPeer.class);

        assertThat(peer.toString()).contains("password=SecretText[redacted]");
        assertThat(peer.toString()).doesNotContain("hunter2");
        assertThat(Serialization.asYaml(peer)).contains("hunter2");
    }

    @Test
    void countersOfAFullPoolAreWritten() {
        assertThat(Serialization.asJson(new IPAddressPoolStatus(0, 0, 0, Long.MAX_VALUE)))
                .isEqualTo(
                        """
                        {"assignedIPv4":0,"assignedIPv6":0,"availableIPv4":0,\
                        "availableIPv6":9223372036854775807}\
                        """);
    }

    @Test
    void poolWithoutAutoAssignIsToldFromOneThatRefusesIt() {
        IPAddressPool pool =
                Serialization.unmarshal(
                        """
                        apiVersion: metallb.io/v1beta1
                        kind: IPAddressPool
                        metadata: {name: lan}
                        spec: {addresses: [192.0.2.0/24]}
                        """,
                        IPAddressPool.class);

        assertThat(pool.getSpec().autoAssign()).isNull();
    }
}
