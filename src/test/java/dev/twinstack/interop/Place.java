package dev.twinstack.interop;

/// Where a cell of the matrix is tested with one daemon.
sealed interface Place {

    /// By the test that goes over the matrix.
    record Here() implements Place {}

    /// Already by another test.
    record Elsewhere(String test) implements Place {}

    /// Nowhere: the daemon can't do it.
    record Impossible(String reason) implements Place {}
}
