package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.CompanyInstall;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grant.Actor;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a Company token is for: the locations of the company and their tokens (ghl-facts.md 2.3).
 */
final class CompanyArea implements GhlArea {
  static final String LOCATION_TOKEN = "/oauth/locationToken";

  private static final String INSTALLED_LOCATIONS = "/oauth/installedLocations";
  private static final String VERSION = "2021-07-28";
  private static final int MOST_ITEMS = 100;
  private static final Set<String> QUERY =
      Set.of(
          "companyId",
          "appId",
          "skip",
          "limit",
          "query",
          "isInstalled",
          "versionId",
          "onTrial",
          "planId",
          "locationId");

  private final World world;
  private final App app;
  private final TokenAnswers answers;
  private final AtomicLong pages = new AtomicLong();

  CompanyArea(World world, App app) {
    this.world = world;
    this.app = app;
    this.answers = new TokenAnswers(world);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Gated("POST", LOCATION_TOKEN, "oauth.write", VERSION, Access.COMPANY, this::token),
        new Gated(
            "GET", INSTALLED_LOCATIONS, "oauth.readonly", VERSION, Access.COMPANY, this::list));
  }

  private Reply token(Call call) {
    call.allowQuery(Set.of());
    Map<String, String> fields = TokenFields.of(call.request());
    List<String> complaints = new ArrayList<>();
    fields.keySet().stream()
        .filter(name -> !name.equals("companyId") && !name.equals("locationId"))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    TokenFields.require(fields, List.of("companyId", "locationId"), complaints);
    Errors.refuseIfAny(complaints);
    requireCompany(call, fields.getOrDefault("companyId", ""));
    String locationId = fields.getOrDefault("locationId", "");
    JsonObject location = world.location(locationId).orElseThrow(this::notInstalled);
    boolean ours = location.getString("companyId").equals(call.grant().companyId());
    if (!ours || !knows(locationId)) {
      throw notInstalled();
    }
    if (world.installs().isSuspended(locationId)) {
      return Errors.badRequest(Errors.NOT_ACTIVE);
    }
    return answers.derived(
        world
            .grants()
            .derive(
                derived(call, locationId), world.settings().get(Settings.DERIVED_REFRESH_TOKEN)),
        app.appId());
  }

  private static Grant derived(Call call, String locationId) {
    Grant company = call.grant();
    return Grant.ofLocation(
        Actor.APP,
        locationId,
        company.companyId(),
        company.userId(),
        Marketplace.withoutAgencyScopes(company.scope()));
  }

  private Refused notInstalled() {
    String message = "The app is not installed in this location";
    int status = world.settings().get(Settings.NOT_INSTALLED_STATUS);
    return new Refused(
        switch (status) {
          case 403 -> Errors.forbidden();
          case 422 -> Errors.unprocessable(List.of(message));
          default -> Errors.notFound(status, message);
        });
  }

  private Reply list(Call call) {
    call.allowQuery(QUERY);
    List<String> complaints = new ArrayList<>();
    TokenFields.require(call.request().query(), List.of("companyId", "appId"), complaints);
    int skip = call.number("skip", 0, complaints);
    int limit = Math.min(MOST_ITEMS, call.number("limit", 20, complaints));
    Errors.refuseIfAny(complaints);
    requireCompany(call, call.request().query().getOrDefault("companyId", ""));
    if (!app.appId().equals(call.request().query().get("appId"))) {
      return Errors.badRequest("The appId is not the one of the token");
    }
    String companyId = call.grant().companyId();
    List<JsonObject> company = world.locationsOf(companyId);
    List<JsonObject> found = company.stream().filter(it -> isAskedFor(call, it)).toList();
    JsonObjectBuilder answer = JsonText.object();
    answer.add("locations", JsonText.array(page(companyId, found, skip, limit)));
    answer.add("count", company.size());
    world
        .installs()
        .ofCompany(companyId)
        .map(CompanyInstall::futureLocations)
        .ifPresent(it -> answer.add("installToFutureLocations", it));
    return Reply.json(200, answer.build());
  }

  private boolean isAskedFor(Call call, JsonObject location) {
    String id = location.getString("id");
    Optional<String> name =
        call.request().queryValue("query").map(it -> it.toLowerCase(Locale.ROOT));
    return name.map(location.getString("name").toLowerCase(Locale.ROOT)::contains).orElse(true)
        && call.request().queryValue("locationId").map(id::equals).orElse(true)
        && call.request()
            .queryValue("isInstalled")
            .map(it -> it.equals("true") == knows(id))
            .orElse(true);
  }

  /**
   * A page in no useful order. The first one is not full, and each other one begins with items of
   * the page before: who stops at a page that is not full, or at {@code count}, misses some.
   */
  private List<JsonObject> page(String companyId, List<JsonObject> found, int skip, int limit) {
    List<JsonObject> mixed = new ArrayList<>(found);
    long seed = world.settings().seed() * 31 + companyId.hashCode();
    Collections.shuffle(mixed, new Random(seed));
    int overlap = Math.min(world.settings().get(Settings.INSTALLED_LOCATIONS_OVERLAP), limit / 2);
    int from = Math.max(0, skip - overlap);
    int size = skip == 0 ? limit - overlap / 2 : limit;
    List<JsonObject> page =
        new ArrayList<>(mixed.stream().skip(from).limit(size).map(this::item).toList());
    Collections.shuffle(page, new Random(seed + pages.incrementAndGet()));
    return page;
  }

  private JsonObject item(JsonObject location) {
    String id = location.getString("id");
    JsonObjectBuilder item =
        JsonText.object()
            .add("_id", id)
            .add("name", location.getString("name"))
            .add("address", location.getString("address"))
            .add("isInstalled", knows(id));
    Optional<Instant> since = world.installs().since(id).filter(any -> knows(id));
    since.ifPresent(it -> item.add("versionId", app.appId()).add("installedAt", IsoTime.of(it)));
    return item.build();
  }

  /** Whether the install has got about: it may take some seconds (ghl-facts.md 2.4). */
  private boolean knows(String locationId) {
    Instant known =
        world.clock().instant().minusSeconds(world.settings().get(Settings.INSTALL_LAG_SECONDS));
    return world.installs().since(locationId).filter(it -> !it.isAfter(known)).isPresent();
  }

  private static void requireCompany(Call call, String companyId) {
    if (!call.grant().companyId().equals(companyId)) {
      throw new Refused(Errors.forbidden());
    }
  }
}
