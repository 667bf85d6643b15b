package dev.twinstack.operator.speaker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionNameTest {

    @Test
    void aUsualNameStaysAsItIs() {
        assertThat(SessionName.of("node-1", "tor.a")).isEqualTo("node-1-tor.a");
    }

    @Test
    void whatIsNoNameBecomesOne() {
        String one = SessionName.of("node-1", "tor@2001:db8::");
        String other = SessionName.of("node-1", "tor@2001:db8:-");

        assertThat(one).matches("node-1-tor-2001-db8---[0-9a-f]{8}").isNotEqualTo(other);
    }

    @Test
    void aLongNameIsCut() {
        assertThat(SessionName.of("n".repeat(200), "p@".repeat(60))).hasSizeLessThanOrEqualTo(253);
    }
}
