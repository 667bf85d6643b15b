package dev.twinstack.addon;

import java.util.List;
import java.util.Optional;

/// What was typed behind `microk8s enable twinstack`, each option still as text.
///
/// @param pools ranges of addresses, as IPAddressPool has them
/// @param peers addresses of routers
/// @param peerAsns one for all peers, or one for each
/// @param layer2 whether an L2Advertisement is wanted
/// @param dualStack whether the cluster shall become dual-stack, or only be told how
/// @param migrate whether a MetalLB that runs is taken over
public record EnableArguments(
        List<String> pools,
        List<String> peers,
        List<String> peerAsns,
        Optional<String> myAsn,
        boolean layer2,
        Optional<DualStackMode> dualStack,
        boolean migrate) {

    /// Of `--dual-stack`.
    public enum DualStackMode {
        PLAN,
        APPLY
    }

    public EnableArguments {
        pools = List.copyOf(pools);
        peers = List.copyOf(peers);
        peerAsns = List.copyOf(peerAsns);
    }
}
