package dev.twinstack.dualstack.args;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgsFileTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--a=1|1",
                "--a 1|1",
                "  --a=\"1\"  |1",
                "--a='1,2'|1,2",
                "--a|true",
                "--a=x=y|x=y"
            })
    void aFlagIsReadAsKubeliteReadsIt(String line, String value) {
        assertThat(new ArgsFile(line).value("--a")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"--ab=1", "# --a=1", "#--a=1", "''"})
    void whatIsNoSuchFlagIsLeftAlone(String line) {
        ArgsFile file = new ArgsFile(line + "\n");

        assertThat(file.value("--a")).isEmpty();
        assertThat(file.without("--a").text()).isEqualTo(line + "\n");
    }

    @Test
    void theLastLineIsInForce() {
        assertThat(new ArgsFile("--a=1\n--a=2\n").value("--a")).contains("2");
    }

    @Test
    void everyLineOfTheFlagIsSetAndTheRestStays() {
        ArgsFile file = new ArgsFile("# head\n--a=1\n\n--b=2\n--a \"3\"");

        assertThat(file.with("--a", "4").text()).isEqualTo("# head\n--a=4\n\n--b=2\n--a=4\n");
    }

    @Test
    void aMissingFlagComesLast() {
        assertThat(new ArgsFile("--b=2").with("--a", "1").text()).isEqualTo("--b=2\n--a=1\n");
        assertThat(new ArgsFile("").with("--a", "1").text()).isEqualTo("--a=1\n");
    }

    @Test
    void aFlagThatIsRightAlreadyKeepsItsLine() {
        ArgsFile file = new ArgsFile("  --a=\"1\"\n");

        assertThat(file.with("--a", "1")).isEqualTo(file);
    }
}
