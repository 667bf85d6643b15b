package dev.twinstack.config;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/// One thing wrong with one object: the text of the webhook's refusal, the condition and the Event.
///
/// @param object kind, namespace and name, as [#nameOf] gives them
/// @param path where in the object, `spec.addresses[0]`
/// @param reason what is wrong there, without secrets
public record ConfigError(String object, String path, String reason, Kind kind) {

    /// What it takes to put the error right.
    public enum Kind {
        /// The object itself must change.
        INVALID,
        /// Two objects can't both be in force; the older one is.
        CONFLICT,
        /// Another object is missing. It may still come, so webhooks let this pass.
        MISSING_REFERENCE
    }

    /// `IPAddressPool metallb-system/lan`.
    public static String nameOf(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        String namespace = metadata.getNamespace() == null ? "" : metadata.getNamespace() + "/";
        return object.getKind() + " " + namespace + metadata.getName();
    }

    ConfigError withMore(String text) {
        return new ConfigError(object, path, reason + text, kind);
    }

    /// Whether the error may go away without a change of this object or of one it conflicts with.
    public boolean isTransient() {
        return kind == Kind.MISSING_REFERENCE;
    }

    @Override
    public String toString() {
        return object + ": " + path + ": " + reason;
    }
}
