package dev.twinstack.allocation;

/// What becomes of a Service that is created while there is no room for it.
public enum WhenFull {
    /// It is created, says so, and gets its addresses when there is room: MetalLB's way.
    WAIT,
    /// Admission refuses it. One that exists already waits all the same.
    REFUSE
}
