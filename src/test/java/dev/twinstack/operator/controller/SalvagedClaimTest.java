package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.config.ClaimReader;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.net.IpAddress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

class SalvagedClaimTest {

    private static final IpAddress ADDRESS = IpAddress.parse("192.0.2.1");

    @Test
    void aUsersClaimKeepsWhatItsStatusSays() {
        // Given
        GenericKubernetesResource raw =
                raw("{families: IPv4, pool: lan}", "{addresses: [192.0.2.1], usedBy: 7}");

        // When
        AddressClaim claim = SalvagedClaim.ofUser(raw);

        // Then
        assertThat(ClaimReader.held(claim)).containsExactly(ADDRESS);
    }

    @Test
    void oneOfOursKeepsWhatItsSpecSays() {
        // Given
        GenericKubernetesResource raw =
                raw(
                        "{families: IPv4, addresses: [192.0.2.1],"
                                + " serviceRef: {namespace: shop, name: web}}",
                        "{}");

        // When
        AddressClaim claim = SalvagedClaim.ofOurs(raw).orElseThrow();

        // Then
        assertThat(KeptClaims.read(claim).orElseThrow().addresses()).containsExactly(ADDRESS);
        assertThat(KeptClaims.service(claim)).contains(new ServiceKey("shop", "web"));
    }

    @Test
    void oneWhoseAddressesCanNotBeToldIsNamed() {
        // Given
        GenericKubernetesResource raw = raw("{pool: lan}", "{addresses: 7}");

        // When
        // Then
        assertThatThrownBy(() -> SalvagedClaim.ofUser(raw))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("odd");
    }

    @Test
    void oneOfOursThatDoesNotSayForWhomKeepsNothing() {
        assertThat(SalvagedClaim.ofOurs(raw("{addresses: [192.0.2.1]}", "{}"))).isEmpty();
    }

    private static GenericKubernetesResource raw(String spec, String status) {
        return new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressClaim
                        metadata: {name: odd, namespace: shop}
                        spec: %s
                        status: %s
                        """
                                .formatted(spec, status),
                        GenericKubernetesResource.class);
    }
}
