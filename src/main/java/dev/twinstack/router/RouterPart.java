package dev.twinstack.router;

import dev.twinstack.bfd.BfdDown;
import dev.twinstack.bfd.BfdEvents;
import dev.twinstack.bfd.BfdPath;
import dev.twinstack.bfd.BfdSettings;
import dev.twinstack.bfd.BfdSpeaker;
import dev.twinstack.bgp.BgpEvents;
import dev.twinstack.bgp.BgpRouter;
import dev.twinstack.bgp.SessionStatus;
import dev.twinstack.operator.Role;
import dev.twinstack.operator.RolePart;
import dev.twinstack.operator.RunSettings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts and stops the router in its role.
@Singleton
final class RouterPart implements RolePart, RouterView {

    private static final Logger log = LoggerFactory.getLogger(RouterPart.class);

    private final RunSettings settings;
    private volatile @Nullable BgpRouter router;
    private volatile @Nullable BfdSpeaker bfd;

    RouterPart(RunSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean runsIn(Role role) {
        return role.routes();
    }

    /// Fails when an address cannot be listened on: a router that nobody reaches is of no use.
    @Override
    public void start() {
        try {
            RouterConfig config =
                    RouterConfigReader.read(
                            Files.readString(settings.routerConfig().orElseThrow()));
            BgpRouter started = BgpRouter.start(config.settings(), BgpEvents.NONE);
            router = started;
            watch(started, config.bfd());
            log.atInfo()
                    .addKeyValue("asn", config.settings().asn())
                    .addKeyValue("listening", started.listening())
                    .addKeyValue("peers", config.settings().peers().size())
                    .log("Router listens");
        } catch (IOException | RouterConfigException e) {
            throw failed(e);
        }
    }

    /// Without BFD in the file there is no thread for it either.
    private void watch(BgpRouter peers, List<BfdSettings> sessions) {
        if (sessions.isEmpty()) {
            return;
        }
        BfdSpeaker started =
                new BfdSpeaker(
                        new BfdEvents() {
                            @Override
                            public void sessionDown(BfdPath path, BfdDown down) {
                                if (down.isFailure()) {
                                    peers.pathDown(path.remote(), down.reason());
                                }
                            }
                        });
        started.setSessions(sessions);
        bfd = started;
    }

    /// The message of the failure names the address or the place in the file; its causes don't.
    private static IllegalStateException failed(Exception failure) {
        IllegalStateException failed = new IllegalStateException(failure.getMessage());
        failed.addSuppressed(failure);
        return failed;
    }

    @Override
    public void stop() {
        BgpRouter running = router;
        if (running != null) {
            running.close();
        }
        BfdSpeaker watching = bfd;
        if (watching != null) {
            watching.close();
        }
    }

    @Override
    public Optional<String> notReady() {
        return router == null ? Optional.of("not listening yet") : Optional.empty();
    }

    @Override
    public Optional<List<HeardRoute>> routes() {
        return Optional.ofNullable(router)
                .map(running -> running.routes().stream().map(HeardRoute::of).toList());
    }

    @Override
    public Optional<List<SessionStatus>> sessions() {
        return Optional.ofNullable(router).map(BgpRouter::sessions);
    }
}
