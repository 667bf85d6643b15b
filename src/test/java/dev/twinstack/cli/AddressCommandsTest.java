package dev.twinstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AddressCommandsTest {

    private static final String POOLS =
            """
            {"leads": true, "items": [
              {"name": "lan", "autoAssign": true, "addresses": ["192.0.2.0-192.0.2.7", "2001:db8::/64"],
               "ipv4": {"total": 8, "assigned": 5, "reserved": 1, "available": 3},
               "ipv6": {"total": 9223372036854775807, "assigned": 2, "reserved": 0, "available": 1}},
              {"name": "old", "autoAssign": false, "addresses": ["198.51.100.7"],
               "ipv4": {"total": 1, "assigned": 1, "reserved": 0, "available": 0},
               "ipv6": {"total": 0, "assigned": 0, "reserved": 0, "available": 0}}]}
            """;

    private static final String ADDRESSES =
            """
            {"leads": true, "items": [
              {"address": "192.0.2.0", "pool": "lan", "state": "assigned", "holder": "shop/web",
               "since": "2026-01-01T10:00:00Z", "until": null},
              {"address": "192.0.2.4-192.0.2.5", "pool": "lan", "state": "excluded", "holder": "",
               "since": null, "until": null}]}
            """;

    private static final String EXPLANATION =
            """
            {"namespace": "shop", "name": "web",
             "verdict": "no pool can serve it: pool lan is exhausted (0 of 8 IPv4 free)",
             "asks": {"policy": "SingleStack", "families": ["IPv4"], "pool": "", "addresses": [],
                      "sharingKey": "", "claim": ""},
             "holds": null, "reserved": null,
             "pools": [
               {"pool": "lan", "order": 1, "fits": false, "addresses": [],
                "why": "pool lan is exhausted (0 of 8 IPv4 free)",
                "ipv4": {"total": 8, "assigned": 8, "reserved": 0, "available": 0},
                "ipv6": {"total": 0, "assigned": 0, "reserved": 0, "available": 0}},
               {"pool": "wan", "order": 0, "fits": false, "addresses": [],
                "why": "pool wan is given only on request (autoAssign is false)",
                "ipv4": {"total": 4, "assigned": 0, "reserved": 0, "available": 4},
                "ipv6": {"total": 0, "assigned": 0, "reserved": 0, "available": 0}}],
             "last": {"text": "pool lan is exhausted", "since": "2026-01-01T10:00:00Z",
                      "looked": "2026-01-01T10:05:00Z"}}
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
    void poolsSayWhatIsFree() {
        answer("/api/v1/pools", 200, POOLS);

        assertThat(execute("pools")).isZero();

        assertThat(out.toString())
                .isEqualTo(
                        """
                        POOL   AUTO   IPV4 FREE   IPV6 FREE                      ADDRESSES
                        lan    yes    2 of 8      2^63 or more of 2^63 or more   192.0.2.0-192.0.2.7,2001:db8::/64
                        old    no     0 of 1      -                              198.51.100.7
                        """);
    }

    @Test
    void widePoolsHaveALineForEachFamily() {
        answer("/api/v1/pools", 200, POOLS);

        assertThat(execute("pools", "-o", "wide")).isZero();

        assertThat(out.toString())
                .contains("lan    yes    IPv4     2              5          1          8 ");
        assertThat(out.toString()).hasLineCount(4);
    }

    @Test
    void addressesNameTheirHolders() {
        answer("/api/v1/addresses", 200, ADDRESSES);

        assertThat(execute("addresses", "-o", "wide")).isZero();

        assertThat(out.toString())
                .isEqualTo(
                        """
                        ADDRESS               POOL   STATE      HOLDER     SINCE                  UNTIL
                        192.0.2.0             lan    assigned   shop/web   2026-01-01T10:00:00Z   -
                        192.0.2.4-192.0.2.5   lan    excluded   -          -                      -
                        """);
    }

    @Test
    void addressesCanBePicked() {
        answer("/api/v1/addresses", 200, ADDRESSES);

        assertThat(execute("addresses", "--state", "excluded", "-o", "yaml")).isZero();

        assertThat(out.toString())
                .contains("address: \"192.0.2.4-192.0.2.5\"")
                .doesNotContain("shop/web");
    }

    @Test
    void explanationNamesPoolsInTheirOrder() {
        answer("/api/v1/services/shop/web/explain", 200, EXPLANATION);

        assertThat(execute("explain", "service", "shop/web")).isZero();

        assertThat(out.toString())
                .isEqualTo(
                        """
                        shop/web: no pool can serve it: pool lan is exhausted (0 of 8 IPv4 free)
                          asks for  IPv4 (SingleStack)
                          decided   2026-01-01T10:00:00Z: pool lan is exhausted (looked at 2026-01-01T10:05:00Z)

                        TRIED   POOL   FITS   IPV4 FREE   IPV6 FREE   WHY
                        1       lan    no     0 of 8      -           pool lan is exhausted (0 of 8 IPv4 free)
                        -       wan    no     4 of 4      -           pool wan is given only on request (autoAssign is false)
                        """);
    }

    @Test
    void jsonIsWhatTheControllerSaid() {
        answer("/api/v1/services/shop/web/explain", 200, EXPLANATION);

        assertThat(execute("explain", "service", "shop/web", "-o", "json")).isZero();

        assertThat(out.toString()).contains("\"verdict\" : \"no pool can serve it");
    }

    @Test
    void unknownServiceIsAFailure() {
        answer("/api/v1/services/shop/web/explain", 404, "{\"error\": \"there is none\"}");

        assertThat(execute("explain", "service", "shop/web")).isEqualTo(1);

        assertThat(err.toString()).contains("knows no Service shop/web").hasLineCount(1);
    }

    @Test
    void whoDoesNotLeadSaysSo() {
        answer("/api/v1/pools", 200, "{\"leads\": false, \"items\": []}");
        answer(
                "/api/v1/services/shop/web/explain",
                503,
                "{\"error\": \"this process is not the leading controller\"}");

        assertThat(execute("pools")).isEqualTo(1);
        assertThat(execute("explain", "service", "shop/web")).isEqualTo(1);

        assertThat(err.toString())
                .contains("only that one knows")
                .contains("answered 503: this process is not the leading controller");
    }

    @Test
    void serviceWithoutANamespaceIsWrongUse() {
        assertThat(execute("explain", "service", "web")).isEqualTo(2);

        assertThat(err.toString()).contains("NAMESPACE/NAME");
    }

    @Test
    void helpHasExamples() {
        assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute("pools", "--help"))
                .isZero();

        assertThat(out.toString()).contains("Examples:", "twinstack pools -o wide");
    }

    private int execute(String... arguments) {
        CommandLine program =
                Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--url";
        all[arguments.length + 1] = "http://127.0.0.1:" + server.getAddress().getPort();
        return program.execute(all);
    }

    private void answer(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
