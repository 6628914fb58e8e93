package com.lpai.adapter.web.security;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;

/**
 * Who calls, as their token says.
 *
 * @param name the token's subject
 * @param operator whether they have the role operator
 * @param everywhere whether they may use every location
 * @param locations the locations they may use otherwise
 * @param until when all of this ends
 */
public record Caller(
    String name, boolean operator, boolean everywhere, Set<LocationId> locations, Instant until)
    implements Principal {
  public Caller {
    locations = Set.copyOf(locations);
  }

  /** Who calls, as the filter found out. */
  public static Caller of(SecurityContext security) {
    if (security.getUserPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new ProblemException(Problem.unauthorized("Sign in, or send a token."));
  }

  @Override
  public String getName() {
    return name;
  }

  /** Who writes what they write. */
  public Origin origin() {
    return new Origin.User(name);
  }

  public boolean mayUse(LocationId location) {
    return everywhere || locations.contains(location);
  }
}
