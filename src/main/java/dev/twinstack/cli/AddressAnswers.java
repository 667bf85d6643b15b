package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;

/// Who knows about addresses and routes: the leading controller, or the objects of the cluster.
/// Both answer in the API's JSON, and with a [FailedException] where they can't.
interface AddressAnswers {

    JsonNode pools();

    JsonNode addresses();

    JsonNode explain(String namespace, String service);

    /// @param prefix or address, checked already
    JsonNode explainRoute(String prefix);
}
