package dev.twinstack.bgp.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.bgp.wire.AttributeFault;
import dev.twinstack.bgp.wire.AttributeFault.Reaction;
import dev.twinstack.bgp.wire.AttributeType;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownFaultsTest {

    private final KnownFaults known = new KnownFaults();

    @Test
    void eachKindIsNewsOncePerSession() {
        assertThat(known.isNews(List.of(fault("wrong length 3")))).isTrue();
        assertThat(known.isNews(List.of(fault("wrong length 5")))).isFalse();

        known.clear();

        assertThat(known.isNews(List.of(fault("wrong length 3")))).isTrue();
    }

    @Test
    void oneNewKindAmongKnownOnesIsNews() {
        known.isNews(List.of(fault("wrong length 3")));

        assertThat(
                        known.isNews(
                                List.of(
                                        fault("wrong length 3"),
                                        new AttributeFault(
                                                AttributeType.ORIGIN,
                                                Reaction.TREAT_AS_WITHDRAW,
                                                "no such value 7"))))
                .isTrue();
    }

    private static AttributeFault fault(String reason) {
        return new AttributeFault(
                AttributeType.MULTI_EXIT_DISC, Reaction.TREAT_AS_WITHDRAW, reason);
    }
}
