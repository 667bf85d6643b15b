package dev.twinstack.dualstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/// Facts of a host as YAML: what `twinstack dualstack facts` prints and node-config reports.
public final class FactsText {

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    private FactsText() {}

    public static String of(NodeFacts facts) {
        try {
            return YAML.writeValueAsString(facts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @throws IllegalArgumentException that says what is wrong
    public static NodeFacts parse(String text) {
        try {
            NodeFacts facts = YAML.readValue(text, NodeFacts.class);
            facts.addresses().forEach(NodeFacts.HostAddress::network);
            return facts;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "not what `twinstack dualstack facts` prints: " + e.getOriginalMessage(), e);
        }
    }
}
