package dev.twinstack.operator;

import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.PoolUsage;
import dev.twinstack.net.IpAddress;
import java.util.List;

/// What the controller of this process knows, for metrics and the HTTP API. Empty where this
/// process is no controller, or only stands by. Any thread may ask.
public interface ControllerView {

    /// Whether this process decides.
    boolean leads();

    /// By name.
    List<PoolEntry> pools();

    /// Services that hold an address or wait for one, by namespace and name.
    List<ServiceEntry> services();

    /// By pool and address; one entry for each holder.
    List<AddressUse> addresses();

    /// Why the Service has what it has.
    ExplainAnswer explain(String namespace, String name);

    record PoolEntry(Pool pool, PoolUsage usage) {}

    /// @param pool empty without addresses
    /// @param problem why it has not got all it asks for, or empty
    record ServiceEntry(
            String namespace, String name, String pool, List<IpAddress> addresses, String problem) {
        public ServiceEntry {
            addresses = List.copyOf(addresses);
        }
    }
}
