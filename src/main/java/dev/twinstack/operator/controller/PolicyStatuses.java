package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.PolicyInForce;
import dev.twinstack.crd.AddressPolicy;
import dev.twinstack.crd.AddressPolicyStatus;
import dev.twinstack.crd.AddressPolicyStatus.Count;
import dev.twinstack.crd.AddressPolicyStatus.DrainProgress;
import dev.twinstack.crd.AddressPolicyStatus.NamespaceUse;
import dev.twinstack.crd.Condition;
import dev.twinstack.net.IpFamily;
import dev.twinstack.operator.Conditions;
import dev.twinstack.operator.ConfigSnapshot;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Brings the status of the policies up to date, where it differs.
final class PolicyStatuses {

    private final KubernetesClient client;
    private final InstantSource clock;

    PolicyStatuses(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// Blocks. What could not be written is written next time.
    void write(List<AddressPolicy> policies, ConfigSnapshot snapshot, AddressBook book) {
        for (AddressPolicy policy : policies) {
            Optional<PolicyInForce> inForce =
                    snapshot.config().policies().stream()
                            .filter(each -> each.name().equals(policy.getMetadata().getName()))
                            .findFirst();
            AddressPolicyStatus status = status(policy, inForce, snapshot.errors(), book);
            if (!status.equals(policy.getStatus())) {
                write(policy, status);
            }
        }
    }

    private void write(AddressPolicy policy, AddressPolicyStatus status) {
        AddressPolicy edited = new AddressPolicy();
        edited.setMetadata(new ObjectMetaBuilder(policy.getMetadata()).build());
        edited.setSpec(policy.getSpec());
        edited.setStatus(status);
        try {
            client.resource(edited).updateStatus();
        } catch (KubernetesClientException e) {
            // Otherwise a newer one is on its way.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
                    && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    private AddressPolicyStatus status(
            AddressPolicy policy,
            Optional<PolicyInForce> inForce,
            List<ConfigError> allErrors,
            AddressBook book) {
        List<String> pools = inForce.map(PolicyInForce::pools).orElse(List.of());
        String name = ConfigError.nameOf(policy);
        List<ConfigError> errors =
                allErrors.stream().filter(error -> error.object().equals(name)).toList();
        Long generation = policy.getMetadata().getGeneration();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(accepted(errors, generation));
        Optional<DrainProgress> drain = inForce.flatMap(its -> PolicyDrain.progress(its, book));
        drain.ifPresent(progress -> conditions.add(PolicyDrain.drained(progress, generation)));
        List<PoolUsage> usages =
                book.usage().stream().filter(usage -> pools.contains(usage.pool())).toList();
        @Nullable AddressPolicyStatus before = policy.getStatus();
        return new AddressPolicyStatus(
                pools,
                new Count(
                        sum(usages.stream().map(usage -> usage.ipv4().assigned()).toList()),
                        sum(usages.stream().map(usage -> usage.ipv6().assigned()).toList())),
                new Count(
                        sum(usages.stream().map(usage -> usage.ipv4().available()).toList()),
                        sum(usages.stream().map(usage -> usage.ipv6().available()).toList())),
                namespaces(pools, book),
                drain.orElse(null),
                Conditions.since(
                        before == null ? List.of() : before.conditions(),
                        conditions,
                        clock.instant()));
    }

    private static List<NamespaceUse> namespaces(List<String> pools, AddressBook book) {
        Map<IpFamily, Map<String, Long>> used =
                Map.of(
                        IpFamily.IPV4, book.usedByNamespace(pools, IpFamily.IPV4),
                        IpFamily.IPV6, book.usedByNamespace(pools, IpFamily.IPV6));
        Map<String, Long> ipv4 = used.getOrDefault(IpFamily.IPV4, Map.of());
        Map<String, Long> ipv6 = used.getOrDefault(IpFamily.IPV6, Map.of());
        TreeSet<String> namespaces = new TreeSet<>(ipv4.keySet());
        namespaces.addAll(ipv6.keySet());
        return namespaces.stream()
                .map(each ->
                        new NamespaceUse(
                                each, ipv4.getOrDefault(each, 0L), ipv6.getOrDefault(each, 0L)))
                .toList();
    }

    private static Condition accepted(List<ConfigError> errors, @Nullable Long generation) {
        if (errors.isEmpty()) {
            return Conditions.yes("Accepted", "InForce", "", generation);
        }
        // What the object itself has wrong says more than what it has in common with others.
        String reason =
                errors.stream()
                        .map(ConfigError::kind)
                        .min(Enum::compareTo)
                        .map(kind ->
                                switch (kind) {
                                    case INVALID -> "Invalid";
                                    case CONFLICT -> "Conflicted";
                                    case MISSING_REFERENCE -> "TargetNotFound";
                                })
                        .orElseThrow();
        return Conditions.no(
                "Accepted",
                reason,
                errors.stream()
                        .map(error -> error.path() + ": " + error.reason())
                        .collect(joining("; ")),
                generation);
    }

    private static long sum(List<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            sum = sum + count < 0 ? Long.MAX_VALUE : sum + count;
        }
        return sum;
    }
}
