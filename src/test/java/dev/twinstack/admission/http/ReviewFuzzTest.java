package dev.twinstack.admission.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.admission.ClusterFamilies;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.review.ConfigValidation;
import dev.twinstack.admission.review.ReviewMapper;
import dev.twinstack.admission.review.ServiceMutation;
import dev.twinstack.admission.review.ServiceValidation;
import dev.twinstack.admission.testing.LocalAuthority;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.net.IpFamily;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/// No body makes a webhook fail: it is answered, or said to be malformed. A normal test run feeds
/// the seeds.
class ReviewFuzzTest {

    private static final ObjectMapper MAPPER = ReviewMapper.create();
    private static final LocalAuthority AUTHORITY =
            new LocalAuthority(true, new ClusterFamilies(IpFamily.IPV4, true), _ -> true);
    private static final ServiceReader READER = new ServiceReader("");
    private static final List<BodyHandler> REVIEWS =
            List.of(
                    new ReviewBody(new ServiceMutation(AUTHORITY, READER), MAPPER),
                    new ReviewBody(new ServiceValidation(AUTHORITY, READER), MAPPER),
                    ReviewBody.ofServices(new ServiceMutation(AUTHORITY, READER), MAPPER),
                    ReviewBody.ofServices(new ServiceValidation(AUTHORITY, READER), MAPPER),
                    new ReviewBody(
                            new ConfigValidation(
                                    () -> Optional.of(ConfigObjects.NONE), "ns", AUTHORITY),
                            MAPPER));

    static Stream<byte[]> reviews() {
        String review = "{\"kind\": \"AdmissionReview\", \"request\": {\"uid\": \"u\", %s}}";
        String service =
                "\"operation\": \"CREATE\", \"namespace\": \"ns\", \"object\": {\"apiVersion\":"
                        + " \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"web\","
                        + " \"annotations\": {\"metallb.io/loadBalancerIPs\": \"1.2.3.4,::1\","
                        + " \"twinstack.dev/addresses\": \",x\"}}, \"spec\": {\"type\":"
                        + " \"LoadBalancer\", \"clusterIPs\": [\"10.0.0.1\"], \"ports\": [{}]}}";
        String pool =
                "\"operation\": \"CREATE\", \"namespace\": \"ns\", \"object\": {\"apiVersion\":"
                        + " \"metallb.io/v1beta1\", \"kind\": \"IPAddressPool\", \"metadata\":"
                        + " {\"name\": \"lan\"}, \"spec\": {\"addresses\": [\"10.0.0.0/8\"]}}";
        return Stream.of(
                        "",
                        "null",
                        "[]",
                        "{\"request\": {\"uid\": 7}}",
                        review.formatted("\"operation\": \"CREATE\""),
                        review.formatted(service),
                        review.formatted(pool))
                .map(ReviewFuzzTest::octets);
    }

    static Stream<byte[]> conversions() {
        return Stream.of(
                        "",
                        "7",
                        "{\"request\": {\"uid\": \"u\"}}",
                        "{\"request\": {\"uid\": \"u\", \"desiredAPIVersion\":"
                                + " \"metallb.io/v1beta2\", \"objects\": [{\"apiVersion\":"
                                + " \"metallb.io/v1beta1\", \"kind\": \"BGPPeer\", \"spec\":"
                                + " {\"myASN\": 1}}, 7, null]}}")
                .map(ReviewFuzzTest::octets);
    }

    @MethodSource("reviews")
    @FuzzTest(maxDuration = "1m")
    void review(byte[] body) {
        REVIEWS.forEach(handler -> answered(handler, body));
    }

    @MethodSource("conversions")
    @FuzzTest(maxDuration = "1m")
    void conversion(byte[] body) {
        answered(new ConversionBody(), body);
    }

    private static void answered(BodyHandler handler, byte[] body) {
        try {
            assertThat(handler.handle(body).body()).isNotEmpty();
        } catch (MalformedBodyException e) {
            assertThat(String.valueOf(e.getMessage()).lines()).hasSizeLessThan(2);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
