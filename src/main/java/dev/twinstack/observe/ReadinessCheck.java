package dev.twinstack.observe;

import dev.twinstack.operator.RoleParts;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when every part of this role does its work, or could at once; otherwise it says what is
/// missing.
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {

    private final RoleParts parts;

    ReadinessCheck(RoleParts parts) {
        this.parts = parts;
    }

    @Override
    public HealthCheckResponse call() {
        var missing = parts.notReady();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("twinstack").status(missing.isEmpty());
        if (!missing.isEmpty()) {
            response.withData("missing", String.join("; ", missing));
        }
        return response.build();
    }
}
