package dev.twinstack.bgp.session;

import dev.twinstack.bgp.wire.AddressFamily;
import dev.twinstack.bgp.wire.BgpMessage;
import dev.twinstack.bgp.wire.Capability;
import dev.twinstack.bgp.wire.EnhancedRouteRefreshCapability;
import dev.twinstack.bgp.wire.ExtendedMessageCapability;
import dev.twinstack.bgp.wire.ExtendedNextHopCapability;
import dev.twinstack.bgp.wire.FourOctetAsCapability;
import dev.twinstack.bgp.wire.GracefulRestartCapability;
import dev.twinstack.bgp.wire.KeepaliveMessage;
import dev.twinstack.bgp.wire.LongLivedGracefulRestartCapability;
import dev.twinstack.bgp.wire.MultiprotocolCapability;
import dev.twinstack.bgp.wire.NotificationMessage;
import dev.twinstack.bgp.wire.OpenMessage;
import dev.twinstack.bgp.wire.RoleCapability;
import dev.twinstack.bgp.wire.RouteRefreshCapability;
import dev.twinstack.bgp.wire.RouteRefreshMessage;
import dev.twinstack.bgp.wire.UpdateMessage;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Messages and actions as they stand in scripts.
final class ScriptText {

    private ScriptText() {}

    static String of(SessionAction action) {
        return switch (action) {
            case SessionAction.Connect(Link link) -> "connect " + link;
            case SessionAction.Send(Link link, BgpMessage message) ->
                    "send " + link + " " + of(message);
            case SessionAction.Close(Link link) -> "close " + link;
            case SessionAction.Up(Link link, Negotiated negotiated) ->
                    "up " + link + ": " + of(negotiated);
            case SessionAction.Down(String reason) -> "down: " + reason;
            case SessionAction.Failed(String reason) -> "failed: " + reason;
            case SessionAction.Deliver _ -> "deliver UPDATE";
            case SessionAction.Refresh(RouteRefreshMessage request) ->
                    "refresh " + request.family();
        };
    }

    /// `OPEN as=64500 hold=90 id=192.0.2.1 families=ipv4,ipv6 [as2]`, `KEEPALIVE`, ...
    static BgpMessage message(List<String> words) {
        return switch (words.getFirst()) {
            case "OPEN" -> open(words.subList(1, words.size()));
            case "KEEPALIVE" -> KeepaliveMessage.INSTANCE;
            case "UPDATE" -> UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST);
            case "NOTIFICATION" -> SessionScript.notification(words.get(1));
            case "ROUTE-REFRESH" ->
                    new RouteRefreshMessage(
                            AddressFamily.unicast(
                                    SessionScript.families(words.get(1)).iterator().next()),
                            RouteRefreshMessage.REQUEST);
            default -> throw new IllegalArgumentException("No such message: " + words);
        };
    }

    private static String of(BgpMessage message) {
        return switch (message) {
            case OpenMessage open ->
                    "OPEN as=%s hold=%d id=%s capabilities=%s"
                            .formatted(
                                    open.asn(),
                                    open.holdTime().toSeconds(),
                                    open.bgpIdentifier(),
                                    open.capabilities().stream()
                                            .map(ScriptText::of)
                                            .collect(Collectors.joining(", ")));
            case KeepaliveMessage _ -> "KEEPALIVE";
            case UpdateMessage _ -> "UPDATE";
            case RouteRefreshMessage _ -> "ROUTE-REFRESH";
            case NotificationMessage(var error, var data) ->
                    "NOTIFICATION %d/%d %s%s"
                            .formatted(
                                    error.code(),
                                    error.subcode(),
                                    error,
                                    data.isEmpty() ? "" : " data " + data);
        };
    }

    private static String of(Capability capability) {
        return switch (capability) {
            case MultiprotocolCapability(AddressFamily family) -> family.toString();
            case RouteRefreshCapability _ -> "route refresh";
            case FourOctetAsCapability _ -> "four-octet AS";
            case EnhancedRouteRefreshCapability _ -> "enhanced refresh";
            case ExtendedMessageCapability _ -> "extended messages";
            case ExtendedNextHopCapability _ -> "extended next hop";
            case RoleCapability(int role) -> "role " + role;
            case GracefulRestartCapability graceful -> of(graceful);
            case LongLivedGracefulRestartCapability longLived -> of(longLived);
            default -> "capability " + capability.code();
        };
    }

    private static String of(GracefulRestartCapability graceful) {
        boolean forwarded =
                graceful.families().stream().anyMatch(GracefulRestartCapability.Family::forwarding);
        return "graceful restart %s%s%s%s"
                .formatted(
                        SessionScript.seconds(graceful.restartTime()),
                        graceful.restarting() ? " R" : "",
                        graceful.notification() ? " N" : "",
                        forwarded ? " F" : "");
    }

    private static String of(LongLivedGracefulRestartCapability longLived) {
        return "long-lived "
                + longLived.families().stream()
                        .map(family ->
                                SessionScript.seconds(family.staleTime())
                                        + (family.forwarding() ? " F" : ""))
                        .distinct()
                        .collect(Collectors.joining("/"));
    }

    private static String of(Agreement agreement) {
        return (agreement.keepsRoutes() ? ", keeps routes" : "")
                + (agreement.longLived() ? " for long" : "")
                + (agreement.hardReset() ? ", needs a hard reset" : "")
                + (agreement.ipv4OverIpv6() ? ", IPv4 over IPv6" : "")
                + (agreement.roles() ? ", roles" : "");
    }

    private static String of(Negotiated negotiated) {
        return "%s, %s, hold %s, keepalive %s%s%s"
                .formatted(
                        negotiated.internal() ? "iBGP" : "eBGP",
                        FamilyText.of(negotiated.families()),
                        SessionScript.seconds(negotiated.holdTime()),
                        SessionScript.seconds(negotiated.keepalive()),
                        negotiated.wire().fourOctetAs() ? "" : ", two-octet AS",
                        of(negotiated.agreement()));
    }

    private static OpenMessage open(List<String> words) {
        long asn = 64500;
        int hold = 90;
        String id = "192.0.2.1";
        boolean four = true;
        List<Capability> capabilities = new ArrayList<>();
        for (String word : words) {
            String value = word.substring(word.indexOf('=') + 1);
            switch (word.split("=", -1)[0]) {
                case "as" -> asn = Long.parseLong(value);
                case "hold" -> hold = Integer.parseInt(value);
                case "id" -> id = value;
                case "as2" -> four = false;
                case "graceful" ->
                        capabilities.add(
                                new GracefulRestartCapability(
                                        false,
                                        value.equals("N"),
                                        Duration.ofMinutes(2),
                                        List.of()));
                case "long-lived" ->
                        capabilities.add(new LongLivedGracefulRestartCapability(List.of()));
                case "role" -> capabilities.add(new RoleCapability(Integer.parseInt(value)));
                case "extended-next-hop" ->
                        capabilities.add(
                                new ExtendedNextHopCapability(
                                        List.of(ExtendedNextHopCapability.Tuple.IPV4_OVER_IPV6)));
                case "families" -> {
                    for (IpFamily family : SessionScript.families(value)) {
                        capabilities.add(
                                new MultiprotocolCapability(AddressFamily.unicast(family)));
                    }
                }
                default -> throw new IllegalArgumentException("No such part: " + word);
            }
        }
        if (four) {
            capabilities.add(new FourOctetAsCapability(new Asn(asn)));
        }
        return OpenMessage.of(
                new Asn(asn), Duration.ofSeconds(hold), IpAddress.parse(id), capabilities);
    }
}
