package dev.twinstack.allocation;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpRange;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// Why a Service does not get the addresses it asks for: one text for the webhook's refusal, the
/// Event and the condition.
public sealed interface Refusal {

    /// One line, without a full stop, that names the pools, numbers, addresses and other Services
    /// it is about.
    String text();

    /// Whether no other Service can change it by giving something back: the request itself, or the
    /// pools, must change. What is not permanent may work later.
    boolean permanent();

    /// Whether admission should refuse the Service or let it wait. What is permanent can't wait;
    /// what is not follows the policy of the pool it is about.
    default WhenFull whenFull() {
        return permanent() ? WhenFull.REFUSE : WhenFull.WAIT;
    }

    /// The request or the pools must change.
    sealed interface Permanent extends Refusal {
        @Override
        default boolean permanent() {
            return true;
        }
    }

    /// What others give back may help.
    sealed interface Passing extends Refusal {
        @Override
        default boolean permanent() {
            return false;
        }
    }

    /// The wanted addresses or the family policy don't go with the Service's own families.
    record FamiliesDoNotFit(String text) implements Permanent {}

    /// There is no pool at all.
    record NoPools() implements Permanent {
        @Override
        public String text() {
            return "there is no address pool";
        }
    }

    /// The pool named by annotation is not there.
    record UnknownPool(String pool, Collection<String> existing) implements Permanent {
        public UnknownPool {
            existing = existing.stream().sorted().toList();
        }

        @Override
        public String text() {
            return existing.isEmpty()
                    ? "pool %s does not exist".formatted(pool)
                    : "pool %s does not exist (there is: %s)"
                            .formatted(pool, String.join(", ", existing));
        }
    }

    /// An address is in no pool, in another one than named, in two different pools, or one that its
    /// pool avoids.
    record NotInPool(IpAddress address, String text) implements Permanent {}

    /// The pool is bound to other namespaces or labels; `why` follows the pool's name.
    record NotForService(String pool, String why) implements Permanent {
        @Override
        public String text() {
            return "pool %s %s".formatted(pool, why);
        }
    }

    /// The pool has no range of the family.
    record FamilyNotInPool(String pool, IpFamily family) implements Permanent {
        @Override
        public String text() {
            return "pool %s has no %s addresses".formatted(pool, family);
        }
    }

    /// Another Service has the address, and `why` says what keeps this one off it.
    record AddressTaken(IpAddress address, ServiceKey owner, String why) implements Passing {
        @Override
        public String text() {
            return "address %s is taken: %s".formatted(address, why);
        }
    }

    /// Nothing left in the pool. `note` says what sharing could not give, or is empty.
    record PoolExhausted(
            String pool, IpFamily family, PoolUsage.Family usage, String note, WhenFull whenFull)
            implements Passing {
        @Override
        public String text() {
            String reserved =
                    usage.reserved() == 0 ? "" : "; %d reserved".formatted(usage.reserved());
            String held =
                    usage.held() == 0
                            ? ""
                            : "; %d held by claims or kept for deleted Services"
                                    .formatted(usage.held());
            String more = note.isEmpty() ? "" : "; " + note;
            return "pool %s is exhausted (0 of %d %s free%s%s%s)"
                    .formatted(pool, usage.total(), family, reserved, held, more);
        }
    }

    /// The pool gives pairs only, and of none both addresses are free.
    record NoPairFree(String pool, WhenFull whenFull) implements Passing {
        @Override
        public String text() {
            return "pool %s has no pair of an IPv4 and an IPv6 address with the same host part free"
                    .formatted(pool);
        }
    }

    /// The namespace has as many addresses of the pool as its quota allows it.
    record QuotaExceeded(
            String pool,
            String namespace,
            IpFamily family,
            long used,
            long limit,
            WhenFull whenFull)
            implements Passing {
        @Override
        public String text() {
            return "namespace %s has %d %s addresses of pool %s, its quota is %d"
                    .formatted(namespace, used, family, pool, limit);
        }
    }

    /// The pool's policy takes the address out, by `range`.
    record Excluded(IpAddress address, String pool, IpRange range) implements Permanent {
        @Override
        public String text() {
            return "address %s is not used: the policy of pool %s excludes %s"
                    .formatted(
                            address,
                            pool,
                            range.first().equals(range.last()) ? range.first() : range);
        }
    }

    /// A claim has the address, and the Service does not use that claim.
    record HeldByClaim(IpAddress address, ClaimKey claim) implements Passing {
        @Override
        public String text() {
            return "address %s is held by claim %s".formatted(address, claim);
        }
    }

    /// The address belonged to a Service that was deleted, and nobody else gets it before `until`.
    record RetainedFor(IpAddress address, ServiceKey service, Instant until) implements Passing {
        @Override
        public String text() {
            return "address %s is kept for %s until %s".formatted(address, service, until);
        }
    }

    /// The claim that the Service names is not there, or has no addresses yet.
    record ClaimNotBound(ClaimKey claim) implements Passing {
        @Override
        public String text() {
            return "claim %s has no addresses: it does not exist or is not bound yet"
                    .formatted(claim);
        }
    }

    /// The claim that the Service names is not for it, or goes against what else it asks for; `why`
    /// follows the claim's name.
    record ClaimDoesNotFit(ClaimKey claim, String why) implements Permanent {
        @Override
        public String text() {
            return "claim %s %s".formatted(claim, why);
        }
    }

    /// The pool gives no new addresses.
    record PoolDraining(String pool, String replacement) implements Permanent {
        @Override
        public String text() {
            return "pool %s is draining and gives no new addresses (pool %s replaces it)"
                    .formatted(pool, replacement);
        }
    }

    /// The pool drains, but the Service itself asks to stay there; `why` says how.
    record AsksForDraining(String pool, String why) implements Permanent {
        @Override
        public String text() {
            return "the Service %s, and so can't leave pool %s".formatted(why, pool);
        }
    }

    /// The pool drains, but another Service that has the same address can't go: both stay together.
    record HeldBack(ServiceKey other, String why) implements Passing {
        @Override
        public String text() {
            return "it shares its address with %s, which can't move: %s".formatted(other, why);
        }
    }

    /// No pool can serve the Service; one reason per pool, those that may pass first.
    record NoPoolFits(List<Refusal> reasons) implements Refusal {

        private static final int TOLD = 8;

        public NoPoolFits {
            reasons = reasons.stream().sorted(comparing(Refusal::permanent)).toList();
        }

        @Override
        public String text() {
            String told = reasons.stream().limit(TOLD).map(Refusal::text).collect(joining("; "));
            int untold = reasons.size() - TOLD;
            return "no pool can serve it: "
                    + told
                    + (untold > 0 ? "; and %d more pools".formatted(untold) : "");
        }

        @Override
        public boolean permanent() {
            return reasons.stream().allMatch(Refusal::permanent);
        }

        /// One pool to wait for is enough to wait.
        @Override
        public WhenFull whenFull() {
            return reasons.stream().allMatch(reason -> reason.whenFull() == WhenFull.REFUSE)
                    ? WhenFull.REFUSE
                    : WhenFull.WAIT;
        }
    }
}
