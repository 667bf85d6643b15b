package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.INTEGER;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// What is to be done with the addresses of some pools, beside what the pools themselves say.
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@Plural("addresspolicies")
@ShortNames("addrpol")
@JsonClassDescription(
        "AddressPolicy says how the addresses of IPAddressPools are given: to whom how many, which"
                + " ones never, what a full pool does, how long a deleted Service's address is kept,"
                + " and where Services move to. It stands beside the pools. Where two policies"
                + " target one pool, the older one holds.")
@AdditionalPrinterColumn(name = "Pools", type = STRING, jsonPath = ".status.pools")
@AdditionalPrinterColumn(
        name = "Accepted",
        type = STRING,
        jsonPath = ".status.conditions[?(@.type==\"Accepted\")].status")
@AdditionalPrinterColumn(
        name = "Reason",
        type = STRING,
        jsonPath = ".status.conditions[?(@.type==\"Accepted\")].reason")
@AdditionalPrinterColumn(name = "IPv4 Used", type = INTEGER, jsonPath = ".status.assigned.ipv4")
@AdditionalPrinterColumn(name = "IPv4 Free", type = INTEGER, jsonPath = ".status.available.ipv4")
@AdditionalPrinterColumn(name = "IPv6 Used", type = INTEGER, jsonPath = ".status.assigned.ipv6")
@AdditionalPrinterColumn(
        name = "IPv6 Free",
        type = INTEGER,
        jsonPath = ".status.available.ipv6",
        priority = 10)
@AdditionalPrinterColumn(
        name = "To Move",
        type = INTEGER,
        jsonPath = ".status.drain.remaining",
        priority = 10)
@AdditionalPrinterColumn(name = "Age", type = DATE, jsonPath = ".metadata.creationTimestamp")
public final class AddressPolicy extends CustomResource<AddressPolicySpec, AddressPolicyStatus>
        implements Namespaced {

    @Override
    @Required
    public AddressPolicySpec getSpec() {
        return super.getSpec();
    }
}
