package dev.twinstack.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.OwnManifests;
import dev.twinstack.install.Part;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Says how a cluster goes from MetalLB to this program and back. Two controllers never give
/// addresses at a time, and two speakers of a node never speak to one router: what is left is
/// stopped before what comes is started. Pure.
public final class MigrationPlanner {

    private static final String NAMESPACE = "metallb-system";
    private static final String APPS = "apps/v1";

    private MigrationPlanner() {}

    /// From MetalLB to this program, with the same objects.
    ///
    /// @param image of the program; empty for that of the manifests
    public static MigrationPlan there(FoundObjects found, String image) {
        Optional<MetalLb> metalLb = MetalLb.in(found);
        if (metalLb.isEmpty() || !metalLb.get().isRunning()) {
            return new MigrationPlan.Nothing("No MetalLB runs in this cluster.");
        }
        return there(found, metalLb.get(), Configuration.of(found), image);
    }

    /// The same, with objects that come beside those that are there.
    public static MigrationPlan there(
            FoundObjects found, MetalLb metalLb, ConfigObjects configuration, String image) {
        List<String> reasons = Preflight.check(found, metalLb, configuration);
        if (!reasons.isEmpty()) {
            return new MigrationPlan.Refused(reasons);
        }
        MetalLbSwitch stopper = new MetalLbSwitch(metalLb);
        List<Step> steps = new ArrayList<>(Definitions.note(found));
        steps.addAll(stopper.stopController());
        steps.addAll(definitions());
        steps.add(new Step.Apply("Create the webhooks and namespaces", own(Part.COMMON, image)));
        steps.add(new Step.Apply("Start the controller", own(Part.CONTROLLER, image)));
        steps.add(rollout("Wait for the controller", "Deployment", "twinstack-controller"));
        steps.addAll(stopper.stopSpeakers());
        steps.add(new Step.Apply("Start the speakers", own(Part.SPEAKER, image)));
        steps.add(rollout("Wait for the speakers", "DaemonSet", "twinstack-speaker"));
        return new MigrationPlan.Steps(steps, undo(found, metalLb), notes(metalLb));
    }

    /// Back to the MetalLB that a migration has stopped.
    public static MigrationPlan back(FoundObjects found) {
        Optional<MetalLb> metalLb = MetalLb.in(found);
        if (metalLb.isEmpty()) {
            return new MigrationPlan.Refused(
                    List.of(
                            "There is no MetalLB in this cluster to go back to. Install it; its"
                                    + " pools and peers are still there"));
        }
        if (!metalLb.get().isStopped()) {
            return new MigrationPlan.Nothing("MetalLB was not stopped by a migration.");
        }
        MetalLbSwitch starter = new MetalLbSwitch(metalLb.get());
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Delete("Remove our webhooks", webhooks()));
        steps.add(
                new Step.Delete(
                        "Stop our controller and speakers",
                        List.of(
                                workload("Deployment", "twinstack-controller"),
                                workload("DaemonSet", "twinstack-speaker"))));
        steps.add(ownPodsGone());
        steps.addAll(Definitions.restoreNoted(found));
        steps.addAll(starter.startController());
        steps.addAll(starter.startSpeakers());
        steps.addAll(starter.awaitStarted());
        steps.add(new Step.Delete("Remove our accounts and rights", rest()));
        return new MigrationPlan.Steps(
                steps,
                List.of(),
                List.of(
                        "AddressPolicies, AddressClaims and PeerPolicies stay, and mean nothing to"
                                + " MetalLB."));
    }

    /// Our definitions, served.
    public static List<Step> definitions() {
        List<ObjectNode> definitions = OwnManifests.of(Part.CRDS);
        return List.of(
                new Step.Apply("Create the kinds", definitions),
                new Step.AwaitKinds(
                        "Wait until the kinds are served",
                        definitions.stream().map(FoundObjects::name).toList()));
    }

    private static List<Step> undo(FoundObjects found, MetalLb metalLb) {
        MetalLbSwitch starter = new MetalLbSwitch(metalLb);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Delete("Remove our webhooks", webhooks()));
        steps.add(
                new Step.Delete(
                        "Remove our controller and speakers",
                        List.of(
                                workload("Deployment", "twinstack-controller"),
                                workload("DaemonSet", "twinstack-speaker"))));
        steps.add(ownPodsGone());
        steps.addAll(Definitions.restorePresent(found));
        steps.addAll(starter.startController());
        steps.addAll(starter.startSpeakers());
        steps.add(new Step.Delete("Remove our accounts and rights", rest()));
        return steps;
    }

    private static Step ownPodsGone() {
        return new Step.AwaitNoPods("Wait until our pods are gone", NAMESPACE, "app=twinstack");
    }

    private static List<String> notes(MetalLb metalLb) {
        List<String> notes = new ArrayList<>();
        notes.add(
                "Sessions to routers end with MetalLB's speakers and come up again with ours: for"
                        + " some seconds nothing is announced, unless the router keeps the routes"
                        + " (enableGracefulRestart).");
        metalLb.controllerFlag("--lb-class")
                .ifPresent(name ->
                        notes.add(
                                "MetalLB's controller runs with --lb-class=%s. Give ours the same:"
                                                .formatted(name)
                                        + " add it to the arguments of Deployment"
                                        + " twinstack-controller and DaemonSet twinstack-speaker."));
        return notes;
    }

    private static List<Target> webhooks() {
        return OwnManifests.of(Part.COMMON).stream()
                .filter(object -> object.path("kind").asText().endsWith("WebhookConfiguration"))
                .map(Target::of)
                .toList();
    }

    /// What is left of the program without its webhooks and workloads. The users' namespace is not
    /// ours.
    private static List<Target> rest() {
        List<Target> gone = new ArrayList<>(webhooks());
        gone.add(workload("Deployment", "twinstack-controller"));
        gone.add(workload("DaemonSet", "twinstack-speaker"));
        gone.add(Target.ofCluster("v1", "Namespace", NAMESPACE));
        return Stream.of(Part.SPEAKER, Part.CONTROLLER, Part.COMMON)
                .flatMap(part -> OwnManifests.of(part).stream())
                .map(Target::of)
                .filter(target -> !gone.contains(target))
                .toList();
    }

    private static List<ObjectNode> own(Part part, String image) {
        List<ObjectNode> objects = OwnManifests.of(part);
        return image.isEmpty() ? objects : OwnManifests.withImage(objects, image);
    }

    private static Step rollout(String what, String kind, String name) {
        return new Step.AwaitRollout(what, workload(kind, name));
    }

    private static Target workload(String kind, String name) {
        return new Target(APPS, kind, NAMESPACE, name);
    }
}
