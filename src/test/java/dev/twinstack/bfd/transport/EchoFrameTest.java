package dev.twinstack.bfd.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.net.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoFrameTest {

    private static final IpAddress OWN = IpAddress.parse("192.0.2.10");
    private static final byte[] PAYLOAD = {1, 2, 3, 4};
    private static final int TTL_OFFSET = 8;

    @Test
    void headersAreThoseOfAPacketFromUsToUs() {
        // The checksum of the IPv4 header was made by hand: the sum of all words is ffff.
        assertThat(HexFormat.of().formatHex(EchoFrame.encode(OWN, PAYLOAD)))
                .isEqualTo(
                        "45c0002000000000ff11"
                                + "36f8"
                                + "c000020ac000020a"
                                + "c0000ec9000c0000"
                                + "01020304");
    }

    @Test
    void oneHopLaterItIsOurs() {
        assertThat(EchoFrame.decode(returned()).orElseThrow()).isEqualTo(ByteBuffer.wrap(PAYLOAD));
    }

    @Test
    void cutOffAnywhereItIsNot() {
        byte[] octets = returned().array();
        for (int length = 0; length < octets.length; length++) {
            assertThat(EchoFrame.decode(ByteBuffer.wrap(Arrays.copyOf(octets, length)))).isEmpty();
        }
    }

    /// Version, header length, fragment, TTL, protocol, source, port, UDP length.
    @ParameterizedTest
    @CsvSource({
        "0, 0x65", "0, 0x44", "6, 0x20", "7, 1", "8, 255", "8, 253", "9, 6", "15, 11", "23, 1",
        "25, 7", "25, 13"
    })
    void whatIsOtherwiseIsNotOurs(int offset, String value) {
        byte[] octets = returned().array();
        octets[offset] = Integer.decode(value).byteValue();

        assertThat(EchoFrame.decode(ByteBuffer.wrap(octets))).isEmpty();
    }

    @Test
    void hardwareAddressesAreReadFromTheKernelsTable() {
        List<String> table =
                List.of(
                        "IP address       HW type     Flags       HW address            Mask     Device",
                        "192.0.2.1        0x1         0x2         02:42:0a:42:00:fe     *        eth0",
                        "192.0.2.2        0x1         0x0         00:00:00:00:00:00     *        eth0");

        assertThat(Neighbours.mac(IpAddress.parse("192.0.2.1"), table))
                .hasValueSatisfying(
                        mac -> assertThat(mac).containsExactly(2, 0x42, 0x0a, 0x42, 0, 0xfe));
        assertThat(Neighbours.mac(IpAddress.parse("192.0.2.2"), table)).isEmpty();
    }

    private static ByteBuffer returned() {
        byte[] octets = EchoFrame.encode(OWN, PAYLOAD);
        octets[TTL_OFFSET]--;
        return ByteBuffer.wrap(octets);
    }
}
