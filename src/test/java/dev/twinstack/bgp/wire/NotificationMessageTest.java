package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationMessageTest {

    @ParameterizedTest
    @CsvSource({
        "1, 2, Message Header Error/Bad Message Length",
        "2, 2, OPEN Message Error/Bad Peer AS",
        "2, 11, OPEN Message Error/Role Mismatch",
        "2, 9, OPEN Message Error/Unknown subcode 9",
        "3, 11, UPDATE Message Error/Malformed AS_PATH",
        "4, 0, Hold Timer Expired",
        "5, 3, Finite State Machine Error/Unexpected Message in Established State",
        "6, 10, Cease/BFD Down",
        "7, 1, ROUTE-REFRESH Message Error/Invalid Message Length",
        "8, 0, Send Hold Timer Expired",
        "200, 3, Unknown error 200/Unknown subcode 3"
    })
    void errorsHaveWords(int code, int subcode, String words) {
        assertThat(new ErrorCode(code, subcode)).hasToString(words);
    }

    @Test
    void communicationIsReadBack() {
        NotificationMessage sent =
                NotificationMessage.withCommunication(
                        ErrorCode.ADMINISTRATIVE_SHUTDOWN, "zurück um zwölf");

        assertThat(sent.communication()).contains("zurück um zwölf");
        assertThat(sent).hasToString("Cease/Administrative Shutdown: \"zurück um zwölf\"");
    }

    @Test
    void longCommunicationIsCutAtACharacter() {
        NotificationMessage sent =
                NotificationMessage.withCommunication(
                        ErrorCode.ADMINISTRATIVE_RESET, "ü".repeat(200));

        assertThat(sent.communication()).contains("ü".repeat(127));
    }

    @Test
    void communicationThatIsNoUtf8IsShownAsHex() {
        NotificationMessage received =
                new NotificationMessage(
                        ErrorCode.ADMINISTRATIVE_SHUTDOWN, Octets.parseHex("04fffefdfc"));

        assertThat(received.communication()).isEmpty();
        assertThat(received).hasToString("Cease/Administrative Shutdown (04fffefdfc)");
    }

    @Test
    void hardResetWrapsItsCause() {
        NotificationMessage shutdown =
                NotificationMessage.withCommunication(ErrorCode.ADMINISTRATIVE_SHUTDOWN, "drain");

        NotificationMessage hardReset = shutdown.asHardReset();

        assertThat(hardReset.error()).isEqualTo(ErrorCode.HARD_RESET);
        assertThat(hardReset.hardResetCause()).contains(shutdown);
        assertThat(hardReset)
                .hasToString("Cease/Hard Reset for Cease/Administrative Shutdown: \"drain\"");
    }

    /// A peer's own nesting must not make us recurse without end.
    @Test
    void nestedHardResetsAreReadOnce() {
        String nested = "0609".repeat(30_000);
        NotificationMessage received =
                new NotificationMessage(ErrorCode.HARD_RESET, Octets.parseHex(nested));

        assertThat(received.toString()).startsWith("Cease/Hard Reset for Cease/Hard Reset");
    }

    @Test
    void unreadableNotificationsAreNeverAnswered() {
        String tooShort = "ff".repeat(16) + "001303";
        String tooLong = "ff".repeat(16) + "ffff03";

        assertThat(Wire.decode(tooShort, WireOptions.EXTERNAL))
                .isEqualTo(NotificationMessage.MALFORMED);
        assertThat(Wire.decode(tooLong, WireOptions.EXTERNAL))
                .isEqualTo(NotificationMessage.MALFORMED);
    }
}
