package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.Asn;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AsPathTest {

    private static final Asn BIG = new Asn(4_200_000_001L);
    private static final Asn SMALL = new Asn(64512);

    private static final WireOptions TWO_OCTETS = WireOptions.EXTERNAL.withFourOctetAs(false);

    @Test
    void speakerOfTwoOctetsGetsTheRealNumbersBesideIt() {
        UpdateMessage update = update(AsPath.sequence(SMALL, BIG, SMALL));

        UpdateMessage read =
                (UpdateMessage)
                        Wire.message(Wire.decode(Wire.encode(update, TWO_OCTETS), TWO_OCTETS));

        assertThat(read.attribute(AsPath.class))
                .contains(AsPath.sequence(SMALL, Asn.AS_TRANS, SMALL));
        assertThat(read.asPath()).isEqualTo(AsPath.sequence(SMALL, BIG, SMALL));
    }

    @Test
    void smallNumbersNeedNoSecondPath() {
        UpdateMessage update = update(AsPath.sequence(SMALL));

        assertThat(Wire.message(Wire.decode(Wire.encode(update, TWO_OCTETS), TWO_OCTETS)))
                .isEqualTo(update);
    }

    @Test
    void asesOfOldSpeakersOnTheWayAreKept() {
        AsPath seen = AsPath.sequence(new Asn(1), new Asn(2), Asn.AS_TRANS);
        As4Path real = new As4Path(AsPath.sequence(BIG).segments());

        assertThat(seen.mergedWith(real)).hasToString("1 2 4200000001");
    }

    @Test
    void longerRealPathIsNotBelieved() {
        AsPath seen = AsPath.sequence(new Asn(1));
        As4Path real = new As4Path(AsPath.sequence(BIG, BIG).segments());

        assertThat(seen.mergedWith(real)).isEqualTo(seen);
    }

    @Test
    void aggregationByAnOldSpeakerInvalidatesTheRealPath() {
        UpdateMessage update =
                new UpdateMessage(
                        List.of(),
                        List.of(
                                AsPath.sequence(new Asn(1), Asn.AS_TRANS),
                                new As4Path(AsPath.sequence(BIG).segments()),
                                new Aggregator(new Asn(7), Updates.ROUTER),
                                new As4Aggregator(BIG, Updates.ROUTER)),
                        List.of(Updates.PREFIX));

        assertThat(update.asPath()).hasToString("1 23456");
    }

    @Test
    void longPathsAreSplitIntoSegments() {
        Asn[] many = IntStream.rangeClosed(1, 300).mapToObj(Asn::new).toArray(Asn[]::new);
        UpdateMessage update = update(AsPath.sequence(many));

        UpdateMessage read =
                (UpdateMessage)
                        Wire.message(
                                Wire.decode(
                                        Wire.encode(update, WireOptions.EXTERNAL),
                                        WireOptions.EXTERNAL));

        assertThat(read.asPath().length()).isEqualTo(300);
        assertThat(read.asPath().toString()).isEqualTo(update.asPath().toString());
    }

    @Test
    void lengthCountsSetsOnceAndConfederationsNever() {
        AsPath path =
                new AsPath(
                        List.of(
                                new AsSegment(AsSegment.Kind.SEQUENCE, List.of(SMALL, BIG)),
                                new AsSegment(AsSegment.Kind.SET, List.of(SMALL, BIG)),
                                new AsSegment(
                                        AsSegment.Kind.CONFEDERATION_SEQUENCE, List.of(SMALL))));

        assertThat(path.length()).isEqualTo(3);
        assertThat(path).hasToString("64512 4200000001 {64512,4200000001} (64512)");
        assertThat(path.first()).contains(SMALL);
    }

    @Test
    void endOfRibIsToldFromOtherUpdates() {
        for (AddressFamily family :
                Set.of(AddressFamily.IPV4_UNICAST, AddressFamily.IPV6_UNICAST)) {
            assertThat(UpdateMessage.endOfRib(family).endOfRib()).contains(family);
        }
        assertThat(update(AsPath.EMPTY).endOfRib()).isEmpty();
        assertThat(
                        new UpdateMessage(
                                        List.of(),
                                        List.of(
                                                new MpUnreach(
                                                        AddressFamily.IPV6_UNICAST,
                                                        List.of(Updates.IPV6_PREFIX))),
                                        List.of())
                                .endOfRib())
                .isEmpty();
    }

    private static UpdateMessage update(AsPath path) {
        return new UpdateMessage(
                List.of(),
                List.of(Origin.IGP, path, new NextHop(Updates.ROUTER)),
                List.of(Updates.PREFIX));
    }
}
