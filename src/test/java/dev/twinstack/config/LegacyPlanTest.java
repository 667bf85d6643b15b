package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegacyPlanTest {

    private static final String LAN =
            "address-pools: [{name: lan, protocol: bgp, addresses: [192.0.2.0/24]}]";

    @Test
    void firstTimeAllObjectsAreMade() {
        LegacyPlan plan = plan(LAN, List.of());

        assertThat(names(plan.create()))
                .containsExactly(
                        "IPAddressPool metallb-system/lan",
                        "BGPAdvertisement metallb-system/bgpadvertisement1");
        assertThat(plan.create())
                .allSatisfy(object -> {
                    assertThat(object.getMetadata().getLabels())
                            .containsEntry("twinstack.dev/generated-from", "config");
                });
        assertThat(plan.create().getLast().getMetadata().getOwnerReferences().getFirst().getUid())
                .isEqualTo("map-uid");
    }

    @Test
    void nothingIsWrittenWhenTheServerHasFilledInItsDefaults() {
        List<CustomResource<?, ?>> stored = stored(LAN);
        IPAddressPool pool = (IPAddressPool) stored.getFirst();
        pool.setSpec(new IPAddressPoolSpec(pool.getSpec().addresses(), true, false, null));

        assertThat(plan(LAN, stored).isEmpty()).isTrue();
    }

    @Test
    void editIsAnUpdateOfTheStoredObject() {
        LegacyPlan plan = plan(LAN.replace("192.0.2.0/24", "192.0.2.0/25"), stored(LAN));

        assertThat(names(plan.update())).containsExactly("IPAddressPool metallb-system/lan");
        assertThat(plan.update().getFirst().getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(plan.create()).isEmpty();
        assertThat(plan.delete()).isEmpty();
    }

    @Test
    void handMadeChangeIsTakenBack() {
        List<CustomResource<?, ?>> stored = stored(LAN);
        IPAddressPool pool = (IPAddressPool) stored.getFirst();
        pool.setSpec(new IPAddressPoolSpec(pool.getSpec().addresses(), false, false, null));

        assertThat(names(plan(LAN, stored).update()))
                .containsExactly("IPAddressPool metallb-system/lan");
    }

    @Test
    void whatTheMapNoLongerSaysGoes() {
        LegacyPlan plan = plan(LAN.replace("bgp", "layer2"), stored(LAN));

        assertThat(names(plan.delete()))
                .containsExactly("BGPAdvertisement metallb-system/bgpadvertisement1");
        assertThat(names(plan.create()))
                .containsExactly("L2Advertisement metallb-system/l2advertisement1");
    }

    @Test
    void withoutTheMapAllThatWasGeneratedGoesAndNothingElse() {
        List<CustomResource<?, ?>> objects = new ArrayList<>(stored(LAN));
        objects.add(pool("mine", "198.51.100.0/24"));

        LegacyPlan plan =
                LegacyPlan.of(Optional.empty(), ConfigObjects.of(objects), "mine"::equals);

        assertThat(names(plan.delete()))
                .containsExactlyInAnyOrder(
                        "IPAddressPool metallb-system/lan",
                        "BGPAdvertisement metallb-system/bgpadvertisement1");
    }

    @Test
    void withoutTheMapPoolInUseStays() {
        LegacyPlan plan =
                LegacyPlan.of(Optional.empty(), ConfigObjects.of(stored(LAN)), "lan"::equals);

        assertThat(plan.keep()).extracting("metadata.name").containsExactly("lan");
        assertThat(names(plan.delete()))
                .containsExactly("BGPAdvertisement metallb-system/bgpadvertisement1");
    }

    @Test
    void withoutTheMapPoolInUseGoesWhereThatIsMeant() {
        List<CustomResource<?, ?>> stored = stored(LAN);
        stored.getFirst()
                .getMetadata()
                .setAnnotations(Map.of("twinstack.dev/delete-in-use", "true"));

        LegacyPlan plan = LegacyPlan.of(Optional.empty(), ConfigObjects.of(stored), "lan"::equals);

        assertThat(plan.keep()).isEmpty();
        assertThat(plan.delete()).hasSize(2);
    }

    @Test
    void garbageCollectionDoesNotTakePools() {
        List<CustomResource<?, ?>> stored = stored(LAN);
        stored.getFirst()
                .getMetadata()
                .setOwnerReferences(stored.getLast().getMetadata().getOwnerReferences());

        LegacyPlan plan = plan(LAN, stored);

        assertThat(names(plan.update())).containsExactly("IPAddressPool metallb-system/lan");
        assertThat(plan.update().getFirst().getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void editTakesPoolInUse() {
        LegacyPlan plan = plan(LAN.replace("name: lan", "name: wan"), stored(LAN));

        assertThat(names(plan.delete())).contains("IPAddressPool metallb-system/lan");
        assertThat(plan.keep()).isEmpty();
    }

    @Test
    void brokenMapChangesNothing() {
        LegacyPlan plan = plan("address-pools: [{name: lan}", stored(LAN));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.errors()).hasSize(1);
    }

    @Test
    void objectOfAnotherIsNotTakenOver() {
        LegacyPlan plan = plan(LAN, List.of(pool("lan", "198.51.100.0/24")));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.errors().getFirst().reason())
                .startsWith("IPAddressPool metallb-system/lan is there already");
    }

    @Test
    void overlapWithAnotherPoolChangesNothing() {
        LegacyPlan plan = plan(LAN, List.of(pool("mine", "192.0.2.128/25")));

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.errors().getFirst().reason())
                .startsWith("IPAddressPool metallb-system/lan: spec.addresses")
                .contains("mine");
    }

    @Test
    void youngerPoolOfAnotherDoesNotStopTheMap() {
        IPAddressPool younger = pool("mine", "192.0.2.128/25");
        younger.getMetadata().setCreationTimestamp("2026-02-01T00:00:00Z");
        List<CustomResource<?, ?>> objects = new ArrayList<>(stored(LAN));
        objects.add(younger);

        LegacyPlan plan = plan(LAN.replace("bgp", "layer2"), objects);

        assertThat(plan.errors()).isEmpty();
        assertThat(names(plan.create()))
                .containsExactly("L2Advertisement metallb-system/l2advertisement1");
    }

    @Test
    void newMapOwnsWhatTheOldOneHasLeft() {
        ConfigMap map = LegacyConfigTest.map(LAN);
        map.getMetadata().setUid("another-uid");

        LegacyPlan plan =
                LegacyPlan.of(Optional.of(map), ConfigObjects.of(stored(LAN)), "lan"::equals);

        assertThat(names(plan.update()))
                .containsExactly("BGPAdvertisement metallb-system/bgpadvertisement1");
        assertThat(plan.update().getFirst().getMetadata().getOwnerReferences())
                .extracting("uid")
                .containsExactly("another-uid");
    }

    private static LegacyPlan plan(String yaml, List<? extends HasMetadata> present) {
        return LegacyPlan.of(
                Optional.of(LegacyConfigTest.map(yaml)), ConfigObjects.of(present), "lan"::equals);
    }

    /// What the API server has after a plan was carried out.
    private static List<CustomResource<?, ?>> stored(String yaml) {
        List<CustomResource<?, ?>> stored = new ArrayList<>();
        for (CustomResource<?, ?> made : plan(yaml, List.of()).create()) {
            CustomResource<?, ?> copy = Serialization.clone(made);
            copy.getMetadata().setUid(made.getMetadata().getName() + "-uid");
            copy.getMetadata().setResourceVersion("7");
            copy.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
            stored.add(copy);
        }
        return stored;
    }

    private static IPAddressPool pool(String name, String addresses) {
        IPAddressPool pool = new IPAddressPool();
        pool.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace("metallb-system")
                        .withName(name)
                        .withCreationTimestamp("2026-01-01T00:00:00Z")
                        .build());
        pool.setSpec(new IPAddressPoolSpec(List.of(addresses), null, false, null));
        return pool;
    }

    private static List<String> names(List<CustomResource<?, ?>> objects) {
        return objects.stream().map(ConfigError::nameOf).toList();
    }
}
