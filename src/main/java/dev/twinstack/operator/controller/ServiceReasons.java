package dev.twinstack.operator.controller;

import static java.util.stream.Collectors.joining;

import dev.twinstack.admission.ServiceError;
import dev.twinstack.admission.ServiceReader;
import dev.twinstack.admission.ServiceReading;
import dev.twinstack.allocation.Explanation;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.ServiceExplanation;
import io.fabric8.kubernetes.api.model.Service;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Explains a Service by what it says and by the book.
final class ServiceReasons {

    private ServiceReasons() {}

    /// @param stored empty where there is no such Service
    /// @param namespaceLabels empty where they matter and are not known
    static ExplainAnswer answer(
            ServiceKey service,
            Optional<Service> stored,
            Function<String, Optional<Map<String, String>>> namespaceLabels,
            ServiceReader reader,
            AddressBook book) {
        if (stored.isEmpty()) {
            return new ExplainAnswer.NoService();
        }
        return namespaceLabels
                .apply(service.namespace())
                .map(labels -> reader.stored(stored.get(), labels))
                .<ExplainAnswer>map(reading -> new ExplainAnswer.Found(of(service, reading, book)))
                .orElseGet(ExplainAnswer.LabelsUnknown::new);
    }

    private static ServiceExplanation of(
            ServiceKey service, ServiceReading reading, AddressBook book) {
        return switch (reading) {
            case ServiceReading.NotLoadBalancer _ ->
                    silent(service, book, "it is not of type LoadBalancer, so it has no address");
            case ServiceReading.OtherClass _ ->
                    silent(
                            service,
                            book,
                            "its loadBalancerClass is not the one that this controller serves"
                                    + " (twinstack run --lb-class): it is left to another program");
            case ServiceReading.NoClusterIp _ ->
                    silent(
                            service,
                            book,
                            "it has no clusterIP, so its address families are not known");
            case ServiceReading.Wrong wrong ->
                    silent(
                            service,
                            book,
                            wrong.errors().stream().map(ServiceError::text).collect(joining("; ")));
            case ServiceReading.Asks asks -> {
                Explanation explanation = book.read(its -> its.explain(asks.request()));
                yield new ServiceExplanation(
                        service,
                        DecisionText.of(
                                explanation.decision(), book.read(its -> its.move(service))),
                        Optional.of(explanation),
                        book.read(its -> its.last(service)));
            }
        };
    }

    private static ServiceExplanation silent(ServiceKey service, AddressBook book, String verdict) {
        return new ServiceExplanation(
                service, verdict, Optional.empty(), book.read(its -> its.last(service)));
    }
}
