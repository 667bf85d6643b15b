package dev.twinstack.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.install.ManifestText;
import dev.twinstack.install.OwnManifests;
import dev.twinstack.install.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// `twinstack manifest`: what to apply to a cluster.
@Command(
        name = "manifest",
        description = {
            "Prints the manifests of the program, as they stand in kubernetes/.",
            "Without --role: all that a cluster of several nodes needs."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack manifest | kubectl apply --server-side -f -",
            "  twinstack manifest --role all --image registry.example/twinstack:0.1.0",
            "  twinstack manifest --role crds"
        })
final class ManifestCommand implements Callable<Integer> {

    private static final String ROLES = "crds, common, controller, speaker, all, node-config";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            converter = PartName.class,
            description = "Only this part: " + ROLES + "; may be repeated")
    private List<Part> parts = List.of();

    @Option(
            names = "--image",
            paramLabel = "REF",
            description = "The program's image, in place of the one in the manifests")
    private @Nullable String image;

    @Override
    public Integer call() {
        List<ObjectNode> objects = new ArrayList<>();
        for (Part part : parts) {
            if (!OwnManifests.has(part)) {
                throw new FailedException("this version has no manifests of " + part);
            }
            objects.addAll(OwnManifests.of(part));
        }
        if (parts.isEmpty()) {
            objects.addAll(OwnManifests.all());
        }
        spec.commandLine()
                .getOut()
                .print(
                        ManifestText.of(
                                image == null ? objects : OwnManifests.withImage(objects, image)));
        spec.commandLine().getOut().flush();
        return 0;
    }

    /// As [Part#toString] writes them.
    static final class PartName implements ITypeConverter<Part> {
        @Override
        public Part convert(String text) {
            for (Part part : Part.values()) {
                if (part.toString().equals(text.toLowerCase(Locale.ROOT))) {
                    return part;
                }
            }
            throw new TypeConversionException("'%s' is none of %s".formatted(text, ROLES));
        }
    }
}
