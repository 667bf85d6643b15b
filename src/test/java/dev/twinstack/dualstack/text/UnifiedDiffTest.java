package dev.twinstack.dualstack.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    @Test
    void equalTextsHaveNone() {
        assertThat(UnifiedDiff.of("a\nb\n", "a\nb\n")).isEmpty();
    }

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        assertThat(UnifiedDiff.of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\nx\n3\n4\n5\n6\n7\n8\n9\ny\n"))
                .isEqualTo(
                        """
                        @@ -1,4 +1,4 @@
                         1
                        -2
                        +x
                         3
                         4
                        @@ -8,2 +8,3 @@
                         8
                         9
                        +y
                        """);
    }

    @Test
    void aNewTextAndAnEndedOne() {
        assertThat(UnifiedDiff.of("", "a\n")).isEqualTo("@@ -0,0 +1 @@\n+a\n");
        assertThat(UnifiedDiff.of("a\n", "")).isEqualTo("@@ -1 +0,0 @@\n-a\n");
    }
}
