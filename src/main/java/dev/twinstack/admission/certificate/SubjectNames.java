package dev.twinstack.admission.certificate;

import dev.twinstack.net.IpAddress;
import java.util.Collection;
import java.util.Optional;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/// Subject alternative names from text: what reads as an IP address becomes one, everything else is
/// a DNS name.
final class SubjectNames {

    private SubjectNames() {}

    static GeneralNames of(Collection<String> names) {
        return new GeneralNames(
                names.stream().sorted().map(SubjectNames::name).toArray(GeneralName[]::new));
    }

    /// One spelling per name, so that sets of names can be compared.
    static String canonical(String name) {
        return address(name).map(IpAddress::toString).orElse(name);
    }

    private static GeneralName name(String name) {
        return address(name)
                .map(address -> new GeneralName(GeneralName.iPAddress, address.toString()))
                .orElseGet(() -> new GeneralName(GeneralName.dNSName, name));
    }

    private static Optional<IpAddress> address(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
