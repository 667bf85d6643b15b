package dev.twinstack.interop;

import dev.twinstack.net.IpFamily;
import dev.twinstack.testing.lab.LabLan;
import java.util.List;

/// The addresses of the nodes that live in this JVM: there while the tests of a class run.
final class Nodes implements AutoCloseable {

    private final LabLan lan;
    private final List<Session> sessions;

    Nodes(LabLan lan, List<Session> sessions) {
        this.lan = lan;
        this.sessions = List.copyOf(sessions);
        for (Session session : sessions) {
            lan.addOwn(session.nodeAddress(IpFamily.IPV4) + "/24");
            lan.addOwn(session.nodeAddress(IpFamily.IPV6) + "/64");
        }
    }

    @Override
    public void close() {
        for (Session session : sessions) {
            lan.removeOwn(session.nodeAddress(IpFamily.IPV4) + "/24");
            lan.removeOwn(session.nodeAddress(IpFamily.IPV6) + "/64");
        }
    }
}
