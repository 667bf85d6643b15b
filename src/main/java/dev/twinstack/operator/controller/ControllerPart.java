package dev.twinstack.operator.controller;

import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.operator.AddressUse;
import dev.twinstack.operator.ClusterConfigStore;
import dev.twinstack.operator.ConfigurationStateReport;
import dev.twinstack.operator.ControllerView;
import dev.twinstack.operator.ExplainAnswer;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Starts and stops the controller in the roles that have one.
@Singleton
final class ControllerPart implements RolePart, ControllerView {

    private final Instance<KubernetesClient> client;
    private final RunSettings settings;
    private final ClusterConfigStore store;
    private final ServiceOperator services;
    private volatile @Nullable Controller controller;
    private @Nullable Operator operator;
    private @Nullable Upkeep upkeep;
    private @Nullable LegacyConfigSync legacy;
    private volatile boolean watching;

    ControllerPart(
            Instance<KubernetesClient> client,
            RunSettings settings,
            ClusterConfigStore store,
            ServiceOperator services) {
        this.client = client;
        this.settings = settings;
        this.store = store;
        this.services = services;
    }

    /// Only while the part runs.
    Controller controller() {
        Controller running = controller;
        if (running == null) {
            throw new IllegalStateException("the controller has not been started");
        }
        return running;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.controls();
    }

    @Override
    public void start() {
        KubernetesClient api = client.get();
        Controller started = new Controller(api, settings, store, identity());
        controller = started;
        started.watch();
        Operator listing = services.create();
        operator = listing;
        // Returns when all Services have been listed.
        listing.start();
        watching = true;
        started.standForElection();
        LegacyConfigSync sync =
                new LegacyConfigSync(
                        api,
                        settings.namespace(),
                        store::pools,
                        started.authority()::usersOf,
                        started.events(),
                        InstantSource.system());
        legacy = sync;
        sync.start();
        Upkeep running =
                new Upkeep(
                        started,
                        store,
                        new PoolStatuses(api),
                        new PolicyStatuses(api, InstantSource.system()),
                        ConfigurationStateReport.ofController(
                                api, settings.namespace(), InstantSource.system()),
                        sync,
                        new SessionCleanup(api, settings.namespace(), InstantSource.system()));
        upkeep = running;
        running.start();
    }

    @Override
    public void stop() {
        if (upkeep != null) {
            upkeep.close();
        }
        if (legacy != null) {
            legacy.close();
        }
        Controller started = controller;
        if (started != null) {
            started.close();
        }
        if (operator != null) {
            operator.stop();
        }
    }

    @Override
    public Optional<String> notReady() {
        Controller started = controller;
        if (started == null || !watching) {
            return Optional.of("services not listed yet");
        }
        return started.notReady();
    }

    @Override
    public boolean leads() {
        return book().isPresent();
    }

    @Override
    public List<PoolEntry> pools() {
        return book().map(book -> book.read(BookEntries::pools)).orElse(List.of());
    }

    @Override
    public List<ServiceEntry> services() {
        return book().map(book -> book.read(BookEntries::services)).orElse(List.of());
    }

    @Override
    public List<AddressUse> addresses() {
        return book().map(book -> book.read(BookEntries::addresses)).orElse(List.of());
    }

    @Override
    public ExplainAnswer explain(String namespace, String name) {
        Controller started = controller;
        return started == null
                ? new ExplainAnswer.NotLeading()
                : started.explain(new ServiceKey(namespace, name));
    }

    private Optional<AddressBook> book() {
        Controller started = controller;
        return started == null ? Optional.empty() : started.book();
    }

    /// Who holds the lease, for people: the Pod, or the host and process.
    private String identity() {
        return settings.podName().orElseGet(() -> hostName() + "-" + ProcessHandle.current().pid());
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
