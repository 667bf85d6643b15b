package dev.twinstack.bgp.wire;

/// The type octet of a path attribute, an open code point.
public record AttributeType(int code) {

    public static final AttributeType ORIGIN = new AttributeType(1);
    public static final AttributeType AS_PATH = new AttributeType(2);
    public static final AttributeType NEXT_HOP = new AttributeType(3);
    public static final AttributeType MULTI_EXIT_DISC = new AttributeType(4);
    public static final AttributeType LOCAL_PREF = new AttributeType(5);
    public static final AttributeType ATOMIC_AGGREGATE = new AttributeType(6);
    public static final AttributeType AGGREGATOR = new AttributeType(7);
    public static final AttributeType COMMUNITIES = new AttributeType(8);
    public static final AttributeType ORIGINATOR_ID = new AttributeType(9);
    public static final AttributeType CLUSTER_LIST = new AttributeType(10);
    public static final AttributeType MP_REACH_NLRI = new AttributeType(14);
    public static final AttributeType MP_UNREACH_NLRI = new AttributeType(15);
    public static final AttributeType EXTENDED_COMMUNITIES = new AttributeType(16);
    public static final AttributeType AS4_PATH = new AttributeType(17);
    public static final AttributeType AS4_AGGREGATOR = new AttributeType(18);
    public static final AttributeType LARGE_COMMUNITIES = new AttributeType(32);
    public static final AttributeType ONLY_TO_CUSTOMER = new AttributeType(35);

    /// Which of the Optional and Transitive flags a type must carry (RFC 4271 section 4.3).
    public enum Category {
        WELL_KNOWN(UnknownAttribute.TRANSITIVE),
        OPTIONAL_TRANSITIVE(UnknownAttribute.OPTIONAL | UnknownAttribute.TRANSITIVE),
        OPTIONAL_NON_TRANSITIVE(UnknownAttribute.OPTIONAL),

        /// We don't know the type, so nothing can be expected of it.
        UNKNOWN(0);

        private final int flags;

        Category(int flags) {
            this.flags = flags;
        }

        int flags() {
            return flags;
        }
    }

    public AttributeType {
        if (code < 0 || code > 0xff) {
            throw new IllegalArgumentException("No attribute type: " + code);
        }
    }

    public Category category() {
        return category(code);
    }

    static Category category(int code) {
        return switch (code) {
            case 1, 2, 3, 5, 6 -> Category.WELL_KNOWN;
            case 7, 8, 16, 17, 18, 32, 35 -> Category.OPTIONAL_TRANSITIVE;
            case 4, 9, 10, 14, 15 -> Category.OPTIONAL_NON_TRANSITIVE;
            default -> Category.UNKNOWN;
        };
    }

    /// The RFC's name, like `AS_PATH`; `attribute 99` where we have none.
    @Override
    public String toString() {
        return switch (code) {
            case 1 -> "ORIGIN";
            case 2 -> "AS_PATH";
            case 3 -> "NEXT_HOP";
            case 4 -> "MULTI_EXIT_DISC";
            case 5 -> "LOCAL_PREF";
            case 6 -> "ATOMIC_AGGREGATE";
            case 7 -> "AGGREGATOR";
            case 8 -> "COMMUNITIES";
            case 9 -> "ORIGINATOR_ID";
            case 10 -> "CLUSTER_LIST";
            case 14 -> "MP_REACH_NLRI";
            case 15 -> "MP_UNREACH_NLRI";
            case 16 -> "EXTENDED_COMMUNITIES";
            case 17 -> "AS4_PATH";
            case 18 -> "AS4_AGGREGATOR";
            case 32 -> "LARGE_COMMUNITIES";
            case 35 -> "ONLY_TO_CUSTOMER";
            default -> "attribute " + code;
        };
    }
}
