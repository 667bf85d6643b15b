package dev.twinstack.admission.http;

import dev.twinstack.admission.certificate.ServingCertificate;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SSLOptions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The Vert.x options of the listener: TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2, no delay of small
/// segments (which costs 40 ms per answer otherwise).
final class TlsOptions {

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3", "TLSv1.2");

    private TlsOptions() {}

    static HttpServerOptions server(ListenerSettings settings, ServingCertificate certificate) {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(keys(certificate))
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(settings.slowestRequest().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setTcpNoDelay(true)
                .setTcpKeepAlive(true)
                .setIdleTimeout(Math.toIntExact(settings.idle().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    static SSLOptions renewed(ServingCertificate certificate) {
        return new SSLOptions()
                .setUseAlpn(true)
                .setKeyCertOptions(keys(certificate))
                .setEnabledSecureTransportProtocols(PROTOCOLS);
    }

    private static PemKeyCertOptions keys(ServingCertificate certificate) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.certificatePem()))
                .addKeyValue(Buffer.buffer(certificate.keyPem()));
    }
}
