package dev.twinstack.migration;

import dev.twinstack.install.Step;
import java.util.List;

/// What the planner answers.
public sealed interface MigrationPlan {

    /// Nothing may be touched, and why: each a sentence with what to do.
    record Refused(List<String> reasons) implements MigrationPlan {

        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /// There is nothing to migrate. @param why in a sentence
    record Nothing(String why) implements MigrationPlan {}

    /// What to do, in order.
    ///
    /// @param undo what puts back how it was, if a step fails
    /// @param notes what a person should know
    record Steps(List<Step> steps, List<Step> undo, List<String> notes) implements MigrationPlan {

        public Steps {
            steps = List.copyOf(steps);
            undo = List.copyOf(undo);
            notes = List.copyOf(notes);
        }
    }
}
