package dev.twinstack.config;

import dev.twinstack.bgp.Password;
import dev.twinstack.crd.BGPPeerSpec;
import dev.twinstack.crd.SecretReference;
import dev.twinstack.crd.SecretText;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The password of a BGPPeer, written in it or in a Secret beside it. No error shows one.
final class PeerPassword {

    private static final String TYPE = "kubernetes.io/basic-auth";
    private static final String KEY = "password";
    private static final String REFERENCE = "spec.passwordSecret";

    private final Map<String, Secret> secrets = new HashMap<>();

    PeerPassword(List<Secret> secrets) {
        secrets.forEach(secret -> this.secrets.put(secret.getMetadata().getName(), secret));
    }

    Optional<Password> read(BGPPeerSpec spec, Problems problems) {
        Optional<SecretText> written =
                Optional.ofNullable(spec.password()).filter(text -> !text.isEmpty());
        Optional<String> reference =
                Optional.ofNullable(spec.passwordSecret())
                        .map(SecretReference::name)
                        .filter(name -> !name.isEmpty());
        if (written.isPresent() && reference.isPresent()) {
            problems.invalid(REFERENCE, "password is given too: only one of them can be");
            return Optional.empty();
        }
        return reference
                .flatMap(name -> fromSecret(name, problems))
                .or(() -> written.flatMap(text -> password("spec.password", text, problems)));
    }

    private static Optional<Password> password(String path, SecretText text, Problems problems) {
        return problems.read(path, () -> Password.of(text.value()));
    }

    private Optional<Password> fromSecret(String name, Problems problems) {
        Secret secret = secrets.get(name);
        if (secret == null) {
            problems.missing(REFERENCE, "there is no Secret %s in this namespace".formatted(name));
            return Optional.empty();
        }
        if (!TYPE.equals(secret.getType())) {
            problems.invalid(
                    REFERENCE,
                    "Secret %s is of type %s, not %s".formatted(name, secret.getType(), TYPE));
            return Optional.empty();
        }
        String encoded = entry(secret.getData());
        String plain = entry(secret.getStringData());
        if (encoded == null && plain == null) {
            problems.invalid(REFERENCE, "Secret %s has no key %s".formatted(name, KEY));
            return Optional.empty();
        }
        return problems.read(
                REFERENCE, () -> Password.of(plain == null ? decoded(name, encoded) : plain));
    }

    private static @Nullable String entry(@Nullable Map<String, String> data) {
        return data == null ? null : data.get(KEY);
    }

    private static String decoded(String name, @Nullable String encoded) {
        try {
            return new String(
                    Base64.getDecoder().decode(encoded == null ? "" : encoded),
                    StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Secret %s is not base64".formatted(name));
        }
    }
}
