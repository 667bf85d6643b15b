package dev.twinstack.admission.review;

import dev.twinstack.config.ConfigObjects;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Runs the folders of `admission/config`: the configuration objects that are there
/// (`in-objects.yaml`, a List; none: not read yet), one request (`in-request.yaml`), and the answer
/// (`out-validation.yaml`).
class ConfigReviewTest {

    @TestFactory
    Stream<DynamicTest> configuration() {
        return CaseFolder.all("config")
                .map(folder ->
                        DynamicTest.dynamicTest(
                                folder.getFileName().toString(),
                                () -> run(new CaseFolder(folder))));
    }

    private static void run(CaseFolder folder) {
        // Given
        Optional<List<HasMetadata>> objects =
                folder.readIfThere("in-objects.yaml", KubernetesList.class)
                        .map(KubernetesList::getItems);
        ConfigValidation validation =
                new ConfigValidation(() -> objects.map(ConfigObjects::of), "metallb-system");

        // When
        var response = validation.review(folder.request());

        // Then
        folder.verify("out-validation.yaml", response);
        folder.verifyAllUsed();
    }
}
