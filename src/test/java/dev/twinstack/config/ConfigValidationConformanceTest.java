package dev.twinstack.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.config.ConfigValidationCases.Case;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// MetalLB's judgement of sets of objects. What is refused only in MetalLB's native or FRR mode
/// (`mode`), this speaker may accept; see docs/conformance.md.
class ConfigValidationConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return ConfigValidationCases.read().cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.id(), () -> check(each)));
    }

    private static void check(Case each) {
        ConfigObjects objects = ConfigObjects.of(each.objects());

        ConfigResult result = ConfigLoader.load(objects);

        assertThat(result.errors())
                .allSatisfy(error -> {
                    assertThat(error.path()).matches("(spec|metadata)\\b.*");
                    assertThat(error.reason()).isNotBlank();
                });
        switch (each.mode()) {
            case "any" -> checkAlike(each, result);
            case "native", "frr" -> {
                if (each.expect().accept()) {
                    checkAlike(each, result);
                }
            }
            case "frr-k8s passthrough" ->
                    assertThat(result.errors()).allMatch(ConfigError::isTransient);
            default -> throw new AssertionError("unknown mode " + each.mode());
        }
    }

    private static void checkAlike(Case each, ConfigResult result) {
        if (each.expect().accept()) {
            assertThat(result.errors()).as("%s: %s", each.id(), each.summary()).isEmpty();
        } else {
            assertThat(result.errors()).as("%s: %s", each.id(), each.summary()).isNotEmpty();
        }
        if (each.effective() != null) {
            EffectiveConfig.check(each.effective(), each.objects(), result.config());
        }
    }
}
