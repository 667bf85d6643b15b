package dev.twinstack.admission.json;

import com.fasterxml.jackson.core.JsonParser;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import java.io.IOException;

/// Reads of a Service what decides about its addresses, and passes over the rest: that takes a
/// fraction of the full model's time. Never to be written back. For any thread.
public final class ServiceJson {

    private ServiceJson() {}

    /// @param json at the beginning of the object; at its end afterwards
    /// @throws UnusualJsonException where it is no `v1` Service, or not as the API server writes
    public static Service read(JsonParser json) throws IOException {
        Service service = new Service();
        service.setApiVersion(null);
        service.setKind(null);
        JsonFields.each(json, (name, value) -> member(service, name, value));
        if (!"Service".equals(service.getKind()) || !"v1".equals(service.getApiVersion())) {
            throw new UnusualJsonException("not a v1 Service");
        }
        return service;
    }

    /// An element of a ServiceList, which says nowhere what it is.
    ///
    /// @throws UnusualJsonException where it is not as the API server writes
    public static Service readItem(JsonParser json) throws IOException {
        Service service = new Service();
        JsonFields.each(json, (name, value) -> member(service, name, value));
        return service;
    }

    private static void member(Service service, String name, JsonParser json) throws IOException {
        switch (name) {
            case "apiVersion" -> service.setApiVersion(JsonFields.text(json));
            case "kind" -> service.setKind(JsonFields.text(json));
            case "metadata" -> service.setMetadata(metadata(json));
            case "spec" -> service.setSpec(spec(json));
            case "status" -> service.setStatus(status(json));
            default -> json.skipChildren();
        }
    }

    private static ObjectMeta metadata(JsonParser json) throws IOException {
        ObjectMeta metadata = new ObjectMeta();
        JsonFields.each(
                json,
                (name, value) -> {
                    switch (name) {
                        case "name" -> metadata.setName(JsonFields.text(value));
                        case "namespace" -> metadata.setNamespace(JsonFields.text(value));
                        case "creationTimestamp" ->
                                metadata.setCreationTimestamp(JsonFields.text(value));
                        case "deletionTimestamp" ->
                                metadata.setDeletionTimestamp(JsonFields.text(value));
                        case "labels" -> metadata.setLabels(JsonFields.texts(value));
                        case "annotations" -> metadata.setAnnotations(JsonFields.texts(value));
                        default -> value.skipChildren();
                    }
                });
        return metadata;
    }

    private static ServiceSpec spec(JsonParser json) throws IOException {
        ServiceSpec spec = new ServiceSpec();
        JsonFields.each(
                json,
                (name, value) -> {
                    switch (name) {
                        case "type" -> spec.setType(JsonFields.text(value));
                        case "loadBalancerClass" ->
                                spec.setLoadBalancerClass(JsonFields.text(value));
                        case "loadBalancerIP" -> spec.setLoadBalancerIP(JsonFields.text(value));
                        case "ipFamilyPolicy" -> spec.setIpFamilyPolicy(JsonFields.text(value));
                        case "ipFamilies" -> spec.setIpFamilies(JsonFields.textList(value));
                        case "clusterIP" -> spec.setClusterIP(JsonFields.text(value));
                        case "clusterIPs" -> spec.setClusterIPs(JsonFields.textList(value));
                        case "externalTrafficPolicy" ->
                                spec.setExternalTrafficPolicy(JsonFields.text(value));
                        case "selector" -> spec.setSelector(JsonFields.texts(value));
                        case "ports" -> spec.setPorts(JsonFields.list(value, ServiceJson::port));
                        default -> value.skipChildren();
                    }
                });
        return spec;
    }

    private static ServicePort port(JsonParser json) throws IOException {
        ServicePort port = new ServicePort();
        JsonFields.each(
                json,
                (name, value) -> {
                    switch (name) {
                        case "port" -> port.setPort(JsonFields.number(value));
                        case "protocol" -> port.setProtocol(JsonFields.text(value));
                        default -> value.skipChildren();
                    }
                });
        return port;
    }

    private static ServiceStatus status(JsonParser json) throws IOException {
        ServiceStatus status = new ServiceStatus();
        JsonFields.each(
                json,
                (name, value) -> {
                    if (name.equals("loadBalancer")) {
                        status.setLoadBalancer(loadBalancer(value));
                    } else {
                        value.skipChildren();
                    }
                });
        return status;
    }

    private static LoadBalancerStatus loadBalancer(JsonParser json) throws IOException {
        LoadBalancerStatus status = new LoadBalancerStatus();
        JsonFields.each(
                json,
                (name, value) -> {
                    if (name.equals("ingress")) {
                        status.setIngress(JsonFields.list(value, ServiceJson::ingress));
                    } else {
                        value.skipChildren();
                    }
                });
        return status;
    }

    private static LoadBalancerIngress ingress(JsonParser json) throws IOException {
        LoadBalancerIngressBuilder ingress = new LoadBalancerIngressBuilder();
        JsonFields.each(
                json,
                (name, value) -> {
                    switch (name) {
                        case "ip" -> ingress.withIp(JsonFields.text(value));
                        case "hostname" -> ingress.withHostname(JsonFields.text(value));
                        default -> value.skipChildren();
                    }
                });
        return ingress.build();
    }
}
