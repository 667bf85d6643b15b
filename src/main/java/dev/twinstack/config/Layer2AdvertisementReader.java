package dev.twinstack.config;

import dev.twinstack.config.Layer2Advertisement.Preference;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.crd.L2AdvertisementSpec;
import dev.twinstack.crd.PreferredNodeSelector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One L2Advertisement.
final class Layer2AdvertisementReader {

    private final PoolSelection pools;
    private final Problems problems;

    Layer2AdvertisementReader(PoolSelection pools, Problems problems) {
        this.pools = pools;
        this.problems = problems;
    }

    Optional<Layer2Advertisement> read(L2Advertisement object) {
        L2AdvertisementSpec spec =
                Optional.ofNullable(object.getSpec()).orElse(L2AdvertisementSpec.EVERYTHING);
        Set<String> chosen =
                PoolSelection.names(
                        pools.choose(
                                problems, spec.ipAddressPools(), spec.ipAddressPoolSelectors()));
        Layer2Advertisement advertisement =
                new Layer2Advertisement(
                        object.getMetadata().getName(),
                        chosen,
                        new HashSet<>(spec.interfaces()),
                        Selectors.distinct(problems, "spec.nodeSelectors", spec.nodeSelectors()),
                        preferences(spec.preferredNodeSelectors()),
                        Selectors.distinct(
                                problems, "spec.serviceSelectors", spec.serviceSelectors()));
        return problems.isEmpty() ? Optional.of(advertisement) : Optional.empty();
    }

    private List<Preference> preferences(List<PreferredNodeSelector> written) {
        List<Preference> preferences = new ArrayList<>();
        for (int i = 0; i < written.size(); i++) {
            String path = "spec.preferredNodeSelectors[%d]".formatted(i);
            PreferredNodeSelector one = written.get(i);
            if (one.weight() < 1 || one.weight() > 100) {
                problems.invalid(path + ".weight", one.weight() + " is not in 1..100");
            }
            if (one.preference() == null) {
                problems.invalid(path + ".preference", "is missing");
                continue;
            }
            preferences.add(
                    new Preference(
                            one.weight(),
                            Selectors.one(problems, path + ".preference", one.preference())));
        }
        return preferences;
    }
}
