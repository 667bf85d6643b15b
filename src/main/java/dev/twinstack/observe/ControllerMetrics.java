package dev.twinstack.observe;

import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ClusterCounters;
import dev.twinstack.operator.ControllerView;
import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// What concerns configuration and addresses under MetalLB's names, read at each scrape.
final class ControllerMetrics extends Collector {

    private final ClusterCounters counters;
    private final ClusterConfigStore store;
    private final ControllerView controller;

    ControllerMetrics(
            ClusterCounters counters, ClusterConfigStore store, ControllerView controller) {
        this.counters = counters;
        this.store = store;
        this.controller = controller;
    }

    @Override
    public List<MetricFamilySamples> collect() {
        List<MetricFamilySamples> families = new ArrayList<>();
        addClient(families);
        if (controller.leads()) {
            addPools(families, controller.pools());
            families.add(servicesPerPool(controller.services()));
        }
        return families;
    }

    private void addClient(List<MetricFamilySamples> families) {
        families.add(
                single(
                        "metallb_k8s_client_updates_total",
                        Type.COUNTER,
                        "Number of k8s object updates that have been processed.",
                        (double) counters.updates()));
        families.add(
                single(
                        "metallb_k8s_client_update_errors_total",
                        Type.COUNTER,
                        "Number of k8s object updates that failed for some reason.",
                        (double) counters.errors()));
        families.add(
                single(
                        "metallb_k8s_client_config_loaded_bool",
                        Type.GAUGE,
                        "1 if the MetalLB configuration was successfully loaded at least once.",
                        store.current().isPresent() ? 1 : 0));
        families.add(
                single(
                        "metallb_k8s_client_config_stale_bool",
                        Type.GAUGE,
                        "1 if running on a stale configuration, because the latest config failed"
                                + " to load.",
                        store.current().filter(it -> !it.errors().isEmpty()).isPresent() ? 1 : 0));
    }

    private static void addPools(
            List<MetricFamilySamples> families, List<ControllerView.PoolEntry> pools) {
        families.add(perPool("addresses_total", "usable IP addresses", pools, PoolUsage::total));
        families.add(
                perPool(
                        "ipv4_addresses_total",
                        "usable IPV4 addresses",
                        pools,
                        usage -> usage.ipv4().total()));
        families.add(
                perPool(
                        "ipv6_addresses_total",
                        "usable IPV6 addresses",
                        pools,
                        usage -> usage.ipv6().total()));
        families.add(
                perPool(
                        "addresses_in_use_total",
                        "IP addresses in use",
                        pools,
                        PoolUsage::assigned));
        families.add(
                perPool(
                        "ipv4_addresses_in_use_total",
                        "IPV4 addresses in use",
                        pools,
                        usage -> usage.ipv4().assigned()));
        families.add(
                perPool(
                        "ipv6_addresses_in_use_total",
                        "IPV6 addresses in use",
                        pools,
                        usage -> usage.ipv6().assigned()));
    }

    private static MetricFamilySamples servicesPerPool(List<ControllerView.ServiceEntry> services) {
        String name = "metallb_allocator_services_allocated_total";
        Map<String, Long> counts =
                services.stream()
                        .filter(service -> !service.pool().isEmpty())
                        .collect(
                                Collectors.groupingBy(
                                        ControllerView.ServiceEntry::pool,
                                        TreeMap::new,
                                        Collectors.counting()));
        return new MetricFamilySamples(
                name,
                Type.GAUGE,
                "Number of services allocated, per pool",
                counts.entrySet().stream()
                        .map(count ->
                                new MetricFamilySamples.Sample(
                                        name,
                                        List.of("pool"),
                                        List.of(count.getKey()),
                                        count.getValue()))
                        .toList());
    }

    private static MetricFamilySamples perPool(
            String name,
            String what,
            List<ControllerView.PoolEntry> pools,
            ToDoubleFunction<PoolUsage> value) {
        String fullName = "metallb_allocator_" + name;
        return new MetricFamilySamples(
                fullName,
                Type.GAUGE,
                "Number of " + what + ", per pool",
                pools.stream()
                        .map(entry ->
                                new MetricFamilySamples.Sample(
                                        fullName,
                                        List.of("pool"),
                                        List.of(entry.pool().name()),
                                        value.applyAsDouble(entry.usage())))
                        .toList());
    }

    private static MetricFamilySamples single(String name, Type type, String help, double value) {
        return new MetricFamilySamples(
                name,
                type,
                help,
                List.of(new MetricFamilySamples.Sample(name, List.of(), List.of(), value)));
    }
}
