package dev.twinstack.bgp.testing;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.ReceivedRoute;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.SessionState;
import dev.twinstack.bgp.peer.PeerSession;
import dev.twinstack.bgp.rib.AdjRibIn;
import dev.twinstack.bgp.rib.AdjRibOut;
import dev.twinstack.bgp.rib.LocRib;
import dev.twinstack.bgp.session.Link;
import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.BgpDecoder;
import dev.twinstack.bgp.wire.BgpEncoder;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.Decoded;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.WireOptions;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One [PeerSession] without sockets, and the test in the place of its peer. Speaks octets.
public final class SessionHarness {

    public final FakeNetwork network = new FakeNetwork();
    public final VirtualClock clock = new VirtualClock();
    public final AdjRibOut ribOut = new AdjRibOut();
    public final AdjRibIn ribIn;
    public final PeerSession session;
    private final WireOptions options;
    private final Asn peerAsn;
    private final boolean fourOctetAs;
    private final List<Capability> more = new ArrayList<>();

    public SessionHarness(PeerSettings settings, Asn peerAsn) {
        this(settings, peerAsn, true);
    }

    /// @param fourOctetAs whether the peer knows RFC 6793
    public SessionHarness(PeerSettings settings, Asn peerAsn, boolean fourOctetAs) {
        this.ribIn = new AdjRibIn(settings);
        this.peerAsn = peerAsn;
        this.fourOctetAs = fourOctetAs;
        this.options =
                (peerAsn.equals(settings.localAsn()) ? WireOptions.INTERNAL : WireOptions.EXTERNAL)
                        .withFourOctetAs(fourOctetAs);
        this.session =
                new PeerSession(
                        settings,
                        ribOut,
                        ribIn,
                        network,
                        BgpEvents.NONE,
                        clock,
                        () -> -1L,
                        Restart.NONE);
    }

    /// The peer offers this too.
    public SessionHarness offering(Capability... capabilities) {
        more.addAll(List.of(capabilities));
        return this;
    }

    /// Starts the session up to the point where our OPEN is sent.
    public Link openSent() {
        session.start();
        return connect();
    }

    /// The attempt under way succeeds.
    public Link connect() {
        Link link = network.latestAttempt();
        session.connected(link);
        sent(link);
        return link;
    }

    /// Goes on to Established with both families.
    public Link established() {
        Link link = openSent();
        establish(link, AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
        return link;
    }

    public void establish(Link link, AddressFamily... families) {
        receive(link, open(families));
        receive(link, KeepaliveMessage.INSTANCE);
    }

    /// The same with both families, and a peer that offers this hold time.
    public void establish(Link link, int holdTime) {
        OpenMessage open = open(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST);
        receive(
                link,
                new OpenMessage(
                        open.twoOctetAs(),
                        Duration.ofSeconds(holdTime),
                        open.bgpIdentifier(),
                        open.capabilities()));
        receive(link, KeepaliveMessage.INSTANCE);
    }

    /// A good route of this peer.
    public BgpMessage announcement(IpPrefix prefix) {
        return Announcements.of(
                prefix, options.internal() ? Optional.empty() : Optional.of(peerAsn));
    }

    public OpenMessage open(AddressFamily... families) {
        List<Capability> capabilities = new ArrayList<>();
        for (AddressFamily family : families) {
            capabilities.add(new MultiprotocolCapability(family));
        }
        capabilities.add(new RouteRefreshCapability());
        capabilities.addAll(more);
        if (fourOctetAs) {
            capabilities.add(new FourOctetAsCapability(peerAsn));
        }
        return OpenMessage.of(
                peerAsn, Duration.ofSeconds(90), IpAddress.parse("10.0.100.11"), capabilities);
    }

    public void receive(Link link, BgpMessage message) {
        ByteBuf octets = Unpooled.buffer();
        BgpEncoder.encode(message, octets, options);
        session.received(link, octets);
    }

    public void receive(Link link, byte[] octets) {
        session.received(link, Unpooled.wrappedBuffer(octets));
    }

    /// What the session has sent since the last call.
    public List<BgpMessage> sent(Link link) {
        List<BgpMessage> messages = new ArrayList<>();
        ByteBuf octets = network.written(link);
        while (octets.isReadable()) {
            switch (BgpDecoder.decode(octets, options)) {
                case Decoded.Message(BgpMessage message) -> messages.add(message);
                case Decoded.Repaired repaired -> throw new AssertionError("sent " + repaired);
                case Decoded.SessionError error -> throw new AssertionError("sent " + error);
                case Decoded.Incomplete _ -> throw new AssertionError("sent half a message");
            }
        }
        return messages;
    }

    /// Time passes, with a tick at each deadline on the way.
    public void pass(Duration time) {
        var end = clock.instant().plus(time);
        for (var next = session.nextDeadline();
                next.isPresent() && !next.get().isAfter(end);
                next = session.nextDeadline()) {
            clock.advanceTo(next.get());
            session.tick();
        }
        clock.advanceTo(end);
    }

    public SessionState state() {
        return session.status().state();
    }

    /// What the peer announced and is kept.
    public List<ReceivedRoute> routes() {
        return LocRib.routes(List.of(ribIn));
    }
}
