package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.IPAddressPool;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeaderAuthorityTest {

    @Test
    void aNewerPolicyIsAsMuchAsANewerPool() {
        // Given
        List<IPAddressPool> pools = List.of(of(new IPAddressPool(), "pool", 1));
        List<AddressPolicy> policies = List.of(of(new AddressPolicy(), "policy", 1));
        Map<String, Long> before = LeaderAuthority.generations(pools, policies);

        // When
        Map<String, Long> newerPolicy =
                LeaderAuthority.generations(pools, List.of(of(new AddressPolicy(), "policy", 2)));
        Map<String, Long> newerPool =
                LeaderAuthority.generations(List.of(of(new IPAddressPool(), "pool", 2)), policies);

        // Then
        assertThat(newerPolicy).isNotEqualTo(before);
        assertThat(newerPool).isNotEqualTo(before);
        assertThat(LeaderAuthority.generations(pools, policies)).isEqualTo(before);
    }

    private static <T extends HasMetadata> T of(T object, String uid, long generation) {
        object.setMetadata(new ObjectMetaBuilder().withUid(uid).withGeneration(generation).build());
        return object;
    }
}
