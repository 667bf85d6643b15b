package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.IpPrefix;
import java.util.Optional;
import java.util.Set;

/// One address family of one session.
///
/// @param announced prefixes the peer has from us now
/// @param pending changes that are not written to the session yet; without a session all that is
///   wanted
/// @param withheld prefixes that are wanted but can't be sent
/// @param withheldBecause why, in words, whenever something is or would be withheld
/// @param withheldPrefixes which ones, where the others of the family are sent; otherwise empty
public record FamilyStatus(
        int announced,
        int pending,
        int withheld,
        Optional<String> withheldBecause,
        Set<IpPrefix> withheldPrefixes) {

    public FamilyStatus {
        requireNonNull(withheldBecause, "withheldBecause");
        withheldPrefixes = Set.copyOf(withheldPrefixes);
    }

    /// The whole family is sent or withheld.
    public FamilyStatus(
            int announced, int pending, int withheld, Optional<String> withheldBecause) {
        this(announced, pending, withheld, withheldBecause, Set.of());
    }

    /// Why this prefix is withheld.
    public Optional<String> obstacle(IpPrefix prefix) {
        return withheldPrefixes.isEmpty() || withheldPrefixes.contains(prefix)
                ? withheldBecause
                : Optional.empty();
    }
}
