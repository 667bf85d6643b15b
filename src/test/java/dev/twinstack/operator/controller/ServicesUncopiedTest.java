package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.AddressClaim;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.config.Cloner;
import org.junit.jupiter.api.Test;

class ServicesUncopiedTest {

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final ServicesUncopied cloner =
            new ServicesUncopied(
                    new Cloner() {
                        @Override
                        public <R extends HasMetadata> R clone(R object) {
                            return serialization.clone(object);
                        }
                    });

    @Test
    void onlyServicesAreThoseOfTheCache() {
        // Given
        Service service = new Service();
        AddressClaim claim = new AddressClaim();

        // When
        AddressClaim copy = cloner.clone(claim);

        // Then
        assertThat(cloner.clone(service)).isSameAs(service);
        assertThat(copy).isNotSameAs(claim);
    }
}
