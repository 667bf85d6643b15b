package dev.twinstack.operator.speaker;

import dev.twinstack.bfd.BfdStatus;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.crd.BGPSessionStatus;
import java.util.List;

/// What the speaker of this process does, for metrics and the HTTP API. Nothing where this process
/// is no speaker, or not yet. Any thread may ask.
public interface SpeakerView {

    /// The node, or an empty text before there is one.
    String node();

    /// The sessions as the engine sees them.
    List<SessionStatus> sessions();

    /// The sessions as people see them.
    List<BGPSessionStatus> sessionReports();

    /// The BFD sessions as the engine sees them.
    List<BfdStatus> bfdSessions();

    /// Every route to every peer.
    List<RouteReport> routes();

    /// The Services that this node announces.
    List<AnnouncedService> announced();

    /// @param service `namespace/name`
    /// @param address one of its addresses
    record AnnouncedService(String service, String address) {}
}
