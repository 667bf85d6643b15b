package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.bgp.testing.Expectation;
import dev.twinstack.bgp.testing.Reaction;
import dev.twinstack.bgp.testing.VectorFile;
import dev.twinstack.net.IpPrefix;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// What the decoder alone makes of malformed messages and edge cases (`malformed.jsonl`).
class MalformedVectorTest {

    @TestFactory
    Stream<DynamicTest> reactsAsTheRfcsDemand() {
        return VectorFile.lines("malformed.jsonl").stream()
                .map(line ->
                        dynamicTest(line.get("id").textValue(), () -> reactsAsTheRfcsDemand(line)));
    }

    private static void reactsAsTheRfcsDemand(JsonNode line) {
        VectorFile.requireKnown(
                line,
                Set.of(
                        "id",
                        "phase",
                        "session",
                        "hex",
                        "prefix",
                        "expect",
                        "rfc",
                        "source",
                        "observed",
                        "verdict",
                        "note",
                        "alt_ok"));
        Expectation expectation = Expectation.read(line.get("expect"));
        Optional<IpPrefix> prefix =
                Optional.ofNullable(line.get("prefix").textValue()).map(IpPrefix::parse);

        Reaction reaction = reaction(line, prefix);

        if (expectation.isUpToTheSession()) {
            assertThat(reaction)
                    .isNotInstanceOf(Reaction.SessionReset.class)
                    .isNotInstanceOf(Reaction.Closed.class);
        } else {
            assertThat(expectation.isMetBy(reaction))
                    .as("%s is met by %s", expectation, reaction)
                    .isTrue();
        }
    }

    private static Reaction reaction(JsonNode line, Optional<IpPrefix> prefix) {
        WireOptions options = options(line);
        Reaction last = new Reaction.SessionUp();
        for (JsonNode hex : line.get("hex")) {
            ByteBuf in = Wire.bytes(hex.textValue());
            while (in.isReadable()) {
                last = reaction(BgpDecoder.decode(in, options), prefix);
                if (last instanceof Reaction.SessionReset || last instanceof Reaction.Closed) {
                    return last;
                }
            }
        }
        return last;
    }

    private static Reaction reaction(Decoded decoded, Optional<IpPrefix> prefix) {
        return switch (decoded) {
            case Decoded.SessionError(NotificationMessage notification, String reason) -> {
                assertThat(reason).isNotBlank();
                yield new Reaction.SessionReset(notification.error(), notification.data());
            }
            case Decoded.Message(NotificationMessage _) -> new Reaction.Closed();
            case Decoded.Message(UpdateMessage update) -> reaction(update, prefix);
            case Decoded.Message _ -> new Reaction.SessionUp();
            case Decoded.Repaired(UpdateMessage update, var faults) -> {
                assertThat(faults).isNotEmpty();
                yield reaction(update, prefix);
            }
            case Decoded.Incomplete _ -> throw new AssertionError("the message is whole");
        };
    }

    private static Reaction reaction(UpdateMessage update, Optional<IpPrefix> prefix) {
        if (prefix.isEmpty()) {
            return new Reaction.SessionUp();
        }
        Nlri nlri = new Nlri(prefix.get());
        if (announced(update).anyMatch(nlri::equals)) {
            return new Reaction.Announced();
        }
        return withdrawn(update).anyMatch(nlri::equals)
                ? new Reaction.Withdrawn()
                : new Reaction.Unchanged();
    }

    private static Stream<Nlri> announced(UpdateMessage update) {
        return Stream.concat(
                update.announced().stream(),
                update.attribute(MpReach.class).map(MpReach::nlri).orElse(List.of()).stream());
    }

    private static Stream<Nlri> withdrawn(UpdateMessage update) {
        return Stream.concat(
                update.withdrawn().stream(),
                update.attributes().stream()
                        .filter(MpUnreach.class::isInstance)
                        .flatMap(unreach -> ((MpUnreach) unreach).withdrawn().stream()));
    }

    private static WireOptions options(JsonNode line) {
        return switch (line.get("session").textValue()) {
            case "ebgp" -> WireOptions.EXTERNAL;
            case "ibgp" -> WireOptions.INTERNAL;
            default -> throw new AssertionError("No such session: " + line.get("session"));
        };
    }
}
