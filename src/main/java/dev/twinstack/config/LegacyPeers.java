package dev.twinstack.config;

import dev.twinstack.crd.BFDProfile;
import dev.twinstack.crd.BFDProfileSpec;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.BGPPeerSpec;
import dev.twinstack.crd.SecretText;
import dev.twinstack.crd.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `peers` and `bfd-profiles` of the old ConfigMap.
final class LegacyPeers {

    private static final Set<String> PEER =
            Set.of(
                    "my-asn",
                    "peer-asn",
                    "peer-address",
                    "source-address",
                    "peer-port",
                    "hold-time",
                    "keepalive-time",
                    "router-id",
                    "node-selectors",
                    "password",
                    "bfd-profile",
                    "ebgp-multihop");
    private static final Set<String> SELECTOR = Set.of("match-labels", "match-expressions");
    private static final Set<String> EXPRESSION = Set.of("key", "operator", "values");
    private static final Set<String> BFD_PROFILE =
            Set.of(
                    "name",
                    "receive-interval",
                    "transmit-interval",
                    "detect-multiplier",
                    "echo-interval",
                    "echo-mode",
                    "passive-mode",
                    "minimum-ttl");
    private static final long MAX_ASN = 0xffff_ffffL;
    private static final int MAX_PORT = 65535;
    private static final Duration DEFAULT_HOLD = Duration.ofSeconds(90);

    private final LegacyObjects objects;
    private final Problems problems;

    LegacyPeers(LegacyObjects objects, Problems problems) {
        this.objects = objects;
        this.problems = problems;
    }

    void readPeers(LegacyMapping root) {
        int number = 1;
        for (LegacyMapping peer : root.mappings("peers", PEER)) {
            objects.add(new BGPPeer(), "peer" + number, spec(peer), peer);
            number++;
        }
    }

    private BGPPeerSpec spec(LegacyMapping peer) {
        return new BGPPeerSpec(
                peer.number("my-asn", 0, MAX_ASN).orElse(0L),
                peer.number("peer-asn", 0, MAX_ASN).orElse(null),
                null,
                null,
                peer.text("peer-address").orElse(null),
                null,
                peer.text("source-address").orElse(null),
                peer.count("peer-port", MAX_PORT).filter(port -> port > 0).orElse(null),
                GoDuration.text(seconds(peer, "hold-time").orElse(DEFAULT_HOLD)),
                seconds(peer, "keepalive-time").map(GoDuration::text).orElse(null),
                null,
                peer.text("router-id").orElse(null),
                selectors(peer),
                peer.text("password").map(SecretText::of).orElse(null),
                null,
                bfdProfile(peer),
                null,
                peer.flag("ebgp-multihop").orElse(false),
                null,
                false,
                false);
    }

    /// Cut to whole seconds.
    private Optional<Duration> seconds(LegacyMapping peer, String key) {
        return peer.text(key)
                .flatMap(text -> problems.read(peer.place(key), () -> GoDuration.parse(text)))
                .map(time -> Duration.ofSeconds(time.toSeconds()));
    }

    private @Nullable String bfdProfile(LegacyMapping peer) {
        return peer.text("bfd-profile")
                .flatMap(written ->
                        problems.read(peer.place("bfd-profile"), () -> LegacyName.of(written)))
                .orElse(null);
    }

    private static List<Selector> selectors(LegacyMapping peer) {
        List<Selector> selectors = new ArrayList<>();
        for (LegacyMapping written : peer.mappings("node-selectors", SELECTOR)) {
            List<Selector.Expression> expressions = new ArrayList<>();
            for (LegacyMapping expression : written.mappings("match-expressions", EXPRESSION)) {
                expressions.add(
                        new Selector.Expression(
                                expression.text("key").orElse(""),
                                expression.text("operator").orElse(""),
                                expression.texts("values")));
            }
            selectors.add(new Selector(written.map("match-labels"), expressions));
        }
        return selectors;
    }

    void readBfdProfiles(LegacyMapping root) {
        for (LegacyMapping profile : root.mappings("bfd-profiles", BFD_PROFILE)) {
            String name = objects.name(profile, "name");
            objects.add(
                    new BFDProfile(),
                    name,
                    new BFDProfileSpec(
                            milliseconds(profile, "receive-interval"),
                            milliseconds(profile, "transmit-interval"),
                            profile.count("detect-multiplier", 255).orElse(null),
                            milliseconds(profile, "echo-interval"),
                            profile.flag("echo-mode").orElse(false),
                            profile.flag("passive-mode").orElse(false),
                            profile.count("minimum-ttl", 255).orElse(null)),
                    profile);
        }
    }

    private static @Nullable Integer milliseconds(LegacyMapping profile, String key) {
        return profile.count(key, 60_000).orElse(null);
    }
}
