package dev.twinstack.testing.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A real router on the lab's LAN.
public final class LabRouter implements AutoCloseable {

    private final LabLan lan;
    private final String name;
    private final List<String> addresses;

    /// @param addresses with their prefix length
    LabRouter(LabLan lan, String name, List<String> addresses) {
        this.lan = lan;
        this.name = name;
        this.addresses = List.copyOf(addresses);
    }

    public String ipv4() {
        return address(false);
    }

    public String ipv6() {
        return address(true);
    }

    private String address(boolean ipv6) {
        return addresses.stream()
                .filter(address -> address.contains(":") == ipv6)
                .map(address -> address.substring(0, address.indexOf('/')))
                .findFirst()
                .orElseThrow();
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

    /// Stops all of it in its tracks: connections stay, nothing is read or said.
    public void freeze() {
        lan.router("freeze", "--name", name);
    }

    public void thaw() {
        lan.router("thaw", "--name", name);
    }

    /// Ends it as if the machine had died, and starts it again.
    public void restartHard() {
        lan.router("restart", "--name", name, "--hard");
    }

    /// What `ip` says in the router's namespace.
    public String ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(Arrays.asList(arguments));
        return LabCommand.run(command);
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
