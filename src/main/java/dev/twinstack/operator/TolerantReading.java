package dev.twinstack.operator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;

/// Has the client read custom resources one by one: one that can't be read comes [Unreadable], and
/// does not take the list it is in, or the watch of its kind, with it.
@Singleton
final class TolerantReading implements KubernetesClientObjectMapperCustomizer {

    private static final List<String> ALWAYS_READABLE = List.of("apiVersion", "kind", "metadata");

    @Override
    public void customize(ObjectMapper mapper) {
        SimpleModule module = new SimpleModule("twinstack-tolerant-reading");
        module.setDeserializerModifier(new Modifier());
        mapper.registerModule(module);
    }

    private static final class Modifier extends BeanDeserializerModifier {
        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> reader) {
            return CustomResource.class.isAssignableFrom(bean.getBeanClass())
                    ? new Reader(reader)
                    : reader;
        }
    }

    private static final class Reader extends DelegatingDeserializer {
        Reader(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Reader(delegate);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context)
                throws IOException {
            JsonNode whole = context.readTree(parser);
            try {
                Object object = read(whole, parser, context);
                if (object instanceof HasMetadata resource && resource.getMetadata() != null) {
                    Unreadable.unmark(resource);
                }
                return object;
            } catch (JsonMappingException e) {
                Object object = read(headOf(whole), parser, context);
                if (object instanceof HasMetadata resource && resource.getMetadata() != null) {
                    Unreadable.mark(resource, "%s: %s".formatted(path(e), e.getOriginalMessage()));
                    return resource;
                }
                throw e;
            }
        }

        private Object read(JsonNode tree, JsonParser parser, DeserializationContext context)
                throws IOException {
            try (JsonParser again = tree.traverse(parser.getCodec())) {
                again.nextToken();
                return super.deserialize(again, context);
            }
        }

        private static JsonNode headOf(JsonNode whole) {
            return whole instanceof ObjectNode object
                    ? object.deepCopy().retain(ALWAYS_READABLE)
                    : whole;
        }

        /// `spec.addresses[0]`.
        private static String path(JsonMappingException failure) {
            StringBuilder path = new StringBuilder();
            for (JsonMappingException.Reference step : failure.getPath()) {
                if (step.getFieldName() == null) {
                    path.append('[').append(step.getIndex()).append(']');
                } else {
                    path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
                }
            }
            return path.toString();
        }
    }
}
