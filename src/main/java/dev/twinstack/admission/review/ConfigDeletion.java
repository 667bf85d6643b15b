package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BGPAdvertisementSpec;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.Community;
import dev.twinstack.crd.CommunitySpec;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.Twinstack;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/// What is in use is not deleted by mistake, or not without a warning: a BFDProfile that peers
/// name, and a pool whose addresses somebody has. A pool goes all the same where its annotation
/// says that this is meant, or where its whole namespace goes.
final class ConfigDeletion {

    private static final String NAMESPACE_CONTROLLER =
            "system:serviceaccount:kube-system:namespace-controller";
    private static final int TOLD = 5;

    private final AddressAuthority authority;

    ConfigDeletion(AddressAuthority authority) {
        this.authority = authority;
    }

    AdmissionResponse review(AdmissionRequest request, ConfigObjects current) {
        return switch (request.getOldObject()) {
            case BFDProfile profile -> profile(request, profile, current);
            case IPAddressPool pool -> pool(request, pool);
            case BGPPeer peer ->
                    Answers.allowed(
                            request,
                            namedIn(
                                    current,
                                    "BGPPeer " + peer.getMetadata().getName(),
                                    spec -> spec.peers().contains(peer.getMetadata().getName())));
            case Community community ->
                    Answers.allowed(
                            request,
                            aliases(community).stream()
                                    .flatMap(alias ->
                                            namedIn(
                                                    current,
                                                    "community alias " + alias,
                                                    spec -> spec.communities().contains(alias))
                                                    .stream())
                                    .toList());
            case null, default -> Answers.allowed(request);
        };
    }

    private AdmissionResponse pool(AdmissionRequest request, IPAddressPool pool) {
        if (!authority.leads() || isMeant(pool) || namespaceGoes(request)) {
            return Answers.allowed(request);
        }
        String name = pool.getMetadata().getName();
        List<String> users = authority.usersOf(name);
        if (users.isEmpty()) {
            return Answers.allowed(request);
        }
        String more = users.size() > TOLD ? " and %d more".formatted(users.size() - TOLD) : "";
        return Answers.refused(
                request,
                "IPAddressPool %s is in use by %s%s, which would lose their addresses; if that is meant: kubectl annotate ipaddresspool -n %s %s %s=true, and delete again"
                        .formatted(
                                name,
                                users.stream().limit(TOLD).collect(joining(", ")),
                                more,
                                request.getNamespace(),
                                name,
                                Twinstack.DELETE_IN_USE),
                List.of());
    }

    private static boolean isMeant(IPAddressPool pool) {
        Map<String, String> annotations = pool.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get(Twinstack.DELETE_IN_USE));
    }

    private static boolean namespaceGoes(AdmissionRequest request) {
        return request.getUserInfo() != null
                && NAMESPACE_CONTROLLER.equals(request.getUserInfo().getUsername());
    }

    private static AdmissionResponse profile(
            AdmissionRequest request, BFDProfile profile, ConfigObjects current) {
        String users =
                current.peers().stream()
                        .filter(peer -> uses(peer, profile))
                        .map(peer -> peer.getMetadata().getName())
                        .sorted()
                        .collect(joining(", "));
        return users.isEmpty()
                ? Answers.allowed(request)
                : Answers.refused(
                        request,
                        "BFDProfile %s is used by BGPPeer %s"
                                .formatted(profile.getMetadata().getName(), users),
                        List.of());
    }

    /// The advertisements go on as they are: one without a peer to its name reaches nobody by it,
    /// one without an alias stays in force as it was.
    private static List<String> namedIn(
            ConfigObjects current, String what, Predicate<BGPAdvertisementSpec> names) {
        String users =
                current.bgpAdvertisements().stream()
                        .filter(one -> one.getSpec() != null && names.test(one.getSpec()))
                        .map(one -> one.getMetadata().getName())
                        .sorted()
                        .collect(joining(", "));
        return users.isEmpty()
                ? List.of()
                : List.of("%s is still named by BGPAdvertisement %s".formatted(what, users));
    }

    private static List<String> aliases(Community community) {
        return community.getSpec() == null
                ? List.of()
                : community.getSpec().communities().stream()
                        .map(CommunitySpec.Alias::name)
                        .filter(Objects::nonNull)
                        .toList();
    }

    private static boolean uses(BGPPeer peer, HasMetadata profile) {
        return peer.getSpec() != null
                && profile.getMetadata().getName().equals(peer.getSpec().bfdProfile());
    }
}
