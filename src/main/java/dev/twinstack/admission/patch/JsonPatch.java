package dev.twinstack.admission.patch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A list of JSON Patch operations (RFC 6902), built up in order. Values are strings or objects of
/// strings, which is all that admission ever writes. Not for more than one thread.
public final class JsonPatch {

    private final List<String> operations = new ArrayList<>();

    /// A JSON pointer (RFC 6901) from unescaped reference tokens.
    public static String pointer(Object... tokens) {
        StringBuilder pointer = new StringBuilder();
        for (Object token : tokens) {
            pointer.append('/').append(token.toString().replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /// Sets the member, whether it exists or not.
    public JsonPatch add(String pointer, String value) {
        return operation("add", pointer, quoted(value));
    }

    public JsonPatch add(String pointer, Map<String, String> value) {
        List<String> members =
                value.entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(member -> quoted(member.getKey()) + ":" + quoted(member.getValue()))
                        .toList();
        return operation("add", pointer, "{" + String.join(",", members) + "}");
    }

    public JsonPatch remove(String pointer) {
        operations.add("{\"op\":\"remove\",\"path\":" + quoted(pointer) + "}");
        return this;
    }

    /// The whole patch fails unless the member has this value.
    public JsonPatch test(String pointer, String value) {
        return operation("test", pointer, quoted(value));
    }

    /// The operations of another patch after these.
    public JsonPatch and(JsonPatch more) {
        operations.addAll(more.operations);
        return this;
    }

    /// The patch as JSON text.
    public String json() {
        return "[" + String.join(",", operations) + "]";
    }

    /// The form an `AdmissionResponse` carries it in.
    public String base64() {
        return Base64.getEncoder().encodeToString(json().getBytes(StandardCharsets.UTF_8));
    }

    private JsonPatch operation(String name, String pointer, String value) {
        operations.add(
                "{\"op\":\""
                        + name
                        + "\",\"path\":"
                        + quoted(pointer)
                        + ",\"value\":"
                        + value
                        + "}");
        return this;
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
