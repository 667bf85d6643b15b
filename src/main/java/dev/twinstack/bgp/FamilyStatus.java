package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// One address family of one session.
///
/// @param announced prefixes the peer has from us now
/// @param pending changes that are not written to the session yet; without a session all that is
///   wanted
/// @param withheld prefixes that are wanted but can't be sent
/// @param withheldBecause why, in words, whenever something is or would be withheld
public record FamilyStatus(
        int announced, int pending, int withheld, Optional<String> withheldBecause) {

    public FamilyStatus {
        requireNonNull(withheldBecause, "withheldBecause");
    }
}
