package dev.twinstack.bgp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.bgp.testing.VectorFile;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Messages of other speakers, read and written again (`valid.jsonl`).
class ValidVectorTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> decodesEveryField() {
        return VectorFile.lines("valid.jsonl").stream()
                .map(line ->
                        dynamicTest(line.get("id").textValue(), () -> decodesEveryField(line)));
    }

    private static void decodesEveryField(JsonNode line) throws JsonProcessingException {
        String hex = line.get("hex").textValue();
        BgpMessage message = Wire.asSent(hex, options(line));

        assertThat(asRead(DecodedJson.of(message, hex.length() / 2, parametersLength(hex))))
                .isEqualTo(line.get("decoded"));
    }

    @TestFactory
    Stream<DynamicTest> encodesTheSameMeaning() {
        return VectorFile.lines("valid.jsonl").stream()
                .map(line ->
                        dynamicTest(line.get("id").textValue(), () -> encodesTheSameMeaning(line)));
    }

    private static void encodesTheSameMeaning(JsonNode line) {
        WireOptions options = options(line);
        BgpMessage message = Wire.asSent(line.get("hex").textValue(), options);

        String encoded = Wire.encode(message, options);

        BgpMessage again = Wire.asSent(encoded, options);
        if (message instanceof UpdateMessage update) {
            assertThat(again).isInstanceOf(UpdateMessage.class);
            UpdateMessage updateAgain = (UpdateMessage) again;
            assertThat(updateAgain.withdrawn()).isEqualTo(update.withdrawn());
            assertThat(updateAgain.announced()).isEqualTo(update.announced());
            assertThat(updateAgain.attributes())
                    .containsExactlyInAnyOrderElementsOf(update.attributes());
        } else {
            assertThat(again).isEqualTo(message);
        }
    }

    /// iBGP, because nothing in the file may be dropped for coming from outside.
    private static WireOptions options(JsonNode line) {
        JsonNode context = line.get("context");
        VectorFile.requireKnown(context, Set.of("as4", "addpath"));
        Set<AddressFamily> addPath = new HashSet<>();
        context.path("addpath").forEach(name -> addPath.add(Names.family(name.textValue())));
        return WireOptions.INTERNAL
                .withFourOctetAs(context.path("as4").asBoolean(true))
                .withAddPath(addPath, addPath);
    }

    /// The value does not keep this octet: the encoder may choose another form.
    private static int parametersLength(String hex) {
        return hex.length() < 58 ? 0 : Integer.parseInt(hex.substring(56, 58), 16);
    }

    /// With the number types that a parser gives.
    private static JsonNode asRead(ObjectNode json) throws JsonProcessingException {
        return JSON.readTree(JSON.writeValueAsString(json));
    }
}
