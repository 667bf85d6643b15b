package dev.twinstack.config;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;

/// The two forms of an entry of `spec.addresses`: a prefix, whose host bits are dropped, or
/// `first-last`, with blanks allowed around both. A bare address is neither.
final class RangeText {

    private RangeText() {}

    /// @throws IllegalArgumentException with one line that names the text
    static IpRange parse(String text) {
        int dash = text.indexOf('-');
        try {
            if (dash < 0) {
                return IpPrefix.parse(text).range();
            }
            return new IpRange(
                    IpAddress.parse(text.substring(0, dash).strip()),
                    IpAddress.parse(text.substring(dash + 1).strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is no range of addresses (192.0.2.0/24 or 192.0.2.1-192.0.2.9): %s"
                            .formatted(text, e.getMessage()),
                    e);
        }
    }
}
