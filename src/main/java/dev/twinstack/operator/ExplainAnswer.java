package dev.twinstack.operator;

/// The answer to the question why a Service has the addresses it has.
public sealed interface ExplainAnswer {

    record Found(ServiceExplanation explanation) implements ExplainAnswer {}

    record NoService() implements ExplainAnswer {}

    /// Pools are bound to labels of namespaces, and those of the Service's have not been seen yet.
    record LabelsUnknown() implements ExplainAnswer {}

    /// Another process decides, or none.
    record NotLeading() implements ExplainAnswer {}
}
