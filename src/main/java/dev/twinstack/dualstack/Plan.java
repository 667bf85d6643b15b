package dev.twinstack.dualstack;

import java.util.List;

/// What the planner answers.
public sealed interface Plan {

    /// Nothing may be touched, and why.
    ///
    /// @param refusals at least one
    record Refused(List<Refusal> refusals) implements Plan {

        public Refused {
            refusals = List.copyOf(refusals);
            if (refusals.isEmpty()) {
                throw new IllegalArgumentException("a plan is not refused without a reason");
            }
        }
    }

    /// What to do, in order; nothing if all is as wanted.
    ///
    /// @param ranges all four, of which one family is given up on the way back
    /// @param notes what a person should know beside the steps
    record Steps(Goal goal, Ranges ranges, List<Step> steps, List<String> notes) implements Plan {

        public Steps {
            steps = List.copyOf(steps);
            notes = List.copyOf(notes);
        }

        public boolean isEmpty() {
            return steps.isEmpty();
        }
    }

    /// Where a plan leads.
    enum Goal {
        DUAL_STACK,
        SINGLE_STACK
    }
}
