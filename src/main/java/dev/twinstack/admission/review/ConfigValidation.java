package dev.twinstack.admission.review;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.AddressAuthority;
import dev.twinstack.admission.ConfigSource;
import dev.twinstack.admission.conversion.Conversion;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import dev.twinstack.crd.BGPPeerV1Beta1;
import dev.twinstack.crd.MetalLb;
import dev.twinstack.crd.Twinstack;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Judges a configuration object together with all others, by the same [ConfigLoader] that the
/// controller and the speakers read them with. Refused is what is wrong in the object itself or
/// would be broken by it in another one; a reference to something that may still come is only
/// warned of, as in MetalLB.
public final class ConfigValidation implements Review {

    private static final Set<String> GROUPS = Set.of(MetalLb.GROUP, Twinstack.GROUP);

    private final ConfigSource source;
    private final String namespace;
    private final ConfigDeletion deletion;

    /// @param namespace the only one whose objects count
    /// @param authority asked who uses what is deleted
    public ConfigValidation(ConfigSource source, String namespace, AddressAuthority authority) {
        this.source = source;
        this.namespace = namespace;
        this.deletion = new ConfigDeletion(authority);
    }

    @Override
    public AdmissionResponse review(AdmissionRequest request) {
        if (!namespace.equals(request.getNamespace())) {
            return elsewhere(request);
        }
        Optional<ConfigObjects> current = source.current();
        if (current.isEmpty()) {
            return Answers.allowed(request);
        }
        return switch (request.getObject()) {
            case BGPPeerV1Beta1 peer -> written(request, Conversion.upgraded(peer), current.get());
            case CustomResource<?, ?> object -> written(request, object, current.get());
            case null, default -> deletion.review(request, current.get());
        };
    }

    private AdmissionResponse elsewhere(AdmissionRequest request) {
        return "CREATE".equals(request.getOperation())
                ? Answers.refused(
                        request,
                        "resource must be created in %s namespace".formatted(namespace),
                        List.of())
                : Answers.allowed(request);
    }

    private static AdmissionResponse written(
            AdmissionRequest request, CustomResource<?, ?> object, ConfigObjects current) {
        if (!GROUPS.contains(object.getGroup()) || asksNothingNew(request, object)) {
            return Answers.allowed(request);
        }
        object.getMetadata().setNamespace(request.getNamespace());
        ConfigResult before = ConfigLoader.load(current);
        ConfigObjects next = current.with(object);
        ConfigResult after = ConfigLoader.load(next);
        List<String> warnings = new ArrayList<>(ConfigWarnings.ofFields(object));
        String name = ConfigError.nameOf(object);
        after.errors().stream()
                .filter(ConfigValidation::isOnlyWarnedOf)
                .filter(error ->
                        error.object().equals(name)
                                || (!error.isTransient() && !before.errors().contains(error)))
                .forEach(error -> warnings.add(text(error, name)));
        String why =
                after.errors().stream()
                        .filter(error -> !isOnlyWarnedOf(error))
                        .filter(error ->
                                error.object().equals(name) || !before.errors().contains(error))
                        .map(error -> text(error, name))
                        .collect(joining("; "));
        if (!why.isEmpty()) {
            return Answers.refused(request, why, warnings);
        }
        warnings.addAll(ConfigWarnings.ofReferences(object, next, after.config()));
        return Answers.allowed(request, warnings);
    }

    /// What may still come; and of two policies for one pool or peer the younger one waits for the
    /// elder to go, so that one can be put in the place of the other.
    private static boolean isOnlyWarnedOf(ConfigError error) {
        return error.isTransient()
                || (error.kind() == ConfigError.Kind.CONFLICT
                        && (error.object().startsWith("AddressPolicy ")
                                || error.object().startsWith("PeerPolicy ")));
    }

    /// The object under review is named by whoever shows the refusal.
    private static String text(ConfigError error, String name) {
        return error.object().equals(name)
                ? error.path() + ": " + error.reason()
                : error.toString();
    }

    /// A finalizer must come off, and an annotation go on, however wrong the object has become.
    private static boolean asksNothingNew(AdmissionRequest request, CustomResource<?, ?> object) {
        return object.getMetadata().getDeletionTimestamp() != null
                || (request.getOldObject() instanceof CustomResource<?, ?> old
                        && Objects.equals(old.getSpec(), object.getSpec())
                        && Objects.equals(
                                old.getMetadata().getLabels(), object.getMetadata().getLabels()));
    }
}
