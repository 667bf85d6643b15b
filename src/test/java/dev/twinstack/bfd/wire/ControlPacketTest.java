package dev.twinstack.bfd.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bfd.BfdState;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The octets of RFC 5880 section 4, and the rules of section 6.8.6 that need no session.
class ControlPacketTest {

    @Test
    void eachFieldIsRead() {
        ControlPacket packet = Packets.packet(Packets.decode(Packets.DOWN));

        assertThat(packet.diagnostic()).isEqualTo(Diagnostic.NONE);
        assertThat(packet.state()).isEqualTo(BfdState.DOWN);
        assertThat(packet.detectMultiplier()).isEqualTo(3);
        assertThat(packet.myDiscriminator()).isEqualTo(1);
        assertThat(packet.yourDiscriminator()).isZero();
        assertThat(packet.desiredMinTx()).isEqualTo(Duration.ofSeconds(1));
        assertThat(packet.requiredMinRx()).isEqualTo(Duration.ofMillis(300));
        assertThat(packet.requiredMinEchoRx()).isEqualTo(Duration.ofMillis(50));
        assertThat(packet.authentication()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "c0, UP, false, false, false, false",
        "80, INIT, false, false, false, false",
        "e0, UP, true, false, false, false",
        "d0, UP, false, true, false, false",
        "c8, UP, false, false, true, false",
        "c2, UP, false, false, false, true"
    })
    void eachFlagIsItsOwn(
            String flags,
            BfdState state,
            boolean poll,
            boolean isFinal,
            boolean independent,
            boolean demand) {
        ControlPacket packet =
                Packets.packet(
                        Packets.decode(
                                "20 "
                                        + flags
                                        + "03 18 00000001 00000002 00000001 00000001 00000000"));

        assertThat(packet.state()).isEqualTo(state);
        assertThat(packet.poll()).isEqualTo(poll);
        assertThat(packet.isFinal()).isEqualTo(isFinal);
        assertThat(packet.controlPlaneIndependent()).isEqualTo(independent);
        assertThat(packet.demand()).isEqualTo(demand);
    }

    @ParameterizedTest
    @MethodSource("dev.twinstack.bfd.wire.Packets#all")
    void whatIsWrittenIsReadAgain(ControlPacket packet) {
        assertThat(Packets.packet(Packets.decode(packet.encode()))).isEqualTo(packet);
    }

    @ParameterizedTest
    @MethodSource("dev.twinstack.bfd.wire.Packets#all")
    void cutOffAnywhereItIsDiscarded(ControlPacket packet) {
        byte[] octets = packet.encode();
        for (int length = 0; length < octets.length; length++) {
            assertThat(Packets.decode(Arrays.copyOf(octets, length)))
                    .as("%d octets", length)
                    .isInstanceOf(Decoded.Discarded.class);
        }
    }

    @Test
    void whatFollowsThePacketIsNobodys() {
        assertThat(Packets.packet(Packets.decode(Packets.DOWN + "ffff")))
                .isEqualTo(Packets.packet(Packets.decode(Packets.DOWN)));
    }

    @ParameterizedTest
    @CsvSource({
        "00 40 03 18 00000001 00000000 000f4240 000f4240 00000000, version 0",
        "40 40 03 18 00000001 00000000 000f4240 000f4240 00000000, version 2",
        "20 40 03 17 00000001 00000000 000f4240 000f4240 00000000, length 23 is too short",
        "20 44 03 19 00000001 00000000 000f4240 000f4240 00000000, length 25 is too short",
        "20 40 03 19 00000001 00000000 000f4240 000f4240 00000000, length 25 is more than came",
        "20 40 00 18 00000001 00000000 000f4240 000f4240 00000000, detect multiplier 0",
        "20 41 03 18 00000001 00000000 000f4240 000f4240 00000000, multipoint bit",
        "20 40 03 18 00000000 00000000 000f4240 000f4240 00000000, my discriminator 0",
        "20 80 03 18 00000001 00000000 000f4240 000f4240 00000000, your discriminator 0 in state Init",
        "20 c0 03 18 00000001 00000000 000f4240 000f4240 00000000, your discriminator 0 in state Up"
    })
    void discardedWithItsReason(String hex, String reason) {
        assertThat(Packets.reason(Packets.decode(hex))).isEqualTo(reason);
    }

    @Test
    void adminDownNeedsNoDiscriminatorOfOurs() {
        assertThat(
                        Packets.packet(
                                        Packets.decode(
                                                "27 00 03 18 00000001 00000000 000f4240 000f4240 00000000"))
                                .state())
                .isEqualTo(BfdState.ADMIN_DOWN);
    }

    /// Type 0 is reserved; SHA1 has 28 octets, no more and no less; a length must be the packet's
    /// rest.
    @ParameterizedTest
    @ValueSource(strings = {"00 04 0000", "04 04 0000", "01 05 0000", "01 03 0000", "01 00 0000"})
    void authenticationThatDoesNotFitIsDiscarded(String section) {
        String hex = "20 44 03 1c 00000001 00000000 000f4240 000f4240 00000000" + section;

        assertThat(Packets.reason(Packets.decode(hex)))
                .isEqualTo("malformed authentication section");
    }

    @Test
    void authenticationOfAnotherKindIsKeptAndNotShown() {
        ControlPacket packet =
                Packets.packet(
                        Packets.decode(
                                "20 44 03 1e 00000001 00000000 000f4240 000f4240 00000000 01 06 01 616263"));

        assertThat(packet.authentication().orElseThrow().type()).isEqualTo(1);
        assertThat(packet.toString()).doesNotContain("abc").doesNotContain("97");
    }
}
