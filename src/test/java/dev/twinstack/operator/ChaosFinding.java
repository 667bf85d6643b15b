package dev.twinstack.operator;

import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.net.IpAddress;
import dev.twinstack.testing.lab.LabServices;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What must be true of Services, pools and the controller's own account of them once everything
/// has settled, judged by what the API server has stored and by nothing of ours.
final class ChaosFinding {

    private final List<Service> services;
    private final Map<String, Set<String>> pools = new TreeMap<>();
    private final Map<String, List<Service>> holders = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();

    /// @param account what the controller says each Service holds, by name
    static List<String> of(
            List<Service> services, List<IPAddressPool> pools, Map<String, List<String>> account) {
        ChaosFinding finding = new ChaosFinding(services, pools);
        finding.sharedByThoseWhoMay();
        finding.inPools();
        finding.nobodyWaitsForNothing();
        finding.agrees(account);
        return finding.wrong;
    }

    private ChaosFinding(List<Service> services, List<IPAddressPool> pools) {
        this.services = services;
        pools.forEach(pool -> this.pools.put(pool.getMetadata().getName(), addresses(pool)));
        services.forEach(service ->
                LabServices.addresses(service)
                        .forEach(address ->
                                holders.computeIfAbsent(address, any -> new ArrayList<>())
                                        .add(service)));
    }

    private static Set<String> addresses(IPAddressPool pool) {
        Set<String> addresses = new HashSet<>();
        for (String block : pool.getSpec().addresses()) {
            IpAddress first = IpAddress.parse(block.substring(0, block.indexOf('/')));
            for (int i = 0; i < 4; i++) {
                addresses.add(first.plus(i).toString());
            }
        }
        return addresses;
    }

    private void sharedByThoseWhoMay() {
        holders.forEach((address, sharing) -> {
            Set<Integer> ports = new HashSet<>();
            boolean may = sharing.stream().allMatch(service -> key(service).equals("together"));
            boolean apart = sharing.stream().allMatch(service -> ports.add(port(service)));
            if (sharing.size() > 1 && !(may && apart)) {
                wrong.add(address + " is held by " + names(sharing));
            }
        });
    }

    private void inPools() {
        holders.forEach((address, holding) -> {
            if (pools.values().stream().noneMatch(pool -> pool.contains(address))) {
                wrong.add(address + " of " + names(holding) + " is in no pool");
            }
        });
    }

    private void nobodyWaitsForNothing() {
        for (Service service : services) {
            if (isLoadBalancer(service) && LabServices.addresses(service).isEmpty()) {
                pools.forEach((name, addresses) -> {
                    if (allows(service, name) && hasRoom(service, addresses)) {
                        wrong.add(name(service) + " waits, and pool " + name + " has room");
                    }
                });
            }
        }
    }

    private static boolean allows(Service service, String pool) {
        String named = annotation(service, "metallb.io/address-pool");
        boolean wants = service.getSpec().getLoadBalancerIP() != null;
        return named.isEmpty() ? wants || !pool.equals(ChaosWorld.MANUAL) : named.equals(pool);
    }

    private boolean hasRoom(Service service, Set<String> addresses) {
        Set<String> free = new HashSet<>(addresses);
        free.removeAll(holders.keySet());
        String wanted = service.getSpec().getLoadBalancerIP();
        if (wanted != null && !wanted.isEmpty()) {
            return free.contains(wanted);
        }
        return service.getSpec().getIpFamilies().stream()
                .allMatch(family ->
                        free.stream().anyMatch(one -> one.contains(":") == family.equals("IPv6")));
    }

    private void agrees(Map<String, List<String>> account) {
        Map<String, List<String>> stored = new HashMap<>();
        services.stream()
                .filter(service -> isLoadBalancer(service) || account.containsKey(name(service)))
                .forEach(service -> stored.put(name(service), LabServices.addresses(service)));
        stored.forEach((name, addresses) -> {
            if (!account.getOrDefault(name, List.of()).equals(addresses)) {
                wrong.add(name + " has " + addresses + ", its account is " + account.get(name));
            }
        });
        account.keySet().stream()
                .filter(name -> !stored.containsKey(name))
                .forEach(name -> wrong.add(name + " is gone and still accounted for"));
    }

    private static boolean isLoadBalancer(Service service) {
        return "LoadBalancer".equals(service.getSpec().getType());
    }

    private static String key(Service service) {
        return annotation(service, "metallb.io/allow-shared-ip");
    }

    private static int port(Service service) {
        return service.getSpec().getPorts().getFirst().getPort();
    }

    private static String annotation(Service service, String name) {
        Map<String, String> annotations = service.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(name, "");
    }

    private static List<String> names(List<Service> services) {
        return services.stream().map(ChaosFinding::name).toList();
    }

    private static String name(Service service) {
        return service.getMetadata().getName();
    }
}
