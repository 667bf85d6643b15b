package dev.twinstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.twinstack.observe.ControllerResource;
import dev.twinstack.observe.ExplainResource;
import dev.twinstack.observe.ExplanationItem;
import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.ExplainAnswer;

/// What the objects of the cluster say, in the form of the API.
record ClusterAnswers(ControllerView view) implements AddressAnswers {

    @Override
    public JsonNode pools() {
        return ApiJson.of(view.pools().stream().map(ControllerResource.PoolItem::of).toList());
    }

    @Override
    public JsonNode addresses() {
        return ApiJson.of(view.addresses().stream().map(ExplainResource.AddressItem::of).toList());
    }

    @Override
    public JsonNode explain(String namespace, String service) {
        return switch (view.explain(namespace, service)) {
            case ExplainAnswer.Found(var explanation) ->
                    ApiJson.of(ExplanationItem.of(explanation));
            case ExplainAnswer.NoService _ ->
                    throw new FailedException(
                            "the cluster has no Service %s/%s".formatted(namespace, service));
            case ExplainAnswer.LabelsUnknown _, ExplainAnswer.NotLeading _ ->
                    throw new FailedException("not enough could be read");
        };
    }
}
