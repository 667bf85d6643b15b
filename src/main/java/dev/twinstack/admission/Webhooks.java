package dev.twinstack.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.twinstack.admission.certificate.CertificateKeeper;
import dev.twinstack.admission.certificate.CertificateSet;
import dev.twinstack.admission.http.BodyHandler;
import dev.twinstack.admission.http.ConversionBody;
import dev.twinstack.admission.http.ListenerSettings;
import dev.twinstack.admission.http.ReviewBody;
import dev.twinstack.admission.http.WarmUp;
import dev.twinstack.admission.http.WebhookListener;
import dev.twinstack.admission.review.ClaimValidation;
import dev.twinstack.admission.review.ConfigValidation;
import dev.twinstack.admission.review.ReviewMapper;
import dev.twinstack.admission.review.ServiceMutation;
import dev.twinstack.admission.review.ServiceValidation;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All webhooks of one process: handlers, listener and certificates.
public final class Webhooks implements AutoCloseable {

    public static final String MUTATE_SERVICE = "/mutate-service";
    public static final String VALIDATE_SERVICE = "/validate-service";
    public static final String VALIDATE_CONFIG = "/validate-metallb-io";
    public static final String VALIDATE_CLAIM = "/validate-claim";
    public static final String CONVERT = "/convert";

    private static final Logger log = LoggerFactory.getLogger(Webhooks.class);

    private final Vertx vertx;
    private final WebhookSettings settings;
    private final AddressAuthority authority;
    private final Map<String, BodyHandler> handlers;
    private final WebhookMetrics metrics;
    private final CertificateKeeper keeper;
    private volatile @Nullable WebhookListener listener;

    public Webhooks(
            Vertx vertx,
            KubernetesClient client,
            WebhookSettings settings,
            AddressAuthority authority,
            ConfigSource config,
            WebhookMetrics metrics,
            Clock clock) {
        this.vertx = vertx;
        this.settings = settings;
        this.authority = authority;
        this.metrics = metrics;
        this.handlers = handlers(settings, authority, config);
        this.keeper =
                new CertificateKeeper(
                        client,
                        settings.secretNamespace(),
                        WebhookSettings.SECRET,
                        settings.certificateNames(),
                        WebhookSettings.CONFIGURATION,
                        WebhookSettings.CONVERTED,
                        clock);
    }

    private static Map<String, BodyHandler> handlers(
            WebhookSettings settings, AddressAuthority authority, ConfigSource config) {
        ObjectMapper mapper = ReviewMapper.create();
        ServiceReader reader = new ServiceReader(settings.loadBalancerClass());
        return Map.of(
                MUTATE_SERVICE,
                ReviewBody.ofServices(new ServiceMutation(authority, reader), mapper),
                VALIDATE_SERVICE,
                ReviewBody.ofServices(new ServiceValidation(authority, reader), mapper),
                VALIDATE_CONFIG,
                new ReviewBody(
                        new ConfigValidation(config, settings.namespace(), authority), mapper),
                VALIDATE_CLAIM,
                new ReviewBody(new ClaimValidation(authority, settings.namespace()), mapper),
                CONVERT,
                new ConversionBody());
    }

    /// Warms up, makes or reads the certificates, opens the port and begins to keep `caBundle`
    /// right. Blocks; not for event loops. To be called once.
    ///
    /// @throws KubernetesClientException where the Secret can't be had
    /// @throws CompletionException where the port can't be opened
    public void start() {
        WarmUp.run(handlers.values());
        CertificateSet certificates = keeper.obtain();
        WebhookListener opened =
                new WebhookListener(
                        vertx,
                        ListenerSettings.on(settings.host(), settings.port(), authority::leads),
                        certificates.serving(),
                        handlers,
                        metrics);
        opened.start();
        listener = opened;
        keeper.keep(certificates, opened::serve);
        log.atInfo().addKeyValue("port", opened.port()).log("Webhooks are served");
    }

    /// Whether the port is open and the API server has been told whom to trust.
    public boolean ready() {
        return listener != null && keeper.bundlesWritten();
    }

    /// The port in use.
    ///
    /// @throws IllegalStateException before [#start]
    public int port() {
        WebhookListener opened = listener;
        if (opened == null) {
            throw new IllegalStateException("the webhooks are not served yet");
        }
        return opened.port();
    }

    @Override
    public void close() {
        keeper.close();
        WebhookListener opened = listener;
        if (opened != null) {
            opened.close();
        }
    }
}
