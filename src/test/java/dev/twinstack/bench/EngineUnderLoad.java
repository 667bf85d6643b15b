package dev.twinstack.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Stream.iterate;

import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpSpeaker;
import dev.twinstack.bgp.ListenAddress;
import dev.twinstack.bgp.PeerAsn;
import dev.twinstack.bgp.PeerSettings;
import dev.twinstack.bgp.Restart;
import dev.twinstack.bgp.RouteAttributes;
import dev.twinstack.net.Asn;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The BGP engine without a cluster, for `lab/bench-bgp`: AS 64512 waits for peers, and is told by
/// lines of text on a TCP connection what to announce. Each is answered by `ok` when it is done.
///
/// - `peers ADDRESS...`: all peers from now on, each with all routes told before
/// - `routes FIRST COUNT`: host routes to so many addresses, for all peers
final class EngineUnderLoad {

    private static final Asn OWN = new Asn(64512);

    private final BgpSpeaker speaker = new BgpSpeaker(BgpEvents.NONE, Restart.NONE);
    private final Map<IpPrefix, RouteAttributes> routes = new HashMap<>();
    private final Set<String> peers = new HashSet<>();

    private EngineUnderLoad() {}

    /// @param arguments the port for the lines of text, and where to wait for peers
    public static void main(String[] arguments) throws IOException {
        EngineUnderLoad engine = new EngineUnderLoad();
        for (int i = 1; i < arguments.length; i++) {
            ListenAddress _ =
                    engine.speaker.listen(
                            new ListenAddress(
                                    IpAddress.parse(arguments[i]), PeerSettings.BGP_PORT));
        }
        try (ServerSocket server = new ServerSocket(Integer.parseInt(arguments[0]))) {
            while (true) {
                try (Socket client = server.accept()) {
                    client.setTcpNoDelay(true);
                    engine.serve(client);
                }
            }
        }
    }

    private void serve(Socket client) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        PrintWriter answers = new PrintWriter(client.getOutputStream(), true, UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            carryOut(List.of(line.split(" ", -1)));
            answers.println("ok");
        }
    }

    private void carryOut(List<String> words) {
        switch (words.getFirst()) {
            case "peers" -> setPeers(words.subList(1, words.size()));
            case "routes" ->
                    announce(IpAddress.parse(words.get(1)), Integer.parseInt(words.get(2)));
            default -> throw new IllegalArgumentException("unknown: " + words.getFirst());
        }
    }

    private void setPeers(List<String> addresses) {
        speaker.setPeers(addresses.stream().map(EngineUnderLoad::settings).toList());
        peers.retainAll(addresses);
        for (String address : addresses) {
            if (peers.add(address)) {
                speaker.setRoutes(address, routes, Set.of());
            }
        }
        // Waits for the engine's own thread.
        List<?> _ = speaker.sessions();
    }

    private void announce(IpAddress first, int count) {
        Map<IpPrefix, RouteAttributes> more =
                iterate(first, IpAddress::next)
                        .limit(count)
                        .collect(toMap(IpPrefix::host, _ -> RouteAttributes.NONE));
        peers.forEach(peer -> speaker.setRoutes(peer, more, Set.of()));
        routes.putAll(more);
        if (count > 1) {
            List<?> _ = speaker.sessions();
        }
    }

    private static PeerSettings settings(String address) {
        return PeerSettings.builder(address, IpAddress.parse(address))
                .localAsn(OWN)
                .peerAsn(new PeerAsn.External())
                .routerId(IpAddress.parse("10.66.0.254"))
                .families(Set.of(IpFamily.values()))
                .passive(true)
                .build();
    }
}
