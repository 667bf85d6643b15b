package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// Addresses that somebody holds without a Service, or over the lives of several.
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@ShortNames("addrclaim")
@JsonClassDescription(
        "AddressClaim holds addresses with a life of their own: before a Service, between two, or"
                + " for something outside the cluster. A Service of the same namespace uses them by"
                + " the annotation twinstack.dev/claim, or by serviceRef here; nobody else gets"
                + " them.")
@AdditionalPrinterColumn(name = "Addresses", type = STRING, jsonPath = ".status.addresses")
@AdditionalPrinterColumn(name = "Pool", type = STRING, jsonPath = ".status.pool")
@AdditionalPrinterColumn(
        name = "Bound",
        type = STRING,
        jsonPath = ".status.conditions[?(@.type==\"Bound\")].status")
@AdditionalPrinterColumn(name = "Used By", type = STRING, jsonPath = ".status.usedBy")
@AdditionalPrinterColumn(
        name = "Why",
        type = STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
        priority = 10)
@AdditionalPrinterColumn(
        name = "Kept For",
        type = STRING,
        jsonPath = ".spec.serviceRef.name",
        priority = 10)
@AdditionalPrinterColumn(
        name = "Kept Until",
        type = STRING,
        jsonPath = ".spec.retention.keepUntil",
        priority = 10)
@AdditionalPrinterColumn(name = "Age", type = DATE, jsonPath = ".metadata.creationTimestamp")
public final class AddressClaim extends CustomResource<AddressClaimSpec, AddressClaimStatus>
        implements Namespaced {

    @Override
    @Required
    public AddressClaimSpec getSpec() {
        return super.getSpec();
    }
}
