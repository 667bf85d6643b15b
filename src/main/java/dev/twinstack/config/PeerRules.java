package dev.twinstack.config;

import dev.twinstack.bgp.AcceptFrom;
import dev.twinstack.bgp.ExportPolicy;
import dev.twinstack.bgp.GracefulRestart;
import dev.twinstack.bgp.Role;
import dev.twinstack.net.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a PeerPolicy says of the sessions with its peers. What it leaves open stays as the BGPPeer
/// has it.
///
/// @param families empty: as the BGPPeer has it
/// @param listenPort where the node listens for the peer
/// @param ttlSecurity hops
/// @param acceptFrom who else may call, and gets a session like it
/// @param export next hops, MED, prepend and graceful shutdown
public record PeerRules(
        Set<IpFamily> families,
        boolean extendedNextHop,
        boolean passive,
        OptionalInt listenPort,
        OptionalInt ttlSecurity,
        Optional<Role> role,
        OptionalInt prefixLimit,
        Optional<GracefulRestart> gracefulRestart,
        Optional<AcceptFrom> acceptFrom,
        ExportPolicy export) {

    /// Nothing.
    public static final PeerRules NONE =
            new PeerRules(
                    Set.of(),
                    false,
                    false,
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ExportPolicy.NONE);

    public PeerRules {
        families = Set.copyOf(families);
    }
}
