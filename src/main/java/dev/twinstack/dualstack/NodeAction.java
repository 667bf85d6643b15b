package dev.twinstack.dualstack;

import java.util.Map;

/// What node-config does on its node.
public sealed interface NodeAction {

    /// Copies files to where the backup is; what is there already stays.
    record BackUp(Map<String, String> files) implements NodeAction {}

    /// Keeps the files as they are now, and puts a launch configuration where MicroK8s' agent
    /// looks.
    record Write(String file, String text, Map<String, String> before) implements NodeAction {}

    /// Takes back a launch configuration that the agent does not take.
    record TakeBack(String file) implements NodeAction {}
}
