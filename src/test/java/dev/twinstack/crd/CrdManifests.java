package dev.twinstack.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The files of `kubernetes/crds`: what fabric8's generator makes of the models, completed by
/// [CrdCompletion], one file a kind.
final class CrdManifests {

    static final List<Class<? extends CustomResource<?, ?>>> KINDS =
            List.of(
                    AddressClaim.class,
                    AddressPolicy.class,
                    BFDProfile.class,
                    BGPAdvertisement.class,
                    BGPPeer.class,
                    BGPPeerV1Beta1.class,
                    BGPSession.class,
                    Community.class,
                    ConfigurationState.class,
                    DualStack.class,
                    DualStackNode.class,
                    IPAddressPool.class,
                    L2Advertisement.class,
                    PeerPolicy.class,
                    ServiceBGPStatus.class,
                    ServiceL2Status.class);

    private static final String HEADER =
            """
            # Generated from the models in dev.twinstack.crd. To write it anew:
            #   mvn test -Dtest=CrdDriftTest -Dcrds.update=true
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .build();

    private CrdManifests() {}

    /// File name to content.
    static Map<String, String> generate() {
        Map<String, String> files = new TreeMap<>();
        definitions().forEach((name, crd) -> files.put(name + ".yaml", HEADER + yaml(crd)));
        return files;
    }

    /// Name of the CustomResourceDefinition to the whole object.
    static Map<String, ObjectNode> definitions() {
        Map<String, ObjectNode> definitions = new TreeMap<>();
        new CRDGenerator()
                .customResourceClasses(
                        KINDS.stream().<Class<? extends HasMetadata>>map(kind -> kind).toList())
                .forCRDVersions("v1")
                .withPostProcessor(
                        new CRDPostProcessor() {
                            @Override
                            public HasMetadata process(HasMetadata crd, String version) {
                                definitions.put(
                                        crd.getMetadata().getName(),
                                        CrdCompletion.complete(JSON.valueToTree(crd), KINDS));
                                return crd;
                            }
                        })
                .withOutput(new Nowhere())
                .detailedGenerate();
        return definitions;
    }

    private static String yaml(ObjectNode crd) {
        try {
            return YAML.writeValueAsString(crd);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /// The generator insists on writing somewhere.
    private static final class Nowhere implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {

        @Override
        public ByteArrayOutputStream outputFor(String crdName) {
            return new ByteArrayOutputStream();
        }

        @Override
        public URI crdURI(String crdName) {
            return URI.create("file:///" + crdName);
        }

        @Override
        public void close() {}
    }
}
