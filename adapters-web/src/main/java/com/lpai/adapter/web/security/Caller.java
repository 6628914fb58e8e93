package com.lpai.adapter.web.security;

import com.lpai.domain.tenant.LocationId;
import java.security.Principal;
import java.util.Set;

/**
 * Who calls, as their token says.
 *
 * @param name the token's subject
 * @param operator whether they have the role operator
 * @param everywhere whether they may use every location
 * @param locations the locations they may use otherwise
 */
public record Caller(String name, boolean operator, boolean everywhere, Set<LocationId> locations)
    implements Principal {
  public Caller {
    locations = Set.copyOf(locations);
  }

  @Override
  public String getName() {
    return name;
  }

  public boolean mayUse(LocationId location) {
    return everywhere || locations.contains(location);
  }
}
