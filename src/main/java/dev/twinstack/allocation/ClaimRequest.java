package dev.twinstack.allocation;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that an AddressClaim says.
///
/// `addresses` are the ones it names, any number, all from one pool; without any it gets one of
/// each of `families`, or, if it names no family either, one of each that its pool has. `held` is
/// what its status has now. With `reservedFor` (`serviceRef`) only that Service may use the
/// addresses, without any Service of the claim's namespace that names the claim.
public record ClaimRequest(
        ClaimKey claim,
        Map<String, String> namespaceLabels,
        Optional<String> pool,
        List<IpAddress> addresses,
        List<IpFamily> families,
        List<IpAddress> held,
        Optional<ServiceKey> reservedFor) {

    public ClaimRequest {
        namespaceLabels = Map.copyOf(namespaceLabels);
        addresses = List.copyOf(addresses);
        families = List.copyOf(families);
        held = List.copyOf(held);
    }

    /// A claim that asks for one address of each of these families, from any pool.
    public static ClaimRequest of(ClaimKey claim, IpFamily... families) {
        return new ClaimRequest(
                claim,
                Map.of(),
                Optional.empty(),
                List.of(),
                List.of(families),
                List.of(),
                Optional.empty());
    }
}
