package dev.twinstack.admission.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.twinstack.admission.ServicePage;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads one page of a list of Services, of each what [ServiceJson] reads.
public final class ServiceListJson {

    private static final JsonFactory JSON = new JsonFactory();

    private final List<Service> services = new ArrayList<>();
    private @Nullable String next;

    private ServiceListJson() {}

    /// Empty where this is not as the API server writes a list.
    public static Optional<ServicePage> read(String page) {
        ServiceListJson list = new ServiceListJson();
        try (JsonParser json = JSON.createParser(page)) {
            json.nextToken();
            JsonFields.each(json, list::member);
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.of(new ServicePage(list.services, list.next));
    }

    private void member(String name, JsonParser json) throws IOException {
        switch (name) {
            case "items" -> services.addAll(JsonFields.list(json, ServiceJson::readItem));
            case "metadata" -> JsonFields.each(json, this::metadata);
            default -> json.skipChildren();
        }
    }

    private void metadata(String name, JsonParser json) throws IOException {
        if (name.equals("continue")) {
            next = JsonFields.text(json);
        } else {
            json.skipChildren();
        }
    }
}
