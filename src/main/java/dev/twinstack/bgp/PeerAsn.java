package dev.twinstack.bgp;

import static java.util.Objects.requireNonNull;

import dev.twinstack.net.Asn;

/// Which AS number a peer may name in its OPEN.
public sealed interface PeerAsn {

    /// @param local our own number in that session
    boolean accepts(Asn local, Asn remote);

    /// Exactly this one.
    record Exactly(Asn asn) implements PeerAsn {

        public Exactly {
            requireNonNull(asn, "asn");
        }

        @Override
        public boolean accepts(Asn local, Asn remote) {
            return remote.equals(asn);
        }

        @Override
        public String toString() {
            return "AS " + asn;
        }
    }

    /// Our own: an iBGP peer (`dynamicASN: internal`).
    record Internal() implements PeerAsn {

        @Override
        public boolean accepts(Asn local, Asn remote) {
            return remote.equals(local);
        }

        @Override
        public String toString() {
            return "our own AS";
        }
    }

    /// Any but our own: an eBGP peer (`dynamicASN: external`). Not the placeholder of RFC 6793,
    /// which stands for a number we were not told.
    record External() implements PeerAsn {

        @Override
        public boolean accepts(Asn local, Asn remote) {
            return !remote.equals(local) && !remote.equals(Asn.AS_TRANS);
        }

        @Override
        public String toString() {
            return "any AS but our own";
        }
    }

    static PeerAsn exactly(long asn) {
        return new Exactly(new Asn(asn));
    }
}
