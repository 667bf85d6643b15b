package dev.twinstack.addon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.twinstack.config.ConfigError;
import dev.twinstack.config.ConfigLoader;
import dev.twinstack.config.ConfigObjects;
import dev.twinstack.config.ConfigResult;
import dev.twinstack.crd.BGPAdvertisement;
import dev.twinstack.crd.BGPPeer;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.L2Advertisement;
import dev.twinstack.install.FoundObjects;
import dev.twinstack.install.OwnManifests;
import dev.twinstack.install.Part;
import dev.twinstack.install.Step;
import dev.twinstack.install.Target;
import dev.twinstack.migration.Configuration;
import dev.twinstack.migration.MetalLb;
import dev.twinstack.migration.MigrationPlan;
import dev.twinstack.migration.MigrationPlanner;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges an enable as a whole, and says what to do. Pure.
public final class EnablePlanner {

    private static final Map<String, Class<? extends HasMetadata>> KINDS =
            Map.of(
                    "IPAddressPool", IPAddressPool.class,
                    "BGPPeer", BGPPeer.class,
                    "BGPAdvertisement", BGPAdvertisement.class,
                    "L2Advertisement", L2Advertisement.class);

    private final EnableArguments arguments;
    private final FoundObjects found;
    private final String image;
    private final UserObjects wanted;
    private final List<Refusal> refusals = new ArrayList<>();

    private EnablePlanner(EnableArguments arguments, FoundObjects found, String image) {
        this.arguments = arguments;
        this.found = found;
        this.image = image;
        this.wanted = new UserObjects(arguments, found);
    }

    /// @param found the cluster's objects of the kinds that the addon's script reads
    /// @param serviceRanges what the API server was started with; empty if that is not known
    /// @param image of the program
    public static EnablePlan plan(
            EnableArguments arguments,
            FoundObjects found,
            List<String> serviceRanges,
            String image) {
        EnablePlanner planner = new EnablePlanner(arguments, found, image);
        ClusterRanges cluster = new ClusterRanges(found, serviceRanges);
        planner.refusals.addAll(new PoolJudge(cluster).judge(arguments.pools()));
        planner.refusals.addAll(new PeerJudge(cluster).judge(arguments));
        if (planner.refusals.isEmpty()) {
            planner.different();
            planner.configuration();
        }
        planner.dualStack();
        return planner.plan();
    }

    private EnablePlan plan() {
        Optional<MetalLb> metalLb = MetalLb.in(found).filter(MetalLb::isRunning);
        if (metalLb.isPresent() && !arguments.migrate()) {
            refusals.add(
                    new Refusal(
                            "MetalLB",
                            "it runs in namespace %s, and both would give and announce the same"
                                            .formatted(metalLb.get().namespace())
                                    + " addresses",
                            "add --migrate: its pools, peers and Services are taken over in place."
                                    + " (microk8s disable metallb would delete its pools and"
                                    + " peers.)"));
        }
        if (!refusals.isEmpty()) {
            return new EnablePlan.Refused(refusals);
        }
        return metalLb.isPresent() ? migrate(metalLb.get()) : install();
    }

    private EnablePlan migrate(MetalLb metalLb) {
        return switch (MigrationPlanner.there(found, metalLb, configured(), image)) {
            case MigrationPlan.Refused(List<String> reasons) ->
                    new EnablePlan.Refused(
                            reasons.stream()
                                    .map(reason ->
                                            new Refusal(
                                                    "--migrate",
                                                    reason,
                                                    "nothing was touched; docs/migrate-from-metallb"
                                                            + ".md tells more"))
                                    .toList());
            case MigrationPlan.Nothing _ -> install();
            case MigrationPlan.Steps(var steps, var undo, var notes) -> {
                List<Step> all = new ArrayList<>();
                all.add(AddonSteps.marker());
                all.addAll(steps);
                all.addAll(AddonSteps.userObjects(wanted.missing()));
                all.addAll(AddonSteps.dualStack(arguments.dualStack(), found, image));
                List<Step> back = new ArrayList<>(undo);
                back.addAll(undo());
                List<String> said = new ArrayList<>(notes);
                said.addAll(AddonNotes.of(arguments, found));
                yield new EnablePlan.Steps(all, back, said);
            }
        };
    }

    private EnablePlan install() {
        List<Step> steps = new ArrayList<>();
        steps.add(AddonSteps.marker());
        steps.addAll(MigrationPlanner.definitions());
        steps.addAll(AddonSteps.program(image));
        steps.addAll(AddonSteps.userObjects(wanted.missing()));
        steps.addAll(AddonSteps.dualStack(arguments.dualStack(), found, image));
        List<String> notes = new ArrayList<>();
        if (arguments.migrate()) {
            notes.add("No MetalLB runs in this cluster: there was nothing to migrate.");
        }
        notes.addAll(AddonNotes.of(arguments, found));
        return new EnablePlan.Steps(steps, undo(), notes);
    }

    private List<Step> undo() {
        return AddonSteps.undo(found, wanted.missing(), arguments.dualStack());
    }

    /// What is there is the user's own, and is not changed by the way.
    private void different() {
        for (Target target : wanted.different()) {
            refusals.add(
                    new Refusal(
                            target.toString(),
                            "it is there already, and says something else",
                            "change it where it is (microk8s kubectl -n %s edit %s %s), or enable"
                                            .formatted(
                                                    target.namespace(),
                                                    target.kind(),
                                                    target.name())
                                    + " without these arguments"));
        }
    }

    /// What the program itself would say of the new objects beside those that are there.
    private void configuration() {
        ConfigResult before = ConfigLoader.load(Configuration.of(found));
        for (ConfigError error : ConfigLoader.load(configured()).errorsSince(before)) {
            if (!error.isTransient()) {
                refusals.add(
                        new Refusal(
                                error.object(),
                                "%s: %s".formatted(error.path(), error.reason()),
                                "see: microk8s kubectl -n %s get ipaddresspools,bgppeers"
                                        .formatted(UserObjects.NAMESPACE)));
            }
        }
    }

    private ConfigObjects configured() {
        ConfigObjects objects = Configuration.of(found);
        for (ObjectNode object : wanted.missing()) {
            Class<? extends HasMetadata> type = KINDS.get(object.path("kind").asText());
            if (type != null) {
                objects = objects.with(FoundObjects.as(object, type));
            }
        }
        return objects;
    }

    private void dualStack() {
        if (arguments.dualStack().isPresent() && !OwnManifests.has(Part.NODE_CONFIG)) {
            refusals.add(
                    new Refusal(
                            "--dual-stack",
                            "this version can only show how, not do it",
                            "twinstack dualstack plan shows it"));
        }
    }
}
