package dev.twinstack.dualstack;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.Optional;

/// Judges the text of a wanted range: what it means, or what is wrong with it in one clause.
final class RangeText {

    private static final int MAPPED = 0xffff;

    private RangeText() {}

    /// The range, or why there is none.
    record Judgement(Optional<IpPrefix> range, String fault) {

        static Judgement good(IpPrefix range) {
            return new Judgement(Optional.of(range), "");
        }

        static Judgement bad(String fault, Object... values) {
            return new Judgement(Optional.empty(), fault.formatted(values));
        }
    }

    static Judgement judge(String text, IpFamily family) {
        if (text.indexOf('-') >= 0) {
            return ofRange(text);
        }
        IpPrefix range;
        IpAddress written;
        try {
            range = IpPrefix.parse(text);
            written = IpAddress.parse(text.substring(0, text.indexOf('/')));
        } catch (IllegalArgumentException e) {
            return Judgement.bad("%s", reason(e));
        }
        if (range.family() != family) {
            return Judgement.bad("%s is %s, an %s range is wanted", text, range.family(), family);
        }
        String kind = kind(range);
        if (!kind.isEmpty()) {
            return Judgement.bad("%s is %s", text, kind);
        }
        if (!written.equals(range.first())) {
            return Judgement.bad("%s has bits set behind its length; write %s", text, range);
        }
        return Judgement.good(range);
    }

    /// What makes a range useless for pods and Services; empty if nothing does.
    private static String kind(IpPrefix range) {
        IpAddress address = range.first();
        if (range.length() == 0) {
            return "every address there is";
        }
        if (address.isLinkLocal()) {
            return "link-local, good on one link only";
        }
        if (address.isMulticast()) {
            return "multicast";
        }
        if (isMapped(address)) {
            return "IPv4-mapped, which no packet carries";
        }
        if (address.isLoopback() || address.isUnspecified()) {
            return "reserved for the host itself";
        }
        return "";
    }

    private static boolean isMapped(IpAddress address) {
        return address.family() == IpFamily.IPV6
                && address.high() == 0
                && address.low() >>> 32 == MAPPED;
    }

    private static Judgement ofRange(String text) {
        int dash = text.indexOf('-');
        try {
            IpAddress first = IpAddress.parse(text.substring(0, dash).strip());
            IpAddress last = IpAddress.parse(text.substring(dash + 1).strip());
            return Judgement.bad(
                    "%s is a range from address to address, a prefix like %s is wanted",
                    new IpRange(first, last), new IpPrefix(first, prefixLength(first)));
        } catch (IllegalArgumentException e) {
            return Judgement.bad("%s; a prefix like fd01::/64 is wanted", reason(e));
        }
    }

    private static String reason(IllegalArgumentException e) {
        return String.valueOf(e.getMessage());
    }

    private static int prefixLength(IpAddress address) {
        return address.family() == IpFamily.IPV6 ? 64 : 16;
    }
}
