package dev.twinstack.bgp;

/// What we are to an eBGP peer (RFC 9234).
public enum Role {
    PROVIDER("provider"),
    ROUTE_SERVER("route server"),
    ROUTE_SERVER_CLIENT("route server client"),
    CUSTOMER("customer"),
    PEER("peer");

    private final String text;

    Role(String text) {
        this.text = text;
    }

    /// What the peer must be.
    public Role counterpart() {
        return switch (this) {
            case PROVIDER -> CUSTOMER;
            case CUSTOMER -> PROVIDER;
            case ROUTE_SERVER -> ROUTE_SERVER_CLIENT;
            case ROUTE_SERVER_CLIENT -> ROUTE_SERVER;
            case PEER -> PEER;
        };
    }

    /// Whether our routes may go on to the peer's customers only (RFC 9234 section 5).
    public boolean marksRoutes() {
        return switch (this) {
            case PROVIDER, ROUTE_SERVER, PEER -> true;
            case CUSTOMER, ROUTE_SERVER_CLIENT -> false;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
