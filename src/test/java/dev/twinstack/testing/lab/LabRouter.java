package dev.twinstack.testing.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A real router on the lab's LAN.
public final class LabRouter implements AutoCloseable {

    private final LabLan lan;
    private final String name;
    private final int number;

    LabRouter(LabLan lan, String name, int number) {
        this.lan = lan;
        this.name = name;
        this.number = number;
    }

    public String ipv4() {
        return "10.66.0." + number;
    }

    public String ipv6() {
        return "fd66::" + number;
    }

    /// What it answers on its own command line: for FRR each argument is one command, for the
    /// others they are the words of one.
    public String show(String... command) {
        List<String> arguments = new ArrayList<>(List.of("--name", name));
        arguments.addAll(Arrays.asList(command));
        return lan.router("show", arguments.toArray(String[]::new));
    }

    /// Stops one of FRR's daemons in its tracks: `zebra`, `bgpd`, `bfdd`.
    public void freeze(String daemon) {
        lan.router("freeze", "--name", name, "--daemon", daemon);
    }

    public void thaw(String daemon) {
        lan.router("thaw", "--name", name, "--daemon", daemon);
    }

    /// Stops it, properly.
    public void stop() {
        lan.router("stop", "--name", name);
    }

    @Override
    public void close() {
        stop();
        lan.remove(name);
    }
}
