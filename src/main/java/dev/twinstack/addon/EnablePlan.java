package dev.twinstack.addon;

import dev.twinstack.install.Step;
import java.util.List;

/// What becomes of an enable.
public sealed interface EnablePlan {

    /// Nothing is applied. @param refusals at least one
    record Refused(List<Refusal> refusals) implements EnablePlan {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /// What to do, in order.
    ///
    /// @param undo what leaves the cluster as it was, if a step fails
    /// @param notes what a person should know, and do next
    record Steps(List<Step> steps, List<Step> undo, List<String> notes) implements EnablePlan {

        public Steps {
            steps = List.copyOf(steps);
            undo = List.copyOf(undo);
            notes = List.copyOf(notes);
        }
    }
}
