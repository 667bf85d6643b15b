package dev.twinstack.admission.certificate;

import dev.twinstack.admission.patch.JsonPatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the bundle into the webhook configurations and the CRD with a conversion webhook, where
/// they exist and differ. Blocks.
final class CaBundleWriter {

    private static final Logger log = LoggerFactory.getLogger(CaBundleWriter.class);
    private static final PatchContext JSON = PatchContext.of(PatchType.JSON);

    /// The typed definition would load a schema language for one field.
    private static final ResourceDefinitionContext DEFINITIONS =
            new ResourceDefinitionContext.Builder()
                    .withGroup("apiextensions.k8s.io")
                    .withVersion("v1")
                    .withKind("CustomResourceDefinition")
                    .withPlural("customresourcedefinitions")
                    .withNamespaced(false)
                    .build();

    private final Resource<MutatingWebhookConfiguration> mutating;
    private final Resource<ValidatingWebhookConfiguration> validating;
    private final Resource<GenericKubernetesResource> definition;

    /// @param configuration the name of both webhook configurations
    /// @param definition the name of the CRD
    CaBundleWriter(KubernetesClient client, String configuration, String definition) {
        var admission = client.admissionRegistration().v1();
        this.mutating = admission.mutatingWebhookConfigurations().withName(configuration);
        this.validating = admission.validatingWebhookConfigurations().withName(configuration);
        this.definition = client.genericKubernetesResources(DEFINITIONS).withName(definition);
    }

    /// Everything that can change the bundle behind our back.
    List<Resource<? extends HasMetadata>> resources() {
        return List.of(mutating, validating, definition);
    }

    void write(CertificateSet certificates) {
        String bundle =
                Base64.getEncoder()
                        .encodeToString(
                                certificates.bundlePem().getBytes(StandardCharsets.US_ASCII));
        write(mutating, bundle, CaBundles::patch);
        write(validating, bundle, CaBundles::patch);
        write(definition, bundle, CaBundles::patch);
    }

    private static <T extends HasMetadata> void write(
            Resource<T> resource, String bundle, BiFunction<T, String, JsonPatch> difference) {
        T object = resource.get();
        if (object == null) {
            return;
        }
        JsonPatch patch = difference.apply(object, bundle);
        if (!patch.isEmpty()) {
            resource.patch(JSON, patch.json());
            log.atInfo()
                    .addKeyValue("kind", object.getKind())
                    .addKeyValue("name", object.getMetadata().getName())
                    .log("Webhook caBundle written");
        }
    }
}
