package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.crd.AddressClaim;
import dev.twinstack.crd.AddressClaimSpec;
import dev.twinstack.crd.Twinstack;
import dev.twinstack.operator.Unreadable;
import dev.twinstack.operator.controller.Retirement.Kept;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the objects of [KeptClaims]. What is known of them may be behind: nothing is overwritten
/// or deleted that has changed since, and what was in the way is looked at anew. Blocks.
final class KeptClaimWriter {

    private static final Logger log = LoggerFactory.getLogger(KeptClaimWriter.class);
    private static final int MOST = 16;
    private static final int ATTEMPTS = MOST + 4;

    private final KubernetesClient client;
    private final String namespace;
    private final Predicate<AddressClaim> isKept;

    KeptClaimWriter(KubernetesClient client, String namespace, Predicate<AddressClaim> isKept) {
        this.client = client;
        this.namespace = namespace;
        this.isKept = isKept;
    }

    /// The names that claims for this Service may have, in the order in which they are taken. Names
    /// of namespaces and Services have no dots, so they are unambiguous.
    static List<String> names(ServiceKey service) {
        String first = service.namespace() + "." + service.name();
        return IntStream.rangeClosed(1, MOST)
                .mapToObj(i -> i == 1 ? first : first + "." + i)
                .toList();
    }

    /// One claim says it then: the one that names these addresses already, or a new one, as the
    /// addresses of a claim can't be changed.
    ///
    /// @param own the Service's claims by name, as far as they are known; kept up to date
    /// @return the name of the claim
    /// @throws RuntimeException if it could not be written
    String write(Map<String, AddressClaim> own, Kept kept) {
        AddressClaimSpec spec = KeptClaims.spec(kept);
        Set<String> foreign = new HashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<AddressClaim> same =
                    own.values().stream()
                            .filter(its -> its.getSpec().addresses().equals(spec.addresses()))
                            .findFirst();
            if (same.isPresent() && same.get().getSpec().equals(spec)) {
                return same.get().getMetadata().getName();
            }
            String name =
                    same.map(its -> its.getMetadata().getName())
                            .orElseGet(() -> unused(kept.service(), own.keySet(), foreign));
            try {
                own.put(name, same.isPresent() ? update(same.get(), spec) : create(name, spec));
                return name;
            } catch (KubernetesClientException e) {
                if (!isOvertaken(e)) {
                    throw e;
                }
                lookAgain(name, kept.service(), own, foreign);
            }
        }
        throw new IllegalStateException(
                "the AddressClaim for %s changes all the time".formatted(kept.service()));
    }

    private static String unused(ServiceKey service, Set<String> own, Set<String> foreign) {
        return names(service).stream()
                .filter(name -> !own.contains(name) && !foreign.contains(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no name is left for another AddressClaim of " + service));
    }

    private void lookAgain(
            String name, ServiceKey service, Map<String, AddressClaim> own, Set<String> foreign) {
        AddressClaim live = objects().withName(name).get();
        own.remove(name);
        if (live == null) {
            return;
        }
        if (isKept.test(live)
                && Unreadable.isReadable(live)
                && KeptClaims.service(live).filter(service::equals).isPresent()) {
            own.put(name, live);
        } else {
            foreign.add(name);
            log.atWarn()
                    .addKeyValue("claim", CachedClaims.key(live))
                    .addKeyValue("service", service)
                    .log("An AddressClaim of somebody else has the name of one that we keep");
        }
    }

    private AddressClaim create(String name, AddressClaimSpec spec) {
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(namespace)
                        .withName(name)
                        .addToLabels(Twinstack.KEPT_LABEL, "true")
                        .build());
        claim.setSpec(spec);
        return objects().resource(claim).create();
    }

    private AddressClaim update(AddressClaim present, AddressClaimSpec spec) {
        AddressClaim claim = new AddressClaim();
        claim.setMetadata(new ObjectMetaBuilder(present.getMetadata()).build());
        claim.setSpec(spec);
        AddressClaim written = objects().resource(claim).update();
        if (spec.retention() != null) {
            log.atInfo()
                    .addKeyValue("service", KeptClaims.service(claim).orElse(null))
                    .addKeyValue("addresses", spec.addresses())
                    .addKeyValue("keepUntil", spec.retention().keepUntil())
                    .addKeyValue("reusableFrom", spec.retention().reusableFrom())
                    .log("Addresses of a deleted Service are kept");
        }
        return written;
    }

    /// Only as it is known: another leader may have made it anew.
    void remove(AddressClaim claim) {
        try {
            objects()
                    .resource(claim)
                    .lockResourceVersion(claim.getMetadata().getResourceVersion())
                    .delete();
        } catch (KubernetesClientException e) {
            if (!isOvertaken(e)) {
                throw e;
            }
        }
    }

    private static boolean isOvertaken(KubernetesClientException failure) {
        return failure.getCode() == HttpURLConnection.HTTP_CONFLICT
                || failure.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }

    private NonNamespaceOperation<AddressClaim, ?, Resource<AddressClaim>> objects() {
        return client.resources(AddressClaim.class).inNamespace(namespace);
    }
}
