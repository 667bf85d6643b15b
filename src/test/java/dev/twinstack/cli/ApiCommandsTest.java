package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ApiCommandsTest {

    private static final String SESSIONS =
            """
            [{"node": "n1", "peer": "tor", "peerAddress": "192.0.2.1", "peerPort": 179,
              "peerASN": 64500, "state": "Established", "since": "2026-01-01T10:00:00Z",
              "families": ["IPv4"], "prefixes": "IPv4 3, IPv6 0 of 2",
              "problems": ["BFD is Down: no packet for 150 ms",
                           "2 IPv6 routes are not sent: the router did not offer IPv6"]},
             {"node": "n1", "peer": "spine", "peerAddress": "2001:db8::1", "peerPort": 1790,
              "state": "Active", "since": "2026-01-01T11:30:00Z",
              "problems": ["nobody listens there"]}]
            """;

    private static final String ANNOUNCED =
            """
            [{"node": "n1", "peer": "tor", "prefix": "192.0.2.80/32", "sent": true,
              "localPref": 200, "communities": ["64512:1", "64512:2"],
              "services": ["shop/web", "shop/mail"]},
             {"node": "n1", "peer": "tor", "prefix": "2001:db8::80/128", "sent": false,
              "because": "the router did not offer IPv6", "services": ["shop/web"]}]
            """;

    private static final String HEARD =
            """
            [{"prefix": "192.0.2.80/32", "nextHops": ["192.0.2.10"], "peer": "192.0.2.10",
              "asPath": "64512 64513", "communities": [], "best": true}]
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void sessionsAreATableWithRemarks() throws JsonProcessingException {
        String text = SessionsCommand.table(json(SESSIONS), Instant.parse("2026-01-01T12:00:05Z"));

        assertThat(text)
                .isEqualTo(
                        """
                        NODE   PEER    ADDRESS              ASN     STATE         FOR     FAMILIES   PREFIXES
                        n1     tor     192.0.2.1:179        64500   Established   2h0m    IPv4       IPv4 3, IPv6 0 of 2
                        n1     spine   [2001:db8::1]:1790   -       Active        30m5s   -          -

                        n1 to tor: BFD is Down: no packet for 150 ms
                        n1 to tor: 2 IPv6 routes are not sent: the router did not offer IPv6
                        n1 to spine: nobody listens there
                        """);
    }

    @Test
    void announcedRoutesSayForWhomAndWhyNot() throws JsonProcessingException {
        assertThat(RoutesCommand.table(json(ANNOUNCED), false))
                .isEqualTo(
                        """
                        NODE   PEER   PREFIX             SENT                                LOCALPREF   COMMUNITIES       FOR
                        n1     tor    192.0.2.80/32      yes                                 200         64512:1,64512:2   shop/web,shop/mail
                        n1     tor    2001:db8::80/128   no: the router did not offer IPv6   -           -                 shop/web
                        """);
    }

    @Test
    void aRoutersTableHasNextHopsAndPaths() throws JsonProcessingException {
        assertThat(RoutesCommand.table(json(HEARD), false))
                .isEqualTo(
                        """
                        PREFIX          NEXT HOP     PEER         AS PATH       LOCALPREF   COMMUNITIES   BEST
                        192.0.2.80/32   192.0.2.10   192.0.2.10   64512 64513   -           -             yes
                        """);
    }

    @Test
    void jsonIsPassedOnAndFiltersAreAskedOfTheServer() throws JsonProcessingException {
        serve("/api/v1/routes?peer=a+b&family=IPV6", 200, ANNOUNCED);

        int exit = run("routes", "--peer", "a b", "--family", "ipv6", "-o", "json");

        assertThat(err.toString()).isEmpty();
        assertThat(exit).isZero();
        assertThat(json(out.toString())).isEqualTo(json(ANNOUNCED));
    }

    @Test
    void aRouterIsAskedForItsOwnTable() {
        serve("/api/routes", 200, HEARD);

        int exit = run("routes");

        assertThat(exit).isZero();
        assertThat(out.toString()).startsWith("PREFIX").contains("192.0.2.80/32");
    }

    @Test
    void aRouteIsExplainedPeerByPeer() throws JsonProcessingException {
        serve(
                "/api/v1/routes/192.0.2.7/32/explain",
                200,
                """
                {"prefix": "192.0.2.7/32", "verdict": "1 of the 2 sessions that should have it have it",
                 "services": ["shop/web"],
                 "peers": [
                   {"node": "n1", "peer": "tor", "selected": true, "wanted": true, "sent": true,
                    "as": "192.0.2.0/24"},
                   {"node": "n1", "peer": "old", "selected": true, "wanted": true, "sent": false,
                    "why": "the session is not established: Active"},
                   {"node": "n2", "peer": "old", "selected": false, "why": "not selected"}]}
                """);

        int exit = execute("explain", "route", "192.0.2.7", "--url", url());

        assertThat(exit).isZero();
        assertThat(out.toString())
                .isEqualTo(
                        """
                        192.0.2.7/32: 1 of the 2 sessions that should have it have it
                          for  shop/web

                        NODE   PEER   HAS IT   WHY
                        n1     tor    yes      as part of 192.0.2.0/24
                        n1     old    no       the session is not established: Active

                        BGPPeer old does not select n2
                        """);
    }

    @Test
    void wideSessionsSayWhatWasAgreedOn() throws JsonProcessingException {
        JsonNode sessions =
                json(
                        """
                        [{"node": "n1", "peer": "tor", "state": "Established", "localASN": 64512,
                          "peerASN": 64500, "holdTimeSeconds": 9, "keepaliveSeconds": 3,
                          "offeredFamilies": ["IPv4", "IPv6"], "peerFamilies": ["IPv4"],
                          "families": ["IPv4"],
                          "capabilities": [
                            {"name": "graceful restart", "offered": true, "answered": true,
                             "inForce": true, "detail": "120 s"}]}]
                        """);

        assertThat(SessionsCommand.text(sessions, Instant.EPOCH, true))
                .endsWith(
                        """

                        n1 to tor
                          AS         64512 here, 64500 there
                          timers     hold 9 s, keepalive 3 s
                          families   offered IPv4,IPv6; answered IPv4; in force IPv4
                          CAPABILITY         OFFERED   ANSWERED   IN FORCE   THE PEER SAYS
                          graceful restart   yes       yes        yes        120 s
                        """);
    }

    @Test
    void emptyAnswersSaySo() {
        serve("/api/v1/sessions", 200, "[]");

        assertThat(run("sessions")).isZero();
        assertThat(out.toString()).isEqualTo("No sessions.\n");
    }

    @Test
    void failuresAreOneLineAndExitCodeOne() {
        serve("/api/v1/sessions", 503, "");
        assertThat(run("sessions")).isOne();
        assertThat(err.toString())
                .isEqualTo("twinstack: " + url() + "/api/v1/sessions answered 503\n");

        server.stop(0);
        err.getBuffer().setLength(0);
        assertThat(run("sessions")).isOne();
        assertThat(err.toString())
                .isEqualTo(
                        "twinstack: nobody answers at %s; is a Twinstack process running there?\n"
                                .formatted(url()));
    }

    @Test
    void wrongUseIsExitCodeTwo() {
        assertThat(execute("sessions", "--server", "localhost:7472")).isEqualTo(2);
        assertThat(err.toString()).contains("--url must be a URL").hasLineCount(1);

        assertThat(execute("routes", "-o", "xml")).isEqualTo(2);
        assertThat(execute("sessions", "extra")).isEqualTo(2);
        assertThat(execute("explain", "route", "192.0.2.300")).isEqualTo(2);
    }

    private void serve(String path, int status, String body) {
        server.createContext(
                "/",
                exchange -> {
                    boolean known = exchange.getRequestURI().toString().equals(path);
                    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            known ? status : 404, known && octets.length > 0 ? octets.length : -1);
                    if (known && octets.length > 0) {
                        exchange.getResponseBody().write(octets);
                    }
                    exchange.close();
                });
    }

    private int run(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = command;
        all[1] = "--server";
        all[2] = url();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return execute(all);
    }

    private int execute(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(out, true));
        commands.setErr(new PrintWriter(err, true));
        return commands.execute(arguments);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text);
    }
}
