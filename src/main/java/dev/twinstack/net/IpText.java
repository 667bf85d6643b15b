package dev.twinstack.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.regex.Pattern;

/// Text forms of addresses, through the IPAddress library with everything lenient turned off, so
/// that what Go's `netip` refuses (`192.168.1`, `010.0.0.1`, `1.2.3.4%x`) is refused here too.
final class IpText {

    private static final IPAddressStringParameters STRICT =
            new IPAddressStringParameters.Builder()
                    .allowAll(false)
                    .allowEmpty(false)
                    .allowSingleSegment(false)
                    .allowWildcardedSeparator(false)
                    .allowPrefix(false)
                    .allowPrefixOnly(false)
                    .allowMask(false)
                    .setRangeOptions(RangeParameters.NO_RANGE)
                    .getIPv4AddressParametersBuilder()
                    .allowLeadingZeros(false)
                    .allowUnlimitedLeadingZeros(false)
                    .allowPrefixLengthLeadingZeros(false)
                    .allowBinary(false)
                    .allow_inet_aton(false)
                    .setRangeOptions(RangeParameters.NO_RANGE)
                    .getParentBuilder()
                    .getIPv6AddressParametersBuilder()
                    .allowZone(false)
                    .allowBase85(false)
                    .allowBinary(false)
                    .allowMixed(true)
                    .allowPrefixLengthLeadingZeros(false)
                    .setRangeOptions(RangeParameters.NO_RANGE)
                    .getParentBuilder()
                    .toParams();

    /// The library forgives blanks around an address.
    private static final Pattern CHARACTERS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    private IpText() {}

    static IpAddress address(String text) {
        if (!CHARACTERS.matcher(text).matches()) {
            throw new IllegalArgumentException("invalid IP address \"%.60s\"".formatted(text));
        }
        try {
            IPAddress parsed = new IPAddressString(text, STRICT).toAddress();
            if (parsed != null && !parsed.isMultiple()) {
                return IpAddress.of(parsed.getBytes());
            }
        } catch (AddressStringException e) {
            throw new IllegalArgumentException("invalid IP address \"%s\"".formatted(text), e);
        }
        throw new IllegalArgumentException("invalid IP address \"%s\"".formatted(text));
    }

    static IpPrefix prefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("invalid CIDR \"%.60s\": no '/'".formatted(text));
        }
        String length = text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException(
                    "invalid CIDR \"%.60s\": bad prefix length".formatted(text));
        }
        IpAddress address = address(text.substring(0, slash));
        int bits = Integer.parseInt(length);
        if (bits > address.family().bits()) {
            throw new IllegalArgumentException(
                    "invalid CIDR \"%s\": prefix length over %d"
                            .formatted(text, address.family().bits()));
        }
        return new IpPrefix(address, bits);
    }

    static String text(IpAddress address) {
        return switch (address.family()) {
            case IPV4 -> new IPv4Address((int) address.low()).toCanonicalString();
            case IPV6 -> new IPv6Address(address.octets()).toCanonicalString();
        };
    }
}
