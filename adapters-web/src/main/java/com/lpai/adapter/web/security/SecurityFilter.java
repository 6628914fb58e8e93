package com.lpai.adapter.web.security;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.annotation.Annotation;
import java.util.Optional;

/**
 * The one place that refuses. Every resource method needs a token unless it is marked {@link Open};
 * a path with {@code {locationId}} is served only to callers whose token names the location, and to
 * everybody else it does not exist (404).
 */
public final class SecurityFilter implements ContainerRequestFilter {
  /** The path parameter that names the tenant. */
  public static final String LOCATION = "locationId";

  /** The query parameter that holds a ticket ({@link ByTicket}). */
  public static final String TICKET = "ticket";

  private final Authentication authentication;
  private final StreamAccess streams;
  private final DirectoryQueries directory;

  private final ResourceInfo resource;

  private SecurityFilter(
      Authentication authentication,
      StreamAccess streams,
      DirectoryQueries directory,
      ResourceInfo resource) {
    this.authentication = authentication;
    this.streams = streams;
    this.directory = directory;
    this.resource = resource;
  }

  /** Makes the filter of each resource method. */
  public static final class Door {
    private final Authentication authentication;
    private final StreamAccess streams;
    private final DirectoryQueries directory;

    public Door(Authentication authentication, StreamAccess streams, DirectoryQueries directory) {
      this.authentication = authentication;
      this.streams = streams;
      this.directory = directory;
    }

    /** The filter that stands before this resource method. */
    public SecurityFilter before(ResourceInfo resource) {
      return new SecurityFilter(authentication, streams, directory, resource);
    }
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (isMarked(Open.class)) {
      return;
    }
    Caller caller = caller(request);
    if (isMarked(OperatorOnly.class) && !caller.operator()) {
      throw new ProblemException(Problem.forbidden("This is for operators only."));
    }
    String location = request.getUriInfo().getPathParameters().getFirst(LOCATION);
    if (location != null) {
      requireLocation(caller, location);
    }
    request.setSecurityContext(new CallersContext(caller, request.getSecurityContext()));
  }

  /** A header alone decides; else a ticket does, where one is taken; else the console's cookie. */
  private Caller caller(ContainerRequestContext request) {
    String authorization = header(request, HttpHeaders.AUTHORIZATION);
    String ticket = request.getUriInfo().getQueryParameters().getFirst(TICKET);
    if (isMarked(ByTicket.class) && authorization.isEmpty() && ticket != null) {
      String location = request.getUriInfo().getPathParameters().getFirst(LOCATION);
      return parse(location)
          .flatMap(id -> streams.redeem(id, ticket))
          .orElseThrow(
              () ->
                  new ProblemException(
                      Problem.unauthorized(
                          "The ticket was used before, or has expired. Get another one.")));
    }
    return authentication.caller(
        request.getMethod(),
        authorization,
        request.getCookies(),
        header(request, Authentication.CONSOLE_HEADER));
  }

  private void requireLocation(Caller caller, String given) {
    Optional<LocationId> location = parse(given).filter(caller::mayUse);
    if (location.filter(id -> isMarked(AnyLocation.class) || directory.isKnown(id)).isEmpty()) {
      throw new ProblemException(Problem.notFound("There is no such location."));
    }
  }

  /** What stands for events without a location is none: erasing it would take all of them. */
  private static Optional<LocationId> parse(String given) {
    try {
      return Optional.of(new LocationId(given)).filter(id -> !id.equals(Envelope.NO_LOCATION));
    } catch (IllegalArgumentException nobodysId) {
      return Optional.empty();
    }
  }

  private boolean isMarked(Class<? extends Annotation> mark) {
    return resource.getResourceMethod().isAnnotationPresent(mark)
        || resource.getResourceClass().isAnnotationPresent(mark);
  }

  private static String header(ContainerRequestContext request, String name) {
    String value = request.getHeaderString(name);
    return value == null ? "" : value;
  }

  private record CallersContext(Caller caller, SecurityContext before) implements SecurityContext {
    @Override
    public Caller getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.operator() && role.equals(TokenIssuer.OPERATOR);
    }

    @Override
    public boolean isSecure() {
      return before.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
