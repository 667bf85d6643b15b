package dev.twinstack.admission;

import java.util.Set;
import java.util.TreeSet;

/// Where and how the webhooks are served, and the names of the objects they belong to.
///
/// @param host the address to listen on
/// @param port the port to listen on; 0: any free one
/// @param namespace the namespace of the configuration and of the Service
/// @param service the Service the API server reaches the webhooks through
/// @param extraNames what else the certificate has to be good for: DNS names and IP addresses, for
///   API servers that are told a URL instead of a Service
/// @param loadBalancerClass the class of the Services to serve; empty: those without one
public record WebhookSettings(
        String host,
        int port,
        String namespace,
        String service,
        Set<String> extraNames,
        String loadBalancerClass) {

    /// The name of the MutatingWebhookConfiguration and of the ValidatingWebhookConfiguration.
    public static final String CONFIGURATION = "twinstack";

    public static final String SECRET = "twinstack-webhook-cert";

    /// The CRD that has a conversion webhook.
    public static final String CONVERTED = "bgppeers.metallb.io";

    private static final String SERVICE = "twinstack-webhook-service";

    public WebhookSettings {
        extraNames = Set.copyOf(extraNames);
    }

    /// As in the manifests, on all addresses.
    public static WebhookSettings of(String namespace, int port) {
        return new WebhookSettings("0.0.0.0", port, namespace, SERVICE, Set.of(), "");
    }

    public WebhookSettings withExtraNames(Set<String> names) {
        return new WebhookSettings(host, port, namespace, service, names, loadBalancerClass);
    }

    public WebhookSettings withLoadBalancerClass(String name) {
        return new WebhookSettings(host, port, namespace, service, extraNames, name);
    }

    /// Where the Secret is: apart from the configuration, in whose namespace every speaker may read
    /// all Secrets.
    String secretNamespace() {
        return secretNamespace(namespace);
    }

    static String secretNamespace(String namespace) {
        return namespace + "-webhook";
    }

    /// Everything the certificate has to be good for.
    Set<String> certificateNames() {
        Set<String> names = new TreeSet<>(extraNames);
        names.add(service + "." + namespace + ".svc");
        names.add(service + "." + namespace + ".svc.cluster.local");
        return names;
    }
}
