package dev.twinstack.admission.certificate;

import dev.twinstack.admission.patch.JsonPatch;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has to change in an object so that the API server trusts our certificates: only `caBundle`,
/// and only where it differs. Whether a webhook is reached by service or by URL is the manifest's
/// business.
///
/// Each patch tests first that it meets the webhook it was made for.
final class CaBundles {

    private CaBundles() {}

    /// @param bundle the PEM text in Base64
    static JsonPatch patch(MutatingWebhookConfiguration configuration, String bundle) {
        JsonPatch patch = new JsonPatch();
        List<MutatingWebhook> webhooks = configuration.getWebhooks();
        for (int index = 0; index < webhooks.size(); index++) {
            MutatingWebhook webhook = webhooks.get(index);
            patchWebhook(patch, index, webhook.getName(), webhook.getClientConfig(), bundle);
        }
        return patch;
    }

    static JsonPatch patch(ValidatingWebhookConfiguration configuration, String bundle) {
        JsonPatch patch = new JsonPatch();
        List<ValidatingWebhook> webhooks = configuration.getWebhooks();
        for (int index = 0; index < webhooks.size(); index++) {
            ValidatingWebhook webhook = webhooks.get(index);
            patchWebhook(patch, index, webhook.getName(), webhook.getClientConfig(), bundle);
        }
        return patch;
    }

    /// Nothing for a definition that is not converted by a webhook.
    static JsonPatch patch(GenericKubernetesResource definition, String bundle) {
        JsonPatch patch = new JsonPatch();
        Object client = definition.get("spec", "conversion", "webhook", "clientConfig");
        if (!(client instanceof Map<?, ?> its) || bundle.equals(its.get("caBundle"))) {
            return patch;
        }
        return patch.test(JsonPatch.pointer("spec", "conversion", "strategy"), "Webhook")
                .add(
                        JsonPatch.pointer(
                                "spec", "conversion", "webhook", "clientConfig", "caBundle"),
                        bundle);
    }

    private static void patchWebhook(
            JsonPatch patch,
            int index,
            String name,
            @Nullable WebhookClientConfig client,
            String bundle) {
        if (client != null && !bundle.equals(client.getCaBundle())) {
            patch.test(JsonPatch.pointer("webhooks", index, "name"), name)
                    .add(JsonPatch.pointer("webhooks", index, "clientConfig", "caBundle"), bundle);
        }
    }
}
