package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Grant;
import java.util.Locale;
import java.util.Optional;

/**
 * Whom a call belongs to, so that faults and counts can tell locations and companies apart.
 *
 * @param actor app, user, private or anonymous
 * @param userType Location or Company; empty when nobody is known
 * @param locationId that the call is about; empty when it is about none
 * @param companyId of the token; empty when nobody is known
 */
record Caller(String actor, String userType, String locationId, String companyId) {

  static Caller of(Request request, String template, Optional<Grant> grant) {
    if (grant.isEmpty()) {
      return new Caller("anonymous", "", "", "");
    }
    Grant known = grant.get();
    // A location's token is asked for with the company's: the call is about that location.
    String locationId =
        template.equals(CompanyArea.LOCATION_TOKEN)
            ? TokenFields.of(request).getOrDefault("locationId", "")
            : known.locationId();
    return new Caller(
        known.actor().name().toLowerCase(Locale.ROOT),
        known.userType(),
        locationId,
        known.companyId());
  }
}
