package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the path attributes of one UPDATE, in any order, and collects what is wrong with them.
/// What follows for the UPDATE as a whole is said by [UpdateJudgement].
final class AttributeReader {

    private static final int SHORT_HEADER = 3;
    private static final int EXTENDED_HEADER = 4;
    private static final int CATEGORY_BITS =
            UnknownAttribute.OPTIONAL | UnknownAttribute.TRANSITIVE;

    private final ByteBuf in;
    private final WireOptions options;
    private final boolean classicNlri;
    private final List<PathAttribute> attributes = new ArrayList<>(8);
    private final long[] seen = new long[4];
    private List<AttributeFault> faults = List.of();
    private List<AttributeFault> flagFaults = List.of();
    private Decoded.@Nullable SessionError sessionError;

    /// @param classicNlri whether prefixes stand behind the attributes, so that NEXT_HOP counts
    AttributeReader(ByteBuf in, WireOptions options, boolean classicNlri) {
        this.in = in;
        this.options = options;
        this.classicNlri = classicNlri;
    }

    void read(int start, int end) {
        int index = start;
        while (index < end && sessionError == null) {
            index = readOne(index, end);
        }
    }

    /// Reads one attribute and returns where the next one starts: at `end` if this one overruns the
    /// block (RFC 7606 section 4).
    private int readOne(int index, int end) {
        int left = end - index;
        int flags = in.getUnsignedByte(index);
        boolean extended = (flags & UnknownAttribute.EXTENDED_LENGTH) != 0;
        int header = extended ? EXTENDED_HEADER : SHORT_HEADER;
        if (left < header) {
            AttributeType type = new AttributeType(left > 1 ? in.getUnsignedByte(index + 1) : 0);
            add(AttributeFault.withdraw(type, "the header is cut off"));
            return end;
        }
        int code = in.getUnsignedByte(index + 1);
        int length = extended ? in.getUnsignedShort(index + 2) : in.getUnsignedByte(index + 2);
        if (length > left - header) {
            overrun(index, end, new AttributeType(code), length);
            return end;
        }
        int value = index + header;
        readValue(index, flags, code, value, value + length);
        return value + length;
    }

    /// RFC 7606 section 4; of a cut MP_REACH_NLRI or MP_UNREACH_NLRI it can't be told which
    /// prefixes were meant (section 3 j).
    private void overrun(int index, int end, AttributeType type, int length) {
        String reason = "%d octets overrun the attributes".formatted(length);
        if (isMultiprotocol(type)) {
            sessionError =
                    sessionError(AttributeFault.reset(type, reason), Octets.read(in, index, end));
        } else {
            add(AttributeFault.withdraw(type, reason));
            markSeen(type.code());
        }
    }

    private void readValue(int header, int flags, int code, int start, int end) {
        if (hasSeen(code)) {
            duplicate(code);
            return;
        }
        markSeen(code);
        if (options.fourOctetAs() && isForTwoOctetSpeakers(code)) {
            add(
                    AttributeFault.discard(
                            new AttributeType(code), "from a peer with four-octet AS numbers"));
            return;
        }
        checkFlags(code, flags);
        switch (value(flags, code, start, end)) {
            case PathAttribute attribute -> attributes.add(attribute);
            case AttributeFault fault when code == AttributeType.NEXT_HOP.code() && !classicNlri ->
                    add(AttributeFault.discard(fault.type(), fault.reason()));
            case AttributeFault fault -> {
                add(fault);
                if (fault.reaction() == AttributeFault.Reaction.SESSION_RESET) {
                    sessionError = sessionError(fault, Octets.read(in, header, end));
                }
            }
        }
    }

    /// RFC 7606 section 3 g.
    private void duplicate(int code) {
        AttributeType type = new AttributeType(code);
        if (isMultiprotocol(type)) {
            sessionError =
                    Decoded.error(ErrorCode.MALFORMED_ATTRIBUTE_LIST, type + " appears twice");
        } else {
            add(AttributeFault.discard(type, "appears again"));
        }
    }

