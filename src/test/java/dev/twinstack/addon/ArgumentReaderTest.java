package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.addon.ArgumentReader.Reading;
import dev.twinstack.addon.EnableArguments.DualStackMode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What MicroK8s hands on for a line is written with blanks between the words here; `_` is an empty
/// one.
class ArgumentReaderTest {

    @Test
    void optionsAreReadInBothForms() {
        EnableArguments arguments =
                understood(
                        "--pool 192.168.1.240-192.168.1.250 --pool=2001:db8::/64,10.1.0.0/24"
                                + " --peer 10.0.0.1 --peer-asn=64512 --my-asn 64513 --l2"
                                + " --dual-stack plan --migrate");

        assertThat(arguments)
                .isEqualTo(
                        new EnableArguments(
                                List.of(
                                        "192.168.1.240-192.168.1.250",
                                        "2001:db8::/64",
                                        "10.1.0.0/24"),
                                List.of("10.0.0.1"),
                                List.of("64512"),
                                Optional.of("64513"),
                                true,
                                Optional.of(DualStackMode.PLAN),
                                true));
    }

    @Test
    void nothingIsWanted() {
        assertThat(ArgumentReader.read(List.of())).isInstanceOf(Reading.Understood.class);
    }

    @Test
    void theOldColonFormIsReadForIpv4() {
        EnableArguments arguments = understood("10.0.0.1-10.0.0.9,10.1.0.0/24");

        assertThat(arguments.pools()).containsExactly("10.0.0.1-10.0.0.9", "10.1.0.0/24");
        assertThat(arguments.layer2()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2001 db8 _ /64 | twinstack:2001:db8::/64 | enable twinstack --pool 2001:db8::/64",
                "fd00 _ 1-fd00 _ 9 | twinstack:fd00::1-fd00::9 | --pool fd00::1-fd00::9",
                "2001 db8 _ /64,2001 db8 1 _ /64 | twinstack:2001:db8::/64,2001:db8:1::/64 |"
                        + " --pool 2001:db8::/64 --pool 2001:db8:1::/64",
                "_ _ /0 | twinstack:::/0 | --pool ::/0",
            })
    void ipv6ThatMicroK8sHasCutIsRecognized(String typed, String argument, String remedy) {
        List<Refusal> refusals = refused(typed);

        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().argument()).isEqualTo(argument);
        assertThat(refusals.getFirst().remedy()).contains(remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--foo | --foo: there is no such option",
                "--pools=10.0.0.0/24 | did you mean --pool?",
                "--pool | --pool: a value is missing",
                "--pool --peer 10.0.0.1 | --pool: a value is missing",
                "--l2=yes | --l2=yes: this option takes no value",
                "--dual-stack maybe | plan and apply can be",
                "--my-asn 1 --my-asn 2 | it was 1 before",
                "2001:db8::/64 --peer=fd00::1 | type:  --pool 2001:db8::/64",
                "--l2 10.0.0.0/24 | a range of addresses needs --pool",
                "dns | dns: this is no option",
            })
    void whatCantBeUnderstoodIsSaid(String typed, String said) {
        List<Refusal> refusals = refused(typed);

        assertThat(refusals.stream().map(Refusal::toString).collect(Collectors.joining("\n")))
                .contains(said);
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        assertThat(refused("--foo --bar --pool")).hasSize(3);
    }

    static EnableArguments understood(String typed) {
        assertThat(ArgumentReader.read(words(typed))).isInstanceOf(Reading.Understood.class);
        return ((Reading.Understood) ArgumentReader.read(words(typed))).arguments();
    }

    private static List<Refusal> refused(String typed) {
        assertThat(ArgumentReader.read(words(typed))).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused) ArgumentReader.read(words(typed))).refusals();
    }

    private static List<String> words(String typed) {
        return Arrays.stream(typed.strip().split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> word.equals("_") ? "" : word)
                .toList();
    }
}
