package dev.twinstack.operator.speaker;

import dev.twinstack.announce.Announcement;
import dev.twinstack.operator.EventSender;
import dev.twinstack.operator.ServiceEvent;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people of Services that are announced anew, differently or no longer: a line in the log,
/// and MetalLB's Event `nodeAssigned`, once per change. Nothing is said of what a starting speaker
/// finds: it was announced before.
final class AnnouncementNews implements Consumer<ServiceAnnouncement> {

    private static final Logger log = LoggerFactory.getLogger(AnnouncementNews.class);

    private final String node;
    private final ClusterSources sources;
    private final EventSender events;
    private final BooleanSupplier settled;

    /// @param settled whether the speaker has announced everything once
    AnnouncementNews(
            String node, ClusterSources sources, EventSender events, BooleanSupplier settled) {
        this.node = node;
        this.sources = sources;
        this.events = events;
        this.settled = settled;
    }

    @Override
    public void accept(ServiceAnnouncement news) {
        switch (news.announcement()) {
            case Announcement.Announced announced ->
                    log.atInfo()
                            .addKeyValue("service", news.service().key())
                            .addKeyValue("addresses", news.service().ingress())
                            .addKeyValue("pool", announced.pool())
                            .addKeyValue("peers", announced.routes().keySet())
                            .log(news.isAnnounced() ? "Announcing" : "No peer to announce to");
            case Announcement.Silent silent ->
                    log.atInfo()
                            .addKeyValue("service", news.service().key())
                            .addKeyValue("reason", silent.reason())
                            .addKeyValue("detail", silent.detail())
                            .log("No longer announcing");
        }
        if (news.isAnnounced() && settled.getAsBoolean()) {
            sources.service(news.service().key())
                    .ifPresent(service ->
                            events.send(
                                    service,
                                    new ServiceEvent(
                                            "nodeAssigned",
                                            ServiceEvent.Type.NORMAL,
                                            "announcing from node \"%s\" with protocol \"bgp\""
                                                    .formatted(node))));
        }
    }
}
