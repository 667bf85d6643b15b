package dev.twinstack.admission.certificate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the data of the certificates is kept, with optimistic writes, so that replicas that start
/// together end with the same certificates.
interface CertificateVault {

    /// What is stored, or null where there is nothing.
    @Nullable Content read();

    /// Stores `data` only if nothing has been written since `seen` was read.
    ///
    /// @param seen null: only if there is still nothing
    /// @return false where somebody else was first
    boolean write(@Nullable Content seen, Map<String, String> data);

    /// @param version changes with every write
    record Content(String version, Map<String, String> data) {
        public Content {
            data = Map.copyOf(data);
        }

        /// Holds private keys.
        @Override
        public String toString() {
            return "Content[version " + version + "]";
        }
    }
}
