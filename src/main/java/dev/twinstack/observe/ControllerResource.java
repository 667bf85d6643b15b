package dev.twinstack.observe;

import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import dev.twinstack.operator.ControllerView;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/// Pools and the Services that hold or want their addresses, read only. Only the leader knows them.
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
public class ControllerResource {

    private final ControllerView controller;

    ControllerResource(ControllerView controller) {
        this.controller = controller;
    }

    /// @param leads whether this process decides; if not, it knows no items
    public record Page<T>(boolean leads, List<T> items) {}

    /// @param total 2^63-1 stands for that and more
    public record Family(long total, long assigned, long reserved, long available) {
        static Family of(PoolUsage.Family usage) {
            return new Family(usage.total(), usage.assigned(), usage.reserved(), usage.available());
        }
    }

    public record PoolItem(
            String name, List<String> addresses, boolean autoAssign, Family ipv4, Family ipv6) {
        public static PoolItem of(ControllerView.PoolEntry entry) {
            return new PoolItem(
                    entry.pool().name(),
                    entry.pool().ranges().stream().map(IpRange::toString).toList(),
                    entry.pool().autoAssign(),
                    Family.of(entry.usage().ipv4()),
                    Family.of(entry.usage().ipv6()));
        }
    }

    /// @param problem empty when the Service has all it asks for
    public record ServiceItem(
            String namespace, String name, String pool, List<String> addresses, String problem) {
        static ServiceItem of(ControllerView.ServiceEntry entry) {
            return new ServiceItem(
                    entry.namespace(),
                    entry.name(),
                    entry.pool(),
                    entry.addresses().stream().map(IpAddress::toString).toList(),
                    entry.problem());
        }
    }

    @GET
    @Path("pools")
    public Page<PoolItem> pools() {
        return new Page<>(
                controller.leads(), controller.pools().stream().map(PoolItem::of).toList());
    }

    @GET
    @Path("services")
    public Page<ServiceItem> services() {
        return new Page<>(
                controller.leads(), controller.services().stream().map(ServiceItem::of).toList());
    }
}
