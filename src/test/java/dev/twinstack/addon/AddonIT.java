package dev.twinstack.addon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.twinstack.testing.lab.Kubectl;
import dev.twinstack.testing.lab.LabMicroK8s.Result;
import dev.twinstack.testing.lab.LabPods;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The addon's scripts behind MicroK8s' contract, on a real API server; the program is the packaged
/// one.
class AddonIT {

    private static final String POOL = "192.168.1.240-192.168.1.250";

    private static AddonWorld world;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        world = AddonWorld.start();
    }

    @AfterEach
    void clear() {
        world.clear();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void theRepositoryIsListedAndUpdated() {
        assertThat(world.microk8s().run("addons", "repo", "list").text())
                .contains("ours", "LoadBalancer addresses");
        assertThat(world.microk8s().run("addons", "repo", "update", "ours").exitCode()).isZero();
        assertThat(world.microk8s().run("status", "--addon", "twinstack").text())
                .isEqualTo("disabled\n");
    }

    @Test
    void helpAppliesNothing() {
        Result help = world.enable("help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.text()).contains("--pool RANGE", "--migrate");
        assertThat(world.own()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.28", "1.30", "1.32", "1.35", "1.36"})
    void ipv6BehindTheColonIsAnsweredWithTheRightLine(String release) {
        Result answer =
                world.microk8s()
                        .run("--release", release, "enable", "ours/twinstack:2001:db8::/64");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text())
                .contains(
                        "type:  microk8s enable twinstack --pool 2001:db8::/64",
                        "Nothing was applied.");
        assertThat(world.own()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | --pool=10.0.0.0/24 --foo | --foo: there is no such option",
                "1 | --pool 10.0.0.9-10.0.0.1 | it ends before it starts",
                "1 | --pool 10.152.183.128/25 | the range of Services",
                "1 | --pool fd98::/112 | the range of Services",
                "1 | --pool 192.0.2.0/24 | the address of node n1",
                "1 | --peer 10.0.0.1 | the AS number of the router is missing",
                "1 | --image | --image: a value is missing",
                "1 | --image-archive /not/there.tar | can't read /not/there.tar",
            })
    void whatIsRefusedAppliesNothing(int code, String typed, String said) {
        Result answer = world.enable(typed.split(" "));

        assertThat(answer.text()).contains(said);
        assertThat(answer.exitCode()).isEqualTo(code);
        assertThat(world.own()).isEmpty();
        assertThat(world.kinds()).isEmpty();
    }

    @Test
    void wordsThatMicroK8sRefusesItselfNeverCome() {
        assertThat(world.microk8s().run("enable", "twinstack:a", "--x").text())
                .contains("Can't pass string arguments");
        assertThat(world.enable("--help").text()).startsWith("Usage: microk8s enable");
        assertThat(world.microk8s().run("--strict", "--uid", "1000", "enable", "twinstack").text())
                .contains("Elevated permissions");
    }

    @Test
    void anEnabledAddonIsDisabledAgainAndThePoolsStay() throws IOException {
        // When
        Result enabled =
                world.enable(
                        ("--pool "
                                        + POOL
                                        + " --pool 2001:db8::/64 --peer 10.0.0.1 --peer-asn 64512"
                                        + " --my-asn 64513")
                                .split(" "));

        // Then all is there, and no pod of the judge
        assertThat(enabled.text()).contains("Twinstack is enabled");
        assertThat(enabled.exitCode()).isZero();
        assertThat(world.microk8s().run("status", "--addon", "twinstack").text())
                .isEqualTo("enabled\n");
        assertThat(spec("ipaddresspool/default", "{.spec.addresses}"))
                .isEqualTo("[\"" + POOL + "\",\"2001:db8::/64\"]");
        assertThat(spec("bgppeer/peer-10-0-0-1", "{.spec.myASN} {.spec.peerASN}"))
                .isEqualTo("64513 64512");
        assertThat(world.own()).noneMatch(name -> name.contains("judge"));

        // When it is enabled again with other arguments, and disabled
        Result again = world.enable("--pool", "10.7.0.0/24");
        Result disabled = world.disable();

        // Then
        assertThat(again.text()).contains("already enabled");
        assertThat(disabled.text()).contains("Twinstack is disabled", "Pools, peers");
        assertThat(world.own()).isEmpty();
        assertThat(spec("ipaddresspool/default", "{.spec.addresses[0]}")).isEqualTo(POOL);
        assertThat(spec("bgppeer/peer-10-0-0-1", "{.spec.peerASN}")).isEqualTo("64512");
        assertThat(Files.exists(plugin())).isFalse();
        assertThat(world.disable().text()).contains("already disabled");
    }

    @Test
    void theOldColonFormGivesAPool() {
        Result enabled = world.microk8s().run("enable", "twinstack:10.0.0.1-10.0.0.9,10.5.0.0/24");

        assertThat(enabled.text()).contains("Twinstack is enabled", "does not answer ARP");
        assertThat(spec("ipaddresspool/default", "{.spec.addresses}"))
                .isEqualTo("[\"10.0.0.1-10.0.0.9\",\"10.5.0.0/24\"]");
        assertThat(spec("l2advertisement/default", "{.metadata.name}")).isEqualTo("default");
    }

    @Test
    void dualStackIsAskedForAndTheWishStays() {
        // When
        Result enabled = world.enable("--dual-stack", "plan");

        // Then
        assertThat(enabled.text()).contains("Twinstack is enabled", "dualstack status");
        assertThat(spec("daemonset/twinstack-node-config", "{.metadata.name}")).isNotEmpty();
        assertThat(world.kubectl("get", "dualstack", "default", "-o", "jsonpath={.spec.mode}"))
                .isEqualTo("Plan");

        // When
        world.disable();

        // Then
        assertThat(world.own()).isEmpty();
        assertThat(world.kubectl("get", "validatingadmissionpolicies", "-o", "name")).isEmpty();
        assertThat(world.kubectl("get", "dualstack", "-o", "name")).isNotEmpty();
    }

    @Test
    void purgeLeavesNothing() {
        world.enable("--pool", POOL);
        world.cluster()
                .kubectl()
                .apply(
                        """
                        apiVersion: twinstack.dev/v1alpha1
                        kind: AddressClaim
                        metadata: {name: kept, namespace: default, finalizers: [twinstack.dev/in-use]}
                        spec: {addresses: [192.168.1.241]}
                        """);

        Result purged = world.disable("--purge");

        assertThat(purged.text()).contains("Twinstack is disabled");
        assertThat(world.own()).isEmpty();
        assertThat(world.kinds()).isEmpty();
        assertThat(world.kubectl("get", "namespaces", "-o", "name")).doesNotContain("metallb");
    }

    @Test
    void wrongWordsDeleteNothing() {
        world.enable("--pool", POOL);

        Result refused = world.disable("--purg");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.text()).contains("there is no such option", "Nothing was deleted");
        assertThat(world.own()).contains("deployment.apps/twinstack-controller");
    }

    @Test
    void anImageThatDoesNotRunAppliesNothing() {
        Result failed =
                world.microk8s()
                        .run(
                                "--pod-timeout",
                                "2",
                                "enable",
                                "twinstack",
                                "--image",
                                LabPods.NOWHERE + "twinstack:1");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.text()).contains("ErrImagePull", "no such host", "--image-archive FILE");
        assertThat(world.own()).isEmpty();
    }

    @Test
    void anArchiveIsImportedFirst() throws IOException {
        Path archive = Files.createTempFile("twinstack", ".tar");

        world.enable("--image-archive", archive.toString());

        assertThat(Files.readString(world.microk8s().common().resolve("imported")))
                .contains("import " + archive);
    }

    @Test
    void anEnableThatFailsLeavesNothingAndCanBeRepeated() {
        // Given an API server that refuses DaemonSets, half-way through
        world.cluster()
                .kubectl()
                .apply(
                        """
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicy
                        metadata: {name: no-daemonsets}
                        spec:
                          failurePolicy: Fail
                          matchConstraints:
                            resourceRules:
                              - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [daemonsets]}
                          validations: [{expression: "false", message: no daemon sets today}]
                        ---
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicyBinding
                        metadata: {name: no-daemonsets}
                        spec: {policyName: no-daemonsets, validationActions: [Deny]}
                        """);
        awaitDenied();
        List<String> before = world.kinds();

        // When
        Result failed = world.enable("--pool", POOL);

        // Then
        assertThat(failed.text()).contains("no daemon sets today", "All is as it was.");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(world.own()).isEmpty();
        assertThat(world.kinds()).isEqualTo(before);

        // When what was wrong is put right
        world.kubectl(
                "delete",
                "validatingadmissionpolicybinding,validatingadmissionpolicy",
                "no-daemonsets");
        awaitAdmitted();
        Result repeated = world.enable("--pool", POOL);

        // Then
        assertThat(repeated.text()).contains("Twinstack is enabled");
    }

    @Test
    void commandsRunInTheControllersPod() {
        // Given
        Result before = world.microk8s().run("twinstack", "pools");
        world.enable("--pool", POOL);
        Result without = world.microk8s().run("twinstack", "pools");
        world.kubectl(
                "-n",
                AddonWorld.NAMESPACE,
                "label",
                "pod",
                "-l",
                "component=controller",
                "twinstack.dev/leader=true");

        // When
        Result version = world.microk8s().run("twinstack", "--version");
        Result wrong = world.microk8s().run("twinstack", "pools", "--no-such-option");
        Result unknown = world.microk8s().run("twinstack", "frobnicate");

        // Then
        assertThat(before.text()).contains("'twinstack' is not a valid MicroK8s subcommand");
        assertThat(without.exitCode()).isEqualTo(1);
        assertThat(without.text()).contains("no controller runs");
        assertThat(version.exitCode()).isZero();
        assertThat(version.text()).startsWith("twinstack ");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.text()).contains("there is no command frobnicate");
    }

    @Test
    void theRepositoryIsAddedOnceThroughItsLinks() throws IOException {
        Path repository = world.cluster().directory().resolve("repository");
        Path link = repository.resolve("addons.yaml");
        Path file = repository.resolve("addon/addons.yaml");
        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("addon/addons.yaml"));
        assertThat(Files.readString(file)).contains(AddonSteps.MARKER);
        assertThat(world.microk8s().run("addons", "repo", "add", "ours", repository.toString()))
                .extracting(Result::exitCode)
                .isEqualTo(1);
    }

    private static void awaitDenied() {
        await().until(() -> !tryDaemonSet().succeeded());
    }

    private static void awaitAdmitted() {
        await().until(() -> tryDaemonSet().succeeded());
    }

    private static Kubectl.Result tryDaemonSet() {
        return world.cluster()
                .kubectl()
                .tryApply(
                        """
                        apiVersion: apps/v1
                        kind: DaemonSet
                        metadata: {name: probe, namespace: default}
                        spec:
                          selector: {matchLabels: {a: b}}
                          template:
                            metadata: {labels: {a: b}}
                            spec: {containers: [{name: c, image: c}]}
                        """,
                        "--dry-run=server");
    }

    private static Path plugin() {
        return world.microk8s().common().resolve("plugins/twinstack");
    }

    private static String spec(String object, String path) {
        return world.kubectl("-n", AddonWorld.NAMESPACE, "get", object, "-o", "jsonpath=" + path);
    }
}
