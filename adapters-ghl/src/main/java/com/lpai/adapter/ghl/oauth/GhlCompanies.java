package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlCompaniesClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's agencies over HTTP (ghl-facts.md 2.3). */
public final class GhlCompanies implements CrmCompanies {
  private static final int PAGE_SIZE = 100;
  private static final String RECORD = "location";

  /** The cheapest call with a Company token, too. */
  static final Operation INSTALLED_LOCATIONS =
      new Operation(
          "GET", "/oauth/installedLocations", Operation.Effect.READ, RECORD, "oauth.readonly");

  private static final Operation LOCATION_TOKEN =
      new Operation("POST", "/oauth/locationToken", Operation.Effect.CHANGE, RECORD, "oauth.write");

  private final GhlCompaniesClient client;
  private final GhlCalls<CompanyId> calls;
  private final String appId;
  private final InstantSource time;

  public GhlCompanies(
      GhlCompaniesClient client, GhlCalls<CompanyId> calls, String appId, InstantSource time) {
    this.client = client;
    this.calls = calls;
    this.appId = appId;
    this.time = time;
  }

  @Override
  public CrmResult<InstalledLocations> installedLocations(
      CompanyId companyId, int skip, CallPriority priority) {
    return calls.call(
        companyId,
        priority,
        INSTALLED_LOCATIONS,
        token ->
            client.installedLocations(
                token,
                companyId.value(),
                appId,
                true,
                String.valueOf(skip),
                String.valueOf(PAGE_SIZE)),
        GhlCompanies::read);
  }

  /** An item may say that it has not the app, whatever was asked for. */
  private static Optional<InstalledLocations> read(GhlAnswer answer) {
    if (!(answer.body().get("locations") instanceof JsonArray)) {
      return Optional.empty();
    }
    List<JsonObject> items = JsonReads.objects(answer.body(), "locations");
    List<LocationId> installed =
        items.stream()
            .filter(
                item ->
                    JsonReads.flag(item.getOrDefault("isInstalled", JsonValue.TRUE)).orElse(true))
            .flatMap(item -> id(item).stream())
            .toList();
    return Optional.of(new InstalledLocations(items.size(), installed));
  }

  private static Optional<LocationId> id(JsonObject item) {
    try {
      return Optional.of(new LocationId(JsonReads.text(item, "_id")));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  @Override
  public CrmResult<TokenGrant> locationToken(
      CompanyId companyId, LocationId locationId, CallPriority priority) {
    return calls.call(
        companyId,
        priority,
        LOCATION_TOKEN,
        token -> client.locationToken(token, form(companyId, locationId)),
        answer -> grant(answer, companyId, locationId));
  }

  private static String form(CompanyId companyId, LocationId locationId) {
    return "companyId="
        + URLEncoder.encode(companyId.value(), StandardCharsets.UTF_8)
        + "&locationId="
        + URLEncoder.encode(locationId.value(), StandardCharsets.UTF_8);
  }

  /** The token of another location is never taken for one of this. */
  private Optional<TokenGrant> grant(GhlAnswer answer, CompanyId companyId, LocationId locationId) {
    if (!JsonReads.text(answer.body(), "locationId").equals(locationId.value())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new TokenGrant(
              locationId, companyId, TokenAnswers.derived(answer.body(), time.instant()), true));
    } catch (IllegalArgumentException withoutToken) {
      return Optional.empty();
    }
  }
}
