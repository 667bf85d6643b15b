package dev.twinstack.bgp.wire;

import java.util.ArrayList;
import java.util.List;

/// What RFC 7606 demands for one UPDATE: the strongest reaction to any fault wins (section 3 h).
final class UpdateJudgement {

    private final UpdateMessage update;
    private final AttributeReader reader;
    private final WireOptions options;
    private final boolean reachable;

    private UpdateJudgement(UpdateMessage update, AttributeReader reader, WireOptions options) {
        this.update = update;
        this.reader = reader;
        this.options = options;
        this.reachable =
                !update.announced().isEmpty() || reader.hasSeen(AttributeType.MP_REACH_NLRI);
    }

    static Decoded judge(UpdateMessage update, AttributeReader reader, WireOptions options) {
        return new UpdateJudgement(update, reader, options).judge();
    }

    private Decoded judge() {
        if (!reachable) {
            return judgeWithoutPrefixes();
        }
        List<AttributeFault> implausible = implausible();
        if (reader.faults().isEmpty() && reader.flagFaults().isEmpty() && implausible.isEmpty()) {
            return new Decoded.Message(update);
        }
        List<AttributeFault> faults = new ArrayList<>(reader.faults());
        faults.addAll(reader.flagFaults());
        faults.addAll(implausible);
        return new Decoded.Repaired(
                demandsWithdrawal(faults) ? update.asWithdrawal() : update, faults);
    }

    /// Without a reachable prefix there is nothing to withdraw, so a broken value costs the
    /// session: prefixes may have been lost in it (RFC 7606 section 5.2). Wrong flags alone say
    /// nothing about where an attribute ends and are let pass, as FRR and GoBGP do.
    private Decoded judgeWithoutPrefixes() {
        List<AttributeFault> faults = reader.faults();
        if (reader.hasMoreThanUnreach() && demandsWithdrawal(faults)) {
            return Decoded.error(
                    ErrorCode.MALFORMED_ATTRIBUTE_LIST,
                    "no reachable prefix beside a broken attribute: " + faults.getFirst());
        }
        if (faults.isEmpty() && reader.flagFaults().isEmpty()) {
            return new Decoded.Message(update);
        }
        List<AttributeFault> all = new ArrayList<>(faults);
        all.addAll(reader.flagFaults());
        return new Decoded.Repaired(update, all);
    }

    private static boolean demandsWithdrawal(List<AttributeFault> faults) {
        return faults.stream()
                .anyMatch(fault -> fault.reaction() == AttributeFault.Reaction.TREAT_AS_WITHDRAW);
    }

    /// What is wrong with the attributes taken together: missing ones (RFC 7606 section 3 d,
    /// LOCAL_PREF by RFC 4271 section 5.1.5), a next hop no router can have, and a route from
    /// outside that has been through no AS.
    private List<AttributeFault> implausible() {
        List<AttributeFault> faults = List.of();
        faults = require(AttributeType.ORIGIN, faults);
        faults = require(AttributeType.AS_PATH, faults);
        if (options.internal()) {
            faults = require(AttributeType.LOCAL_PREF, faults);
        } else if (update.attributes().contains(AsPath.EMPTY)) {
            faults = with(faults, AttributeType.AS_PATH, "empty from an eBGP peer");
        }
        if (!update.announced().isEmpty()) {
            faults = require(AttributeType.NEXT_HOP, faults);
            NextHop nextHop = update.attribute(NextHop.class).orElse(null);
            if (nextHop != null && !nextHop.isPlausible()) {
                faults = with(faults, AttributeType.NEXT_HOP, "can't be " + nextHop.address());
            }
        }
        return faults;
    }

    private List<AttributeFault> require(AttributeType type, List<AttributeFault> faults) {
        return reader.hasSeen(type) ? faults : with(faults, type, "is missing");
    }

    private static List<AttributeFault> with(
            List<AttributeFault> faults, AttributeType type, String reason) {
        List<AttributeFault> more = new ArrayList<>(faults);
        more.add(AttributeFault.withdraw(type, reason));
        return more;
    }
}
