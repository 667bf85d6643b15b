package dev.twinstack.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The package table of `docs/architecture.md`, held by the build.
class PackageBordersTest {

    private static final String ROOT = "dev.twinstack";

    private static final Set<String> OPERATOR_MAY_IMPORT =
            Set.of(
                    "net",
                    "selector",
                    "crd",
                    "allocation",
                    "bgp",
                    "bfd",
                    "config",
                    "announce",
                    "dualstack",
                    "admission");

    /// Feature -> the features whose root package it may import.
    private static final Map<String, Set<String>> MAY_IMPORT =
            Map.ofEntries(
                    Map.entry("net", Set.of()),
                    Map.entry("selector", Set.of()),
                    Map.entry("crd", Set.of()),
                    Map.entry("allocation", Set.of("net", "selector")),
                    Map.entry("bgp", Set.of("net")),
                    Map.entry("bfd", Set.of("net")),
                    Map.entry("config", Set.of("crd", "net", "selector", "allocation", "bgp")),
                    Map.entry("announce", Set.of("config", "net", "selector", "allocation", "bgp")),
                    Map.entry("dualstack", Set.of("net", "crd")),
                    Map.entry("install", Set.of()),
                    Map.entry("migration", Set.of("install", "config", "crd", "net", "allocation")),
                    Map.entry("addon", Set.of("install", "migration", "config", "crd", "net")),
                    Map.entry(
                            "admission", Set.of("config", "crd", "net", "selector", "allocation")),
                    Map.entry("operator", OPERATOR_MAY_IMPORT),
                    Map.entry("operator.speaker", plus(OPERATOR_MAY_IMPORT, "operator")),
                    Map.entry("router", Set.of("net", "bgp", "bfd", "operator")),
                    Map.entry(
                            "observe",
                            plus(OPERATOR_MAY_IMPORT, "operator", "operator.speaker", "router")),
                    Map.entry(
                            "cli",
                            plus(
                                    OPERATOR_MAY_IMPORT,
                                    "operator",
                                    "operator.speaker",
                                    "router",
                                    "observe",
                                    "install",
                                    "migration",
                                    "addon")));

    private static final Set<String> ENGINES =
            Set.of("net", "selector", "allocation", "bgp", "bfd");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> everyFeatureImportsOnlyItsNeighbours() {
        return MAY_IMPORT.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(),
                                () ->
                                        classes()
                                                .that(belongTo(entry.getKey()))
                                                .should(
                                                        importOnly(
                                                                entry.getKey(), entry.getValue()))
                                                .allowEmptyShould(false)
                                                .check(CLASSES)));
    }

    @Test
    void everyPackageStandsInTheTable() {
        Set<String> features = new TreeSet<>();
        CLASSES.forEach(type -> features.add(feature(type)));

        assertThat(features).isSubsetOf(MAY_IMPORT.keySet());
    }

    @Test
    void enginesKnowNoKubernetesAndNoFramework() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ENGINES.stream()
                                .map(engine -> ROOT + "." + engine + "..")
                                .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..",
                        "io.quarkus..",
                        "io.javaoperatorsdk..",
                        "io.micrometer..",
                        "io.vertx..",
                        "jakarta..",
                        "com.fasterxml..")
                .check(CLASSES);
    }

    @Test
    void onlyTransportsTouchNettyChannels() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "..transport..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.netty.channel..", "io.netty.bootstrap..")
                .check(CLASSES);
    }

    @Test
    void pureCoresReadNoClockAndDoNoInput() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".allocation..",
                        ROOT + ".announce..",
                        ROOT + ".config..",
                        ROOT + ".bgp.wire..",
                        ROOT + ".bgp.session..",
                        ROOT + ".bgp.rib..",
                        ROOT + ".bfd.wire..",
                        ROOT + ".bfd.session..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.(io\\.(File|Input|Output).*|nio\\.(file|channels)\\..*|net\\.(Socket|Server|http).*|time\\.Clock)")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> belongTo(String feature) {
        return DescribedPredicate.describe(
                "belong to " + feature, type -> feature(type).equals(feature));
    }

    /// Imports stay within the feature, or go to the root package of an allowed one. A sub-package
    /// of one's own feature is free; a sub-package of another never.
    private static ArchCondition<JavaClass> importOnly(String feature, Set<String> allowed) {
        return new ArchCondition<>("import only root packages of " + sorted(allowed)) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    if (!target.getPackageName().startsWith(ROOT)) {
                        continue;
                    }
                    String other = feature(target);
                    boolean own = other.equals(feature);
                    boolean root = target.getPackageName().equals(ROOT + "." + other);
                    if (!own && !(root && allowed.contains(other))) {
                        events.add(
                                SimpleConditionEvent.violated(type, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static String feature(JavaClass type) {
        String rest = type.getPackageName().substring(ROOT.length());
        if (rest.isEmpty()) {
            return "";
        }
        return rest.startsWith(".operator.speaker")
                ? "operator.speaker"
                : rest.substring(1).split("\\.", 2)[0];
    }

    private static Set<String> plus(Set<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).collect(toSet());
    }

    private static String sorted(Set<String> names) {
        return new TreeSet<>(names).stream().collect(joining(", ", "[", "]"));
    }
}
