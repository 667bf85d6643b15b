package dev.twinstack.observe;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Explanation;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.PoolVerdict;
import dev.twinstack.allocation.Refusal;
import dev.twinstack.net.IpAddress;
import dev.twinstack.operator.ServiceExplanation;
import dev.twinstack.operator.ServiceExplanation.LastDecision;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [ServiceExplanation] as JSON.
///
/// @param asks null where the Service asks for nothing, or wrongly; so are the next three
public record ExplanationItem(
        String namespace,
        String name,
        String verdict,
        @Nullable Asks asks,
        @Nullable Has holds,
        @Nullable Has reserved,
        List<Verdict> pools,
        @Nullable LastDecision last) {

    /// What the Service asks for; empty texts and lists: nothing particular.
    public record Asks(
            String policy,
            List<String> families,
            String pool,
            List<String> addresses,
            String sharingKey,
            String claim) {
        static Asks of(AddressRequest request) {
            return new Asks(
                    request.policy().toString(),
                    request.families().stream().map(Objects::toString).toList(),
                    request.pool().orElse(""),
                    texts(request.wanted()),
                    request.sharing().key(),
                    request.claim().map(Objects::toString).orElse(""));
        }
    }

    /// Addresses of one pool.
    public record Has(String pool, List<String> addresses) {
        static @Nullable Has of(Holding holding) {
            return holding.isEmpty() ? null : new Has(holding.pool(), texts(holding.addresses()));
        }
    }

    /// What one pool can do.
    ///
    /// @param order 0: it is not tried
    /// @param addresses what it gives, or the Service keeps from it
    public record Verdict(
            String pool,
            int order,
            boolean fits,
            List<String> addresses,
            String why,
            ControllerResource.Family ipv4,
            ControllerResource.Family ipv6) {
        static Verdict of(PoolVerdict verdict) {
            return new Verdict(
                    verdict.pool(),
                    verdict.order(),
                    verdict.fits(),
                    texts(verdict.addresses()),
                    verdict.why().map(Refusal::text).orElse(""),
                    ControllerResource.Family.of(verdict.usage().ipv4()),
                    ControllerResource.Family.of(verdict.usage().ipv6()));
        }
    }

    public static ExplanationItem of(ServiceExplanation its) {
        Optional<Explanation> way = its.explanation();
        return new ExplanationItem(
                its.service().namespace(),
                its.service().name(),
                its.verdict(),
                way.map(Explanation::request).map(Asks::of).orElse(null),
                way.map(Explanation::held).map(Has::of).orElse(null),
                way.map(Explanation::reserved).map(Has::of).orElse(null),
                way.map(Explanation::pools).orElse(List.of()).stream().map(Verdict::of).toList(),
                its.last().orElse(null));
    }

    private static List<String> texts(List<IpAddress> addresses) {
        return addresses.stream().map(IpAddress::toString).toList();
    }
}
