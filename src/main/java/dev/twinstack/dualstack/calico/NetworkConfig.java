package dev.twinstack.dualstack.calico;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `cni_network_config` of Calico's ConfigMap. It is not JSON yet (`"mtu": __CNI_MTU__`), so it is
/// changed as text.
public final class NetworkConfig {

    private static final Pattern IPAM = Pattern.compile("\"type\"\\s*:\\s*\"calico-ipam\"");

    private NetworkConfig() {}

    /// Whether pods are given an address of the family: `ipv4` or `ipv6`. Calico's default is IPv4
    /// alone.
    public static boolean assigns(String config, String family) {
        Matcher matcher = assignment(family).matcher(config);
        return matcher.find() ? matcher.group(1).equals("true") : family.equals("ipv4");
    }

    /// The configuration with both families said, before the type of the IPAM plugin as MicroK8s'
    /// installer puts them.
    public static String assigning(String config, boolean ipv4, boolean ipv6) {
        return set(set(config, "ipv4", ipv4), "ipv6", ipv6);
    }

    /// The configuration that says nothing of a family.
    public static String silentOn(String config, String family) {
        return Pattern.compile("(?m)^[ \\t]*" + assignment(family).pattern() + "\\s*,[ \\t]*\\n")
                .matcher(config)
                .replaceAll("");
    }

    /// Whether the configuration says anything of a family.
    public static boolean mentions(String config, String family) {
        return assignment(family).matcher(config).find();
    }

    private static String set(String config, String family, boolean value) {
        Matcher present = assignment(family).matcher(config);
        if (present.find()) {
            return config.substring(0, present.start(1)) + value + config.substring(present.end(1));
        }
        Matcher ipam = IPAM.matcher(config);
        if (!ipam.find()) {
            return config;
        }
        int line = config.lastIndexOf('\n', ipam.start()) + 1;
        String indent = config.substring(line, ipam.start());
        String separator = indent.isBlank() ? "\n" + indent : " ";
        return config.substring(0, ipam.start())
                + "\"assign_%s\": \"%s\",".formatted(family, value)
                + separator
                + config.substring(ipam.start());
    }

    private static Pattern assignment(String family) {
        return Pattern.compile("\"assign_" + family + "\"\\s*:\\s*\"?(true|false)\"?");
    }
}
