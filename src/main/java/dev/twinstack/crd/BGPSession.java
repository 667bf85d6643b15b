package dev.twinstack.crd;

import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.DATE;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.INTEGER;
import static io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type.STRING;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/// One BGP session as its speaker sees it.
@Group(Twinstack.GROUP)
@Version(Twinstack.V1ALPHA1)
@JsonClassDescription(
        "BGPSession tells how the BGP session between one node and one BGPPeer fares. Speakers"
                + " write it; there is nothing to set.")
@AdditionalPrinterColumn(name = "Node", type = STRING, jsonPath = ".status.node")
@AdditionalPrinterColumn(name = "Peer", type = STRING, jsonPath = ".status.peer")
@AdditionalPrinterColumn(
        name = "Address",
        type = STRING,
        jsonPath = ".status.peerAddress",
        priority = 10)
@AdditionalPrinterColumn(name = "ASN", type = INTEGER, jsonPath = ".status.peerASN", priority = 10)
@AdditionalPrinterColumn(name = "State", type = STRING, jsonPath = ".status.state")
@AdditionalPrinterColumn(name = "Since", type = DATE, jsonPath = ".status.since")
@AdditionalPrinterColumn(
        name = "Families",
        type = STRING,
        jsonPath = ".status.families",
        priority = 10)
@AdditionalPrinterColumn(name = "Prefixes", type = STRING, jsonPath = ".status.prefixes")
@AdditionalPrinterColumn(name = "Problem", type = STRING, jsonPath = ".status.problems[0]")
@AdditionalPrinterColumn(
        name = "Last Error",
        type = STRING,
        jsonPath = ".status.lastError",
        priority = 10)
public final class BGPSession extends CustomResource<@Nullable Void, BGPSessionStatus>
        implements Namespaced {}