    private static boolean isMultiprotocol(AttributeType type) {
        return type.equals(AttributeType.MP_REACH_NLRI)
                || type.equals(AttributeType.MP_UNREACH_NLRI);
    }

    private static boolean isForTwoOctetSpeakers(int code) {
        return code == AttributeType.AS4_PATH.code() || code == AttributeType.AS4_AGGREGATOR.code();
    }

    /// RFC 7606 section 3 c: Optional and Transitive, and nothing else.
    private void checkFlags(int code, int flags) {
        int expected = AttributeType.category(code).flags();
        if (expected != 0 && (flags & CATEGORY_BITS) != expected) {
            if (flagFaults.isEmpty()) {
                flagFaults = new ArrayList<>(1);
            }
            flagFaults.add(
                    AttributeFault.withdraw(
                            new AttributeType(code), "wrong flags 0x%02x".formatted(flags)));
        }
    }

    private AttributeOutcome value(int flags, int code, int start, int end) {
        return switch (code) {
            case 1 -> Origin.decode(in, start, end);
            case 2 -> AsPath.decode(in, start, end, options);
            case 3 -> NextHop.decode(in, start, end);
            case 4 -> MultiExitDiscriminator.decode(in, start, end);
            case 5 -> LocalPreference.decode(in, start, end, options);
            case 6 -> AtomicAggregate.decode(start, end);
            case 7 -> Aggregator.decode(in, start, end, options);
            case 8 -> Communities.decode(in, start, end);
            case 9 -> OriginatorId.decode(in, start, end, options);
            case 10 -> ClusterList.decode(in, start, end, options);
            case 14 -> MpReach.decode(in, start, end, options);
            case 15 -> MpUnreach.decode(in, start, end, options);
            case 16 -> ExtendedCommunities.decode(in, start, end);
            case 17 -> As4Path.decode(in, start, end);
            case 18 -> As4Aggregator.decode(in, start, end);
            case 32 -> LargeCommunities.decode(in, start, end);
            case 35 -> OnlyToCustomer.decode(in, start, end);
            default -> UnknownAttribute.decode(new AttributeType(code), flags, in, start, end);
        };
    }

    private static Decoded.SessionError sessionError(AttributeFault fault, Octets attribute) {
        ErrorCode code =
                switch (fault.type().category()) {
                    case UNKNOWN -> ErrorCode.UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE;
                    case WELL_KNOWN, OPTIONAL_TRANSITIVE, OPTIONAL_NON_TRANSITIVE ->
                            ErrorCode.OPTIONAL_ATTRIBUTE_ERROR;
                };
        return Decoded.error(code, attribute, fault.toString());
    }

    private void add(AttributeFault fault) {
        if (faults.isEmpty()) {
            faults = new ArrayList<>(2);
        }
        faults.add(fault);
    }

    private void markSeen(int code) {
        seen[code >>> 6] |= 1L << code;
    }

    private boolean hasSeen(int code) {
        return (seen[code >>> 6] & 1L << code) != 0;
    }

    /// Whether the type is there at all, well-formed or not.
    boolean hasSeen(AttributeType type) {
        return hasSeen(type.code());
    }

    /// All that could be read, in the order of the message.
    List<PathAttribute> attributes() {
        return attributes;
    }

    /// Whether anything but MP_UNREACH_NLRI is there.
    boolean hasMoreThanUnreach() {
        long unreach = 1L << AttributeType.MP_UNREACH_NLRI.code();
        return ((seen[0] & ~unreach) | seen[1] | seen[2] | seen[3]) != 0;
    }

    /// What is wrong with values and lengths.
    List<AttributeFault> faults() {
        return faults;
    }

    /// Attributes of the wrong category; all else about them is in order or in [#faults].
    List<AttributeFault> flagFaults() {
        return flagFaults;
    }

    /// Why the session must end; nothing was read behind that.
    Decoded.@Nullable SessionError sessionError() {
        return sessionError;
    }
}
