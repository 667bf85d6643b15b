package dev.twinstack.admission.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Walks over JSON. Each method begins at the first token of a value and ends at its last.
final class JsonFields {

    private JsonFields() {}

    /// What to do with the value of a member.
    @FunctionalInterface
    interface Member {
        void read(String name, JsonParser json) throws IOException;
    }

    /// All members of an object that are not null.
    ///
    /// @throws UnusualJsonException for anything else
    static void each(JsonParser json, Member member) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        while (json.nextToken() != JsonToken.END_OBJECT) {
            expect(json, JsonToken.FIELD_NAME);
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_NULL) {
                member.read(name, json);
            }
        }
    }

    static String text(JsonParser json) throws IOException {
        expect(json, JsonToken.VALUE_STRING);
        return json.getText();
    }

    static int number(JsonParser json) throws IOException {
        expect(json, JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    static boolean truth(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_TRUE) {
            expect(json, JsonToken.VALUE_FALSE);
        }
        return json.currentToken() == JsonToken.VALUE_TRUE;
    }

    static Map<String, String> texts(JsonParser json) throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        each(json, (name, value) -> texts.put(name, text(value)));
        return texts;
    }

    static List<String> textList(JsonParser json) throws IOException {
        return list(json, JsonFields::text);
    }

    /// Reads one element of a list.
    @FunctionalInterface
    interface Element<T> {
        T read(JsonParser json) throws IOException;
    }

    static <T> List<T> list(JsonParser json, Element<T> element) throws IOException {
        expect(json, JsonToken.START_ARRAY);
        List<T> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read(json));
        }
        return list;
    }

    static void expect(JsonParser json, @Nullable JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw new UnusualJsonException(
                    "%s at %s instead of %s"
                            .formatted(json.currentToken(), json.currentLocation(), token));
        }
    }
}
