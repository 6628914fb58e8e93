package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlCompaniesClient;
import com.lpai.adapter.ghl.client.RestClients;
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
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a company's token is good for, over HTTP (ghl-facts.md 2.3). */
public final class GhlCompanies implements CrmCompanies, AutoCloseable {
  /** It proves a company's token, too. */
  public static final Operation INSTALLED_LOCATIONS =
      new Operation(
          "GET", "/oauth/installedLocations", Operation.Effect.READ, "company", "oauth.readonly");

  /** A token more does no harm. */
  private static final Operation LOCATION_TOKEN =
      new Operation(
          "POST", "/oauth/locationToken", Operation.Effect.CHANGE, "location", "oauth.write");

  private static final int PAGE = 100;

  private final Way lists;
  private final Way tokens;
  private final String appId;
  private final InstantSource time;

  /** A client and the way of its calls: a token must come sooner than a list may. */
  public record Way(GhlCompaniesClient client, GhlCalls<CompanyId> calls) {}

  public GhlCompanies(Way lists, Way tokens, String appId, InstantSource time) {
    this.lists = lists;
    this.tokens = tokens;
    this.appId = appId;
    this.time = time;
  }

  @Override
  public CrmResult<InstalledLocations> installedLocations(
      CompanyId companyId, int skip, CallPriority priority) {
    return lists
        .calls()
        .call(
            companyId,
            priority,
            INSTALLED_LOCATIONS,
            token ->
                lists
                    .client()
                    .installedLocations(
                        token,
                        companyId.value(),
                        appId,
                        true,
                        String.valueOf(skip),
                        String.valueOf(PAGE)),
            GhlCompanies::page);
  }

  private static Optional<InstalledLocations> page(GhlAnswer answer) {
    if (!(answer.body().get("locations") instanceof JsonArray items)) {
      return Optional.empty();
    }
    List<LocationId> installed = new ArrayList<>();
    Map<LocationId, String> names = new LinkedHashMap<>();
    for (JsonObject item : JsonReads.objects(answer.body(), "locations")) {
      if (hasTheApp(item)) {
        TokenAnswers.location(JsonReads.text(item, "_id"))
            .ifPresent(
                location -> {
                  installed.add(location);
                  names.put(location, JsonReads.text(item, "name"));
                });
      }
    }
    return Optional.of(new InstalledLocations(items.size(), installed, names));
  }

  /**
   * Whether GoHighLevel filters by {@code isInstalled} is a guess. An item that does not say comes
   * from the filter; should the app be missing there after all, its token is refused.
   */
  private static boolean hasTheApp(JsonObject item) {
    return JsonReads.flag(item.getOrDefault("isInstalled", JsonValue.TRUE)).orElse(false);
  }

  @Override
  public CrmResult<TokenGrant> locationToken(
      CompanyId companyId, LocationId locationId, CallPriority priority) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("companyId", companyId.value());
    fields.put("locationId", locationId.value());
    String form = Form.encoded(fields);
    Instant asked = time.instant();
    return tokens
        .calls()
        .call(
            companyId,
            priority,
            LOCATION_TOKEN,
            token -> tokens.client().locationToken(token, form),
            answer -> TokenAnswers.derived(answer, companyId, locationId, asked));
  }

  @Override
  public void close() {
    RestClients.close(lists.client());
    RestClients.close(tokens.client());
  }
}
