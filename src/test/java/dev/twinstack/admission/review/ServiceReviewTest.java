package dev.twinstack.admission.review;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.testing.LocalAuthority;
import dev.twinstack.allocation.Pairing;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolPolicy;
import dev.twinstack.allocation.PoolScope;
import dev.twinstack.allocation.Quota;
import dev.twinstack.allocation.Retention;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.allocation.WhenFull;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the folders of `admission/service`: the cluster as it is (`in-cluster.yaml`), one request
/// (`in-request.yaml`), what the webhooks answer (`out-mutation.yaml`, `out-validation.yaml`) and
/// what is reserved afterwards (`out-reserved.yaml`; none: nothing).
class ServiceReviewTest {

    /// @param unknownNamespaces those whose labels matter and have not been seen yet
    /// @param latePools pools that the API server has and we have not seen yet
    record Cluster(
            @Nullable Boolean leads,
            @Nullable String primaryFamily,
            @Nullable Boolean dualStack,
            @Nullable String ownClass,
            @Nullable Set<String> unknownNamespaces,
            @Nullable Map<String, TestPool> pools,
            @Nullable Map<String, TestPool> latePools,
            @Nullable Map<String, List<String>> holders) {}

    /// @param quota IPv4 addresses a namespace may have
    record TestPool(
            List<String> addresses,
            @Nullable Set<String> namespaces,
            @Nullable Boolean upgrade,
            @Nullable Boolean refuseWhenFull,
            @Nullable Long quota) {

        PoolPolicy policy() {
            return new PoolPolicy(
                    List.of(),
                    orElse(refuseWhenFull, false) ? WhenFull.REFUSE : WhenFull.WAIT,
                    quota == null
                            ? List.of()
                            : List.of(
                                    new Quota(
                                            Set.of(),
                                            List.of(),
                                            OptionalLong.of(quota),
                                            OptionalLong.empty())),
                    Retention.NONE,
                    orElse(upgrade, false),
                    Pairing.NONE,
                    Optional.empty());
        }
    }

    @TestFactory
    Stream<DynamicTest> services() {
        return CaseFolder.all("service")
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(),
                                () -> run(new CaseFolder(folder))));
    }

    private static void run(CaseFolder folder) {
        // Given
        Cluster cluster = folder.read("in-cluster.yaml", Cluster.class);
        LocalAuthority authority = authority(cluster);
        ServiceReader reader = new ServiceReader(orElse(cluster.ownClass(), ""));
        AdmissionRequest request = folder.request();

        // When
        var mutation = new ServiceMutation(authority, reader).review(request);
        var validation = new ServiceValidation(authority, reader).review(folder.request());

        // Then
        folder.verify("out-mutation.yaml", mutation);
        folder.verify("out-validation.yaml", validation);
        folder.verify("out-reserved.yaml", reserved(authority, request));
        folder.verifyAllUsed();
    }

    private static LocalAuthority authority(Cluster cluster) {
        LocalAuthority authority =
                new LocalAuthority(
                        orElse(cluster.leads(), true),
                        new ClusterFamilies(
                                "IPv6".equals(cluster.primaryFamily())
                                        ? IpFamily.IPV6
                                        : IpFamily.IPV4,
                                orElse(cluster.dualStack(), true)),
                        name -> !orElse(cluster.unknownNamespaces(), Set.of()).contains(name));
        authority.allocator().setPools(pools(cluster.pools()));
        authority.later(pools(cluster.latePools()));
        orElse(cluster.holders(), Map.<String, List<String>>of())
                .forEach((name, addresses) ->
                        authority
                                .allocator()
                                .adopt(
                                        key(name),
                                        addresses.stream().map(IpAddress::parse).toList(),
                                        Sharing.NONE));
        return authority;
    }

    private static List<Pool> pools(@Nullable Map<String, TestPool> pools) {
        return orElse(pools, Map.<String, TestPool>of()).entrySet().stream()
                .map(pool ->
                        new Pool(
                                pool.getKey(),
                                pool.getValue().addresses().stream()
                                        .map(text -> IpPrefix.parse(text).range())
                                        .toList(),
                                true,
                                false,
                                Optional.ofNullable(pool.getValue().namespaces())
                                        .map(names ->
                                                new PoolScope(0, names, List.of(), List.of())),
                                pool.getValue().policy()))
                .toList();
    }

    private static ObjectNode reserved(LocalAuthority authority, AdmissionRequest request) {
        ObjectNode reserved = JsonNodeFactory.instance.objectNode();
        ServiceKey key = new ServiceKey(request.getNamespace(), "web");
        var holding = authority.allocator().reservation(key);
        if (!holding.isEmpty()) {
            reserved.put(key.toString(), holding.addresses().toString());
        }
        return reserved;
    }

    private static ServiceKey key(String name) {
        int slash = name.indexOf('/');
        return new ServiceKey(name.substring(0, slash), name.substring(slash + 1));
    }

    private static <T> T orElse(@Nullable T value, T other) {
        return Objects.requireNonNullElse(value, other);
    }
}
