package io.prelim.access.door;

import io.prelim.access.AccessSettings;
import io.prelim.access.Caller;
import io.prelim.access.users.Users;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.security.spi.runtime.BlockingSecurityExecutor;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;

/** The one way into a service's HTTP: says who asks, by the mode that is configured. What is internal has tokens of its own, and passes. */
@Alternative
@Priority(1)
@ApplicationScoped
class Door implements HttpAuthenticationMechanism {
    private static final String INTERNAL = "/internal/";
    private static final Set<String> CROSS = Set.of("cross-site", "same-site");
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final AccessSettings settings;
    private final Users users;
    private final BlockingSecurityExecutor blocking;

    Door(AccessSettings settings, Users users, BlockingSecurityExecutor blocking) {
        this.settings = settings;
        this.users = users;
        this.blocking = blocking;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        if (context.normalizedPath().startsWith(INTERNAL)) {
            return Uni.createFrom().nullItem();
        }
        if (forged(context.request())) {
            return Uni.createFrom()
                    .failure(new AuthenticationFailedException("another site's page asks by its visitor's browser"));
        }
        if (settings.mode() == AccessSettings.Mode.OPEN) {
            return Uni.createFrom().item(identity(Caller.ANYBODY));
        }
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null) {
            return Uni.createFrom().nullItem();
        }
        return blocking.executeBlocking(() -> identity(known(authorization)));
    }

    /** A browser says whose page asks (Fetch Metadata); it sends along what it knows of its user all the same. */
    private static boolean forged(HttpServerRequest request) {
        return CROSS.contains(String.valueOf(request.getHeader("Sec-Fetch-Site"))) && !SAFE.contains(request.method());
    }

    private Caller known(String authorization) {
        return BasicCredentials.read(authorization)
                .flatMap(shown -> users.known(shown.name(), shown.password()))
                .orElseThrow(() -> new AuthenticationFailedException("no user has this name and password"));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(new ChallengeData(401, "WWW-Authenticate", "Basic realm=\"Prelim\", charset=\"UTF-8\""));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    private static SecurityIdentity identity(Caller caller) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(caller.name()))
                .addRoles(caller.roles())
                .addAttribute(Caller.ATTRIBUTE, caller)
                .build();
    }
}
