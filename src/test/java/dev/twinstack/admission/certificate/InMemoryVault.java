package dev.twinstack.admission.certificate;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A vault that writes like the API server does; `before` can let another replica be first.
final class InMemoryVault implements CertificateVault {

    private @Nullable Content content;
    private int version;
    private Runnable before = () -> {};

    void beforeNextWrite(Runnable action) {
        before = action;
    }

    int writes() {
        return version;
    }

    @Override
    public @Nullable Content read() {
        return content;
    }

    @Override
    public boolean write(@Nullable Content seen, Map<String, String> data) {
        Runnable action = before;
        before = () -> {};
        action.run();
        if (!Objects.equals(seen == null ? null : seen.version(), currentVersion())) {
            return false;
        }
        version++;
        content = new Content(Integer.toString(version), data);
        return true;
    }

    private @Nullable String currentVersion() {
        return content == null ? null : content.version();
    }
}
