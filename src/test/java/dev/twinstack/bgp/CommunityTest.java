package dev.twinstack.bgp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The order of communities; their texts are in [BgpWireCommunitiesConformanceTest].
class CommunityTest {

    @Test
    void standardCommunitiesAreOrderedNumerically() {
        assertThat(Community.of(0, 1234)).isLessThan(Community.of(0, 2345));
        assertThat(Community.of(1, 0)).isGreaterThan(Community.of(0, 65535));
    }

    @Test
    void largeCommunitiesAreOrderedPartByPart() {
        assertThat(LargeCommunity.parse("large:1234:0:0"))
                .isLessThan(LargeCommunity.parse("large:1234:0:1"));
        assertThat(LargeCommunity.parse("large:1235:0:0"))
                .isGreaterThan(LargeCommunity.parse("large:1234:1:0"));
    }
}
