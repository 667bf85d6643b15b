package dev.twinstack.operator.controller;

import static java.util.Comparator.comparing;

import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Holding;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.Retained;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.AddressUse.State;
import dev.twinstack.operator.ServiceExplanation.LastDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lists who has which address.
final class AddressUses {

    private final Allocator allocator;
    private final List<AddressUse> uses = new ArrayList<>();

    private AddressUses(Allocator allocator) {
        this.allocator = allocator;
    }

    /// By pool, then address, then holder.
    static List<AddressUse> of(Allocator allocator, DecisionLog decisions) {
        AddressUses all = new AddressUses(allocator);
        Map<ServiceKey, Holding> held = allocator.holdings();
        held.forEach((service, holding) ->
                all.add(
                        holding,
                        State.ASSIGNED,
                        service,
                        decisions.last(service).map(LastDecision::since)));
        allocator
                .reservations()
                .forEach((service, holding) ->
                        all.add(holding, State.RESERVED, service, Optional.empty()));
        allocator
                .claims()
                .forEach((claim, holding) ->
                        all.add(
                                holding.addresses(),
                                holding.pool(),
                                State.CLAIMED,
                                claim.toString(),
                                Optional.empty(),
                                Optional.empty()));
        allocator.retained().forEach(all::addKept);
        allocator.pools().forEach(all::addExcluded);
        return all.uses.stream()
                .sorted(
                        comparing(AddressUse::pool)
                                .thenComparing(use -> use.addresses().first())
                                .thenComparing(AddressUse::state)
                                .thenComparing(AddressUse::holder))
                .toList();
    }

    private void add(Holding holding, State state, ServiceKey service, Optional<Instant> since) {
        add(
                holding.addresses(),
                holding.pool(),
                state,
                service.toString(),
                since,
                Optional.empty());
    }

    private void addKept(Retained kept) {
        add(
                kept.addresses(),
                "",
                State.KEPT,
                kept.service().toString(),
                Optional.empty(),
                Optional.of(kept.reusableFrom()));
    }

    /// @param home the pool where none has the address any more
    private void add(
            List<IpAddress> addresses,
            String home,
            State state,
            String holder,
            Optional<Instant> since,
            Optional<Instant> until) {
        for (IpAddress address : addresses) {
            uses.add(
                    new AddressUse(
                            new IpRange(address, address),
                            allocator.poolOf(address).orElse(home),
                            state,
                            holder,
                            since,
                            until));
        }
    }

    private void addExcluded(Pool pool) {
        for (IpRange range : pool.policy().excluded()) {
            uses.add(
                    new AddressUse(
                            range,
                            pool.name(),
                            State.EXCLUDED,
                            "",
                            Optional.empty(),
                            Optional.empty()));
        }
    }
}
