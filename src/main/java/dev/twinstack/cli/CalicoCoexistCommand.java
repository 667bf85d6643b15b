package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.dualstack.CalicoCoexistence;
import dev.twinstack.dualstack.CalicoCoexistence.Outcome;
import dev.twinstack.dualstack.CalicoCoexistence.Way;
import dev.twinstack.dualstack.ClusterObjects;
import dev.twinstack.dualstack.ClusterReader;
import dev.twinstack.dualstack.PlanText;
import dev.twinstack.dualstack.Refusal;
import dev.twinstack.dualstack.Step.ObjectEdit;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.Reasons;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `twinstack calico coexist`: for clusters where Calico's BIRD holds the sessions to the routers.
@Command(
        name = "coexist",
        description = {
            "For clusters where Calico's BIRD holds the sessions to the routers, so that port 179 of the"
                    + " nodes is taken. --way calico has Calico announce the addresses that Twinstack"
                    + " gives; --way loopback has Twinstack announce to BIRD on 127.0.0.1."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown or done, or nothing to do",
            "1:refused, or the cluster could not be reached",
            "2:wrong use"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  twinstack calico coexist --plan",
            "  twinstack calico coexist --apply --way loopback --asn 64513"
        })
final class CalicoCoexistCommand implements Callable<Integer> {

    private static final String CALICO = "crd.projectcalico.org/v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private DualStackOptions options = new DualStackOptions();

    @ArgGroup(multiplicity = "1")
    private Doing doing = new Doing();

    /// One of the two has to be said.
    static final class Doing {
        @Option(names = "--plan", description = "Show what would change")
        private boolean plan;

        @Option(names = "--apply", description = "Change it")
        private boolean apply;

        boolean changes() {
            return apply && !plan;
        }
    }

    @Option(
            names = "--way",
            defaultValue = "calico",
            description = "Who announces: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Way way = Way.CALICO;

    @Option(
            names = "--asn",
            defaultValue = "64513",
            description = "With --way loopback: Twinstack's AS number (${DEFAULT-VALUE})")
    private long asn;

    @Option(
            names = "--prefix",
            paramLabel = "CIDR",
            description = "A prefix to announce, may be repeated (those of all IPAddressPools)")
    private List<String> prefixes = List.of();

    @Override
    public Integer call() {
        try (DualStackConnection cluster = options.connect()) {
            ClusterObjects objects = objects(cluster.client());
            Outcome outcome = CalicoCoexistence.plan(objects, way, pools(objects), asn);
            if (doing.changes()) {
                outcome.edits().forEach(edit -> change(cluster.client(), edit));
            }
            print(outcome);
            return outcome.refusals().isEmpty() ? 0 : 1;
        } catch (KubernetesClientException e) {
            throw new FailedException("cannot reach the cluster: " + Reasons.of(e));
        }
    }

    private static ClusterObjects objects(KubernetesClient client) {
        ClusterReader reader = new ClusterReader(client);
        List<JsonNode> all = new ArrayList<>(reader.read().all());
        all.addAll(reader.read(CALICO, "BGPConfiguration", "BGPPeer").all());
        return new ClusterObjects(all);
    }

    private List<IpPrefix> pools(ClusterObjects objects) {
        try {
            if (!prefixes.isEmpty()) {
                return prefixes.stream().map(IpPrefix::parse).toList();
            }
            return objects.of("metallb.io", "IPAddressPool")
                    .flatMap(pool -> pool.at("/spec/addresses").valueStream())
                    .flatMap(text -> range(text.asText()).prefixes().stream())
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new WrongUseException(
                    prefixes.isEmpty()
                            ? "an IPAddressPool can't be read, name --prefix: " + e.getMessage()
                            : "--prefix: " + e.getMessage());
        }
    }

    private static IpRange range(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? IpPrefix.parse(text).range()
                : new IpRange(
                        IpAddress.parse(text.substring(0, dash).strip()),
                        IpAddress.parse(text.substring(dash + 1).strip()));
    }

    private static void change(KubernetesClient client, ObjectEdit edit) {
        var resource =
                client.resource(JSON.convertValue(edit.after(), GenericKubernetesResource.class));
        if (edit.before() == null) {
            resource.create();
        } else {
            resource.update();
        }
    }

    private void print(Outcome outcome) {
        String text = options.json() ? json(outcome).toPrettyString() + "\n" : text(outcome);
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }

    private String text(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        for (Refusal refusal : outcome.refusals()) {
            text.append("%s: %s\n".formatted(refusal.about(), refusal.reason()))
                    .append("    do:  %s\n".formatted(refusal.remedy()))
                    .append("    see: %s\n".formatted(refusal.command()));
        }
        if (outcome.refusals().isEmpty() && outcome.edits().isEmpty()) {
            text.append("Nothing to do.\n");
        }
        for (ObjectEdit edit : outcome.edits()) {
            text.append(
                            "%s, because %s\n"
                                    .formatted(
                                            doing.changes()
                                                    ? PlanText.target(edit) + " (done)"
                                                    : PlanText.target(edit),
                                            edit.why()))
                    .append(PlanText.diff(edit).indent(4));
        }
        outcome.hints().forEach(hint -> text.append("  - ").append(hint).append('\n'));
        return text.toString();
    }

    private static ObjectNode json(Outcome outcome) {
        ObjectNode json = JSON.createObjectNode();
        json.set("refusals", JSON.valueToTree(outcome.refusals()));
        var edits = json.putArray("edits");
        outcome.edits()
                .forEach(edit ->
                        edits.addObject()
                                .put("object", edit.object().toString())
                                .put("why", edit.why())
                                .putPOJO("before", edit.before())
                                .putPOJO("after", edit.after()));
        json.set("hints", JSON.valueToTree(outcome.hints()));
        return json;
    }
}
