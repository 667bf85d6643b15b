package dev.twinstack.admission.review;

import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.admission.testing.LocalAuthority;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the folders of `admission/config`: the configuration objects that are there
/// (`in-objects.yaml`, a List; none: not read yet), one request (`in-request.yaml`), and the answer
/// (`out-validation.yaml`).
class ConfigReviewTest {

    /// Services, as `namespace/name`, and what they have.
    static final class Holders extends TreeMap<String, List<String>> {
        private static final long serialVersionUID = 1;
    }

    @TestFactory
    Stream<DynamicTest> configuration() {
        return CaseFolder.all("config")
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(),
                                () -> run(new CaseFolder(folder))));
    }

    private static void run(CaseFolder folder) {
        // Given
        Optional<List<HasMetadata>> objects =
                folder.readIfThere("in-objects.yaml", KubernetesList.class)
                        .map(KubernetesList::getItems);
        LocalAuthority authority =
                new LocalAuthority(
                        true, new ClusterFamilies(IpFamily.IPV4, true), namespace -> true);
        folder.readIfThere("in-holders.yaml", Holders.class)
                .ifPresent(holders -> hold(authority.allocator(), objects.orElseThrow(), holders));
        ConfigValidation validation =
                new ConfigValidation(
                        () -> objects.map(ConfigObjects::of), "metallb-system", authority);

        // When
        var response = validation.review(folder.request());

        // Then
        folder.verify("out-validation.yaml", response);
        folder.verifyAllUsed();
    }

    private static void hold(Allocator allocator, List<HasMetadata> objects, Holders holders) {
        allocator.setPools(ConfigLoader.load(ConfigObjects.of(objects)).config().pools());
        holders.forEach((name, addresses) -> {
            int slash = name.indexOf('/');
            allocator.adopt(
                    new ServiceKey(name.substring(0, slash), name.substring(slash + 1)),
                    addresses.stream().map(IpAddress::parse).toList(),
                    Sharing.NONE);
        });
    }
}
