package dev.twinstack.admission.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.review.ReviewMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceReviewJsonTest {

    private static final ObjectMapper FULL_MODEL = ReviewMapper.create();

    private static final String SERVICE =
            """
            {"kind": "Service", "apiVersion": "v1",
             "metadata": {"name": "web", "namespace": "shop", "uid": "1", "generation": 3,
              "creationTimestamp": "2026-01-01T00:00:00Z", "deletionTimestamp": null,
              "labels": {"a": "b"},
              "annotations": {"metallb.io/loadBalancerIPs": "192.0.2.1,2001:db8::1",
               "metallb.universe.tf/address-pool": "lan", "twinstack.dev/addresses": "192.0.2.9"},
              "managedFields": [{"manager": "kubectl", "fieldsV1": {"f:spec": {"f:type": {}}}}]},
             "spec": {"type": "LoadBalancer", "loadBalancerIP": "192.0.2.1",
              "ports": [{"name": "http", "port": 80, "targetPort": "web", "nodePort": 30080},
               {"protocol": "UDP", "port": 53, "targetPort": 53}],
              "selector": {"app": "web"}, "clusterIP": "10.0.0.1",
              "clusterIPs": ["10.0.0.1", "fd00::1"], "ipFamilies": ["IPv4", "IPv6"],
              "ipFamilyPolicy": "PreferDualStack", "externalTrafficPolicy": "Local",
              "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 9}}},
             "status": {"loadBalancer": {"ingress": [
               {"ip": "192.0.2.1", "ipMode": "VIP", "ports": [{"port": 80, "protocol": "TCP"}]},
               {"hostname": "web.example"}]}, "conditions": []}}
            """;

    private static String review(String object, String oldObject) {
        return """
        {"kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": {"uid": "u-1",
         "kind": {"group": "", "version": "v1", "kind": "Service"}, "name": "web",
         "namespace": "shop", "operation": "UPDATE", "userInfo": {"username": "x", "groups": ["y"]},
         "object": %s, "oldObject": %s, "dryRun": true, "options": {"fieldManager": "kubectl"}}}
        """
                .formatted(object, oldObject);
    }

    @Test
    void whatDecidesAboutAddressesIsReadAsTheFullModelReadsIt() throws IOException {
        // Given
        String review = review(SERVICE, SERVICE);
        AdmissionRequest full = FULL_MODEL.readValue(review, AdmissionReview.class).getRequest();

        // When
        AdmissionRequest lean = ServiceReviewJson.read(octets(review)).orElseThrow();

        // Then
        assertThat(lean.getUid()).isEqualTo(full.getUid());
        assertThat(lean.getOperation()).isEqualTo(full.getOperation());
        assertThat(lean.getName()).isEqualTo(full.getName());
        assertThat(lean.getNamespace()).isEqualTo(full.getNamespace());
        assertThat(lean.getDryRun()).isEqualTo(full.getDryRun());
        assertSame((Service) lean.getObject(), (Service) full.getObject());
        assertSame((Service) lean.getOldObject(), (Service) full.getOldObject());
    }

    @Test
    void withoutAnOldObjectThereIsNone() {
        AdmissionRequest request =
                ServiceReviewJson.read(octets(review(SERVICE, "null"))).orElseThrow();

        assertThat(request.getOldObject()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "null",
                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\"}",
                "{\"kind\": \"Service\", \"apiVersion\": \"serving.knative.dev/v1\"}",
                "{\"metadata\": {\"name\": \"web\"}, \"spec\": {}}",
                "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"spec\": []}",
                "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"spec\": {\"ports\": [{\"port\":"
                        + " \"80\"}]}}",
                "{\"kind\": \"Service\", \"apiVersion\": \"v1\", \"metadata\": {\"labels\": {\"a\":"
                        + " 1}}}"
            })
    void whatTheApiServerDoesNotWriteIsLeftToTheFullModel(String object) {
        assertThat(ServiceReviewJson.read(octets(review(object, "null")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"request\": {}}", "{\"request\": 1}"})
    void soIsWhatIsNoReview(String body) {
        assertThat(ServiceReviewJson.read(octets(body))).isEmpty();
    }

    @Test
    void aCutReviewIsNeverReadInPart() {
        String review = review(SERVICE, SERVICE).strip();
        for (int length = 0; length < review.length(); length++) {
            assertThat(ServiceReviewJson.read(octets(review.substring(0, length))))
                    .as("cut at %d", length)
                    .isEmpty();
        }
    }

    private static void assertSame(Service lean, Service full) {
        ServiceReader reader = new ServiceReader("");
        assertThat(reader.stored(lean, Map.of())).isEqualTo(reader.stored(full, Map.of()));
        assertThat(lean.getSpec().getType()).isEqualTo(full.getSpec().getType());
        assertThat(lean.getMetadata().getAnnotations())
                .isEqualTo(full.getMetadata().getAnnotations());
        assertThat(lean.getMetadata().getCreationTimestamp())
                .isEqualTo(full.getMetadata().getCreationTimestamp());
        assertThat(lean.getMetadata().getDeletionTimestamp()).isNull();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
