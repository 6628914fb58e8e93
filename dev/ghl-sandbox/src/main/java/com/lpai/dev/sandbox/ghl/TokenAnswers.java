package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.CompanyInstall;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grants.TokenPair;
import com.lpai.dev.sandbox.world.Ids;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObjectBuilder;

/** What the token endpoints answer (ghl-facts.md 2.2 and 2.3). */
final class TokenAnswers {
  private final World world;

  TokenAnswers(World world) {
    this.world = world;
  }

  Reply tokens(TokenPair pair) {
    Grant grant = pair.grant();
    JsonObjectBuilder answer = common(pair);
    if (world.settings().get(Settings.TOKEN_EXTRAS)) {
      answer.add("refreshTokenId", Ids.random()).add("planId", InstallEvents.planId());
    }
    answer.add("userType", grant.userType()).add("companyId", grant.companyId());
    if (grant.isOfCompany()) {
      world.installs().ofCompany(grant.companyId()).ifPresent(it -> addCompany(answer, it));
    } else {
      answer.add("locationId", grant.locationId());
    }
    return Reply.json(200, answer.build());
  }

  /** The answer of {@code /oauth/locationToken}: less is documented, more is sent. */
  Reply derived(TokenPair pair, String appId) {
    Grant grant = pair.grant();
    return Reply.json(
        200,
        common(pair)
            .add("userType", grant.userType())
            .add("companyId", grant.companyId())
            .add("locationId", grant.locationId())
            .add("planId", InstallEvents.planId())
            .add("appId", appId)
            .add("versionId", appId)
            .build());
  }

  Reply invalidGrant(String description) {
    int status = world.settings().get(Settings.INVALID_GRANT_STATUS);
    boolean envelope = world.settings().get(Settings.INVALID_GRANT_BODY).equals("envelope");
    if (envelope) {
      return status == 401 ? Errors.unauthorized(description) : Errors.badRequest(description);
    }
    return Reply.json(
        status,
        JsonText.object()
            .add("error", "invalid_grant")
            .add("error_description", description)
            .add("statusCode", status)
            .add("message", description)
            .build());
  }

  private JsonObjectBuilder common(TokenPair pair) {
    Grant grant = pair.grant();
    JsonObjectBuilder answer =
        JsonText.object()
            .add("access_token", pair.accessToken())
            .add("token_type", "Bearer")
            .add("expires_in", world.settings().get(Settings.ACCESS_TOKEN_SECONDS));
    if (!pair.refreshToken().isEmpty()) {
      answer.add("refresh_token", pair.refreshToken());
    }
    answer.add("scope", grant.scope());
    if (!grant.userId().isEmpty()) {
      answer.add("userId", grant.userId());
    }
    return answer;
  }

  private void addCompany(JsonObjectBuilder answer, CompanyInstall install) {
    answer
        .add("isBulkInstallation", install.bulk())
        .add("installToFutureLocations", install.futureLocations())
        .add("approveAllLocations", install.allLocations());
    String approved =
        install.approvedLocations().isEmpty()
            ? world.settings().get(Settings.APPROVED_LOCATIONS)
            : install.approvedLocations();
    if (approved.equals("present")) {
      answer.add("approvedLocations", JsonText.array(install.locationIds()));
    }
  }
}
