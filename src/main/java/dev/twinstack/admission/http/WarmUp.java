package dev.twinstack.admission.http;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/// Sends a review through the handlers that changes nothing, so that the first Service does not
/// wait for classes to be loaded: under a tight CPU limit that takes longer than the API server
/// waits.
public final class WarmUp {

    /// Enough for the interpreter's hot paths; some hundred milliseconds in all.
    private static final int ROUNDS = 50;

    /// Of a class that nobody serves.
    private static final byte[] REVIEW =
            """
            {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
             "request": {"uid": "warm-up", "operation": "CREATE", "dryRun": true,
              "kind": {"group": "", "version": "v1", "kind": "Service"},
              "resource": {"group": "", "version": "v1", "resource": "services"},
              "name": "warm-up", "namespace": "warm-up", "userInfo": {"username": "warm-up"},
              "object": {"apiVersion": "v1", "kind": "Service",
               "metadata": {"name": "warm-up", "labels": {"a": "b"}, "annotations": {"a": "b"}},
               "spec": {"type": "LoadBalancer", "loadBalancerClass": "twinstack.dev/warm-up",
                "ports": [{"port": 80, "protocol": "TCP", "targetPort": 80}],
                "selector": {"a": "b"}, "ipFamilyPolicy": "SingleStack"}}}}
            """
                    .getBytes(StandardCharsets.UTF_8);

    private WarmUp() {}

    public static void run(Collection<? extends BodyHandler> handlers) {
        for (BodyHandler handler : handlers) {
            for (int round = 0; round < ROUNDS; round++) {
                try {
                    handler.handle(REVIEW);
                } catch (MalformedBodyException e) {
                    throw new IllegalStateException("the review for warming up is no review", e);
                }
            }
        }
    }
}
