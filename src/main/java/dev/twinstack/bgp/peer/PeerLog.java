package dev.twinstack.bgp.peer;

import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.bgp.wire.AttributeFault;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log lines of a session: one per change that a person would want to know of.
final class PeerLog {

    private static final Logger log = LoggerFactory.getLogger(PeerSession.class);

    private PeerLog() {}

    static void up(SessionStatus status) {
        log.atInfo()
                .addKeyValue("peer", status.peer())
                .addKeyValue("address", status.address())
                .addKeyValue("families", status.negotiatedFamilies())
                .addKeyValue("holdTime", status.negotiatedHoldTime().orElse(null))
                .log("BGP session established");
    }

    static void down(PeerSettings settings, String reason) {
        log.atInfo()
                .addKeyValue("peer", settings.name())
                .addKeyValue("address", settings.address())
                .addKeyValue("reason", reason)
                .log("BGP session ended");
    }

    /// @param isNew whether the attempt before failed for another reason
    static void failed(PeerSettings settings, String reason, boolean isNew) {
        (isNew ? log.atInfo() : log.atDebug())
                .addKeyValue("peer", settings.name())
                .addKeyValue("address", settings.address())
                .addKeyValue("reason", reason)
                .log("BGP session not established");
    }

    /// @param news whether this is the first of its kind in this session
    static void repaired(PeerSettings settings, List<AttributeFault> faults, boolean news) {
        (news ? log.atInfo() : log.atDebug())
                .addKeyValue("peer", settings.name())
                .addKeyValue("faults", faults)
                .log("Malformed BGP UPDATE kept from harm");
    }
}
