package dev.twinstack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.function.Function;

/// How a command prints: for people, in short or in full, or for programs.
enum Output {
    TABLE,
    WIDE,
    JSON,
    YAML;

    /// @param table told whether it may be wide
    String of(JsonNode json, Function<Boolean, String> table) {
        return switch (this) {
            case TABLE -> table.apply(false);
            case WIDE -> table.apply(true);
            case JSON -> json.toPrettyString() + "\n";
            case YAML -> yaml(json);
        };
    }

    private static String yaml(JsonNode json) {
        try {
            return new YAMLMapper().writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that is no YAML", e);
        }
    }
}
