package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;

/// Something a speaker says in its OPEN that it can do (RFC 5492).
public sealed interface Capability
        permits MultiprotocolCapability,
                RouteRefreshCapability,
                ExtendedNextHopCapability,
                ExtendedMessageCapability,
                RoleCapability,
                GracefulRestartCapability,
                FourOctetAsCapability,
                AddPathCapability,
                EnhancedRouteRefreshCapability,
                LongLivedGracefulRestartCapability,
                FqdnCapability,
                SoftwareVersionCapability,
                UnknownCapability {

    /// The capability code of the IANA registry.
    int code();

    /// Appends the value, without code and length.
    void encodeValue(ByteBuf out);

    /// Reads one value. One that lacks its RFC's form stays an [UnknownCapability]: we act as if it
    /// was not said.
    static Capability decode(int code, ByteBuf in, int start, int end) {
        Capability known =
                switch (code) {
                    case MultiprotocolCapability.CODE ->
                            MultiprotocolCapability.decode(in, start, end);
                    case RouteRefreshCapability.CODE, RouteRefreshCapability.OLD_CODE ->
                            start == end ? new RouteRefreshCapability(code) : null;
                    case ExtendedNextHopCapability.CODE ->
                            ExtendedNextHopCapability.decode(in, start, end);
                    case ExtendedMessageCapability.CODE ->
                            start == end ? new ExtendedMessageCapability() : null;
                    case RoleCapability.CODE -> RoleCapability.decode(in, start, end);
                    case GracefulRestartCapability.CODE ->
                            GracefulRestartCapability.decode(in, start, end);
                    case FourOctetAsCapability.CODE -> FourOctetAsCapability.decode(in, start, end);
                    case AddPathCapability.CODE -> AddPathCapability.decode(in, start, end);
                    case EnhancedRouteRefreshCapability.CODE ->
                            start == end ? new EnhancedRouteRefreshCapability() : null;
                    case LongLivedGracefulRestartCapability.CODE ->
                            LongLivedGracefulRestartCapability.decode(in, start, end);
                    case FqdnCapability.CODE -> FqdnCapability.decode(in, start, end);
                    case SoftwareVersionCapability.CODE ->
                            SoftwareVersionCapability.decode(in, start, end);
                    default -> null;
                };
        return known != null ? known : new UnknownCapability(code, Octets.read(in, start, end));
    }
}
