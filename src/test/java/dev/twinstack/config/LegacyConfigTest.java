package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.SecretText;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegacyConfigTest {

    @Test
    void scalarsAreWhatIsWritten() {
        LegacyConfig read =
                read(
                        """
                        peers:
                        - my-asn: 64512
                          peer-asn: 64513
                          peer-address: 192.0.2.1
                          password: 0123
                          ebgp-multihop: yes
                        address-pools:
                        - name: on
                          protocol: bgp
                          addresses: [192.0.2.0/24]
                          bgp-advertisements:
                          - communities: [64512:1, 1:30]
                        """);

        assertThat(read.errors()).isEmpty();
        assertThat(only(BGPPeer.class, read).getSpec().password()).isEqualTo(SecretText.of("0123"));
        assertThat(only(BGPPeer.class, read).getSpec().ebgpMultiHop()).isTrue();
        assertThat(only(IPAddressPool.class, read).getMetadata().getName()).isEqualTo("on");
        assertThat(only(BGPAdvertisement.class, read).getSpec().communities())
                .containsExactly("64512:1", "1:30");
    }

    @Test
    void unknownKeyIsNamedWithItsLine() {
        LegacyConfig read =
                read(
                        """
                        address-pools:
                        - name: lan
                          protocol: layer2
                          adresses: [192.0.2.0/24]
                        """);

        assertThat(read.errors())
                .anySatisfy(error ->
                        assertThat(error.toString())
                                .startsWith(
                                        "ConfigMap metallb-system/config: address-pools[0].adresses (line 4):"
                                                + " is not known; there are addresses, auto-assign,"));
    }

    @Test
    void badAddressIsNamedWithItsPool() {
        LegacyConfig read =
                read(
                        """
                        address-pools:
                        - name: lan
                          protocol: layer2
                          addresses: [192.168.1]
                        """);

        assertThat(read.errors()).hasSize(1);
        assertThat(read.errors().getFirst().path()).isEqualTo("address-pools[0] (line 2)");
        assertThat(read.errors().getFirst().reason()).startsWith("spec.addresses[0]: ");
    }

    @Test
    void twoPoolsOfOneNameAreRefused() {
        LegacyConfig read =
                read(
                        """
                        address-pools:
                        - {name: My_Pool, protocol: layer2, addresses: [192.0.2.0/25]}
                        - {name: my-pool, protocol: layer2, addresses: [192.0.2.128/25]}
                        """);

        assertThat(read.errors())
                .extracting(ConfigError::reason)
                .containsExactly(
                        "becomes IPAddressPool my-pool, as address-pools[0] (line 2) does");
        assertThat(read.warnings())
                .containsExactly(
                        "address-pools[0].name (line 2): \"My_Pool\" is called my-pool as an"
                                + " object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                | data.config: is empty
                    '# nothing'                       | data.config: is empty
                    'text'                            | line 1: a mapping is expected here
                    'peers: {'                        | line 1: is no YAML
                    'peers: 1'                        | peers (line 1): a list is expected here
                    'peers: [{my-asn: 4294967296}]'   | peers[0].my-asn (line 1): must be a whole number from 0 to 4294967295
                    'peers: [{my-asn: a}]'            | peers[0].my-asn (line 1): must be a whole number
                    'peers: [{my-asn: 1, my-asn: 2}]' | peers[0].my-asn (line 1): stands there twice
                    'peers: [{hold-time: soon}]'      | peers[0].hold-time (line 1): "soon" is no duration
                    'address-pools: [{auto-assign: 1}]' | address-pools[0].auto-assign (line 1): must be true or false
                    'address-pools: [{name: 12}]'     | address-pools[0].name (line 1): "12" has no letter
                    'address-pools: [{name: [a]}]'    | address-pools[0].name (line 1): text is expected here
                    'bgp-communities: [a]'            | bgp-communities (line 1): a mapping is expected here
                    'peers: &a [*a]'                  | peers[0] (line 1): a mapping is expected here
                    """)
    void mistakesAreSaidWithTheirPlace(String yaml, String said) {
        assertThat(read(yaml).errors())
                .anySatisfy(
                        error -> assertThat(error.path() + ": " + error.reason()).startsWith(said));
    }

    @Test
    void unknownProtocolIsAWarning() {
        LegacyConfig read =
                read("address-pools: [{name: lan, protocol: l2, addresses: [192.0.2.0/24]}]");

        assertThat(read.errors()).isEmpty();
        assertThat(read.objects()).hasSize(1);
        assertThat(read.warnings())
                .containsExactly(
                        "address-pools[0].protocol (line 1): \"l2\" is no protocol (bgp or layer2):"
                                + " the pool is not announced");
    }

    @Test
    void mapWithoutTheKeyIsAnError() {
        ConfigMap map = new ConfigMapBuilder(map("")).withData(Map.of("other", "x")).build();

        assertThat(LegacyConfig.of(map).errors())
                .extracting(ConfigError::reason)
                .containsExactly("has no key \"config\"");
    }

    @ParameterizedTest
    @CsvSource({
        "lan, lan",
        "01-Numbered_Pool, numbered-pool",
        "My Pool!, my-pool",
        "a, a",
        "v4.lan, v4.lan",
        "_x_, x"
    })
    void namesBecomeNamesOfObjects(String written, String name) {
        assertThat(LegacyName.of(written)).isEqualTo(name);
    }

    @Test
    void longNamesAreCutToWhatTheServerTakes() {
        assertThat(LegacyName.of("a".repeat(62) + "-b")).isEqualTo("a".repeat(62));
    }

    private static <T extends CustomResource<?, ?>> T only(Class<T> kind, LegacyConfig read) {
        return read.objects().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .reduce((one, other) -> {
                    throw new AssertionError("more than one " + kind);
                })
                .orElseThrow();
    }

    private static LegacyConfig read(String yaml) {
        return LegacyConfig.of(map(yaml));
    }

    static ConfigMap map(String yaml) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("metallb-system")
                .withName(LegacyConfig.NAME)
                .withUid("map-uid")
                .endMetadata()
                .addToData(LegacyConfig.KEY, yaml)
                .build();
    }
}
