package dev.twinstack.dualstack;

/// One reason why nothing is done anywhere, with the way out.
///
/// @param about a node, a field of the spec, an object or the cluster
/// @param reason what is wrong
/// @param remedy what to do
/// @param command what shows it
public record Refusal(String about, String reason, String remedy, String command) {

    static Refusal ofNode(String node, String reason, String remedy, String command) {
        return new Refusal("node " + node, reason, remedy, command);
    }
}
