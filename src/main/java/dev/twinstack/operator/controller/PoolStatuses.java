package dev.twinstack.operator.controller;

import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.crd.IPAddressPool;
import dev.twinstack.crd.IPAddressPoolStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the counters in the status of the pools up to date, where they differ.
final class PoolStatuses {

    private static final Logger log = LoggerFactory.getLogger(PoolStatuses.class);

    private final KubernetesClient client;

    PoolStatuses(KubernetesClient client) {
        this.client = client;
    }

    /// Blocks. What could not be written is written next time, and does not stop the others.
    void write(List<IPAddressPool> pools, List<PoolUsage> usages) {
        Map<String, PoolUsage> byName =
                usages.stream().collect(Collectors.toMap(PoolUsage::pool, Function.identity()));
        KubernetesClientException failure = null;
        for (IPAddressPool pool : pools) {
            PoolUsage usage = byName.get(pool.getMetadata().getName());
            if (usage != null && !status(usage).equals(pool.getStatus())) {
                try {
                    write(pool, status(usage));
                } catch (KubernetesClientException e) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void write(IPAddressPool pool, IPAddressPoolStatus status) {
        IPAddressPool edited = new IPAddressPool();
        edited.setMetadata(new ObjectMetaBuilder(pool.getMetadata()).build());
        edited.setSpec(pool.getSpec());
        edited.setStatus(status);
        try {
            client.resource(edited).updateStatus();
        } catch (KubernetesClientException e) {
            boolean newerOnItsWay =
                    e.getCode() == HttpURLConnection.HTTP_CONFLICT
                            || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            if (!newerOnItsWay) {
                throw e;
            }
            log.atDebug()
                    .addKeyValue("pool", pool.getMetadata().getName())
                    .log("Pool changed meanwhile, its status is written later");
        }
    }

    static IPAddressPoolStatus status(PoolUsage usage) {
        return new IPAddressPoolStatus(
                usage.ipv4().assigned(),
                usage.ipv6().assigned(),
                usage.ipv4().available(),
                usage.ipv6().available());
    }
}
