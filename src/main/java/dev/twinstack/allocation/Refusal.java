package dev.twinstack.allocation;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
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

    /// The wanted addresses or the family policy don't go with the Service's own families.
    record FamiliesDoNotFit(String text) implements Refusal {
        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// There is no pool at all.
    record NoPools() implements Refusal {
        @Override
        public String text() {
            return "there is no address pool";
        }

        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// The pool named by annotation is not there.
    record UnknownPool(String pool, Collection<String> existing) implements Refusal {
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

        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// An address is in no pool, in another one than named, in two different pools, or one that its
    /// pool avoids.
    record NotInPool(IpAddress address, String text) implements Refusal {
        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// The pool is bound to other namespaces or labels; `why` follows the pool's name.
    record NotForService(String pool, String why) implements Refusal {
        @Override
        public String text() {
            return "pool %s %s".formatted(pool, why);
        }

        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// The pool has no range of the family.
    record FamilyNotInPool(String pool, IpFamily family) implements Refusal {
        @Override
        public String text() {
            return "pool %s has no %s addresses".formatted(pool, family);
        }

        @Override
        public boolean permanent() {
            return true;
        }
    }

    /// Another Service has the address, and `why` says what keeps this one off it.
    record AddressTaken(IpAddress address, ServiceKey owner, String why) implements Refusal {
        @Override
        public String text() {
            return "address %s is taken: %s".formatted(address, why);
        }

        @Override
        public boolean permanent() {
            return false;
        }
    }

    /// Nothing left in the pool. `note` says what sharing could not give, or is empty.
    record PoolExhausted(String pool, IpFamily family, long total, long reserved, String note)
            implements Refusal {
        @Override
        public String text() {
            String held = reserved == 0 ? "" : "; %d reserved".formatted(reserved);
            String more = note.isEmpty() ? "" : "; " + note;
            return "pool %s is exhausted (0 of %d %s free%s%s)"
                    .formatted(pool, total, family, held, more);
        }

        @Override
        public boolean permanent() {
            return false;
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
    }
}
