package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.ghl.Consent.Kind;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.World;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The page on which a person lets the app in (ghl-facts.md 2.1). */
final class ConsentArea implements GhlArea {
  private static final List<String> CARRIED =
      List.of("response_type", "client_id", "redirect_uri", "scope", "state");

  private final World world;
  private final App app;
  private final Marketplace marketplace;

  ConsentArea(World world, App app, Marketplace marketplace) {
    this.world = world;
    this.app = app;
    this.marketplace = marketplace;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of("/v2/oauth/chooselocation", "/oauth/chooselocation").stream()
        .<Endpoint>mapMulti(
            (path, endpoints) -> {
              endpoints.accept(new Open("GET", path, this::ask));
              endpoints.accept(new Open("POST", path, this::decide));
            })
        .toList();
  }

  private Reply ask(Request request) {
    requireGoodRequest(request.query());
    Map<String, String> carried = new LinkedHashMap<>();
    for (String name : CARRIED) {
      request.queryValue(name).ifPresent(value -> carried.put(name, value));
    }
    return Reply.html(
        200,
        ConsentPage.choose(world.locations(), carried, request.query().getOrDefault("scope", "")));
  }

  private Reply decide(Request request) {
    Map<String, String> form = new LinkedHashMap<>(request.query());
    form.putAll(request.form());
    requireGoodRequest(form);
    Optional<String> state = Optional.ofNullable(form.get("state"));
    String redirectUri = form.getOrDefault("redirect_uri", "");
    if (!form.getOrDefault("decision", "").equals("allow")) {
      return Reply.redirect(marketplace.refusal(redirectUri, state).toString());
    }
    return chosen(form)
        .map(consent -> Reply.redirect(marketplace.consent(consent, redirectUri, state).toString()))
        .orElseGet(() -> problem("Choose one of the locations, then proceed."));
  }

  private Optional<Consent> chosen(Map<String, String> form) {
    String choice = form.getOrDefault("location_id", "");
    String scope = form.getOrDefault("scope", "");
    if (!choice.startsWith(ConsentPage.COMPANY)) {
      return world
          .location(choice)
          .map(it -> Consent.ofLocation(it.getString("companyId"), choice, scope));
    }
    String companyId = choice.substring(ConsentPage.COMPANY.length());
    List<String> locationIds =
        world.locationsOf(companyId).stream().map(it -> it.getString("id")).toList();
    boolean future = form.getOrDefault("future_locations", "").equals("true");
    return Optional.of(locationIds)
        .filter(ids -> !ids.isEmpty())
        .map(ids -> new Consent(Kind.BULK, companyId, ids, true, future, scope, true, ""));
  }

  private void requireGoodRequest(Map<String, String> parameters) {
    if (!parameters.getOrDefault("response_type", "").equals("code")) {
      throw new Refused(problem("The parameter response_type must be \"code\"."));
    }
    if (!parameters.getOrDefault("client_id", "").equals(app.clientId())) {
      throw new Refused(problem("No integration found with the ID given as client_id."));
    }
    if (!marketplace.isRegistered(parameters.getOrDefault("redirect_uri", ""))) {
      throw new Refused(problem("The redirect_uri is not one that is registered for this app."));
    }
    String scope = parameters.getOrDefault("scope", "");
    List<String> unknown =
        List.of(scope.split(" ", -1)).stream().filter(it -> !app.scopes().contains(it)).toList();
    if (!unknown.isEmpty()) {
      throw new Refused(
          problem("The app was not registered with the scope: " + String.join(", ", unknown)));
    }
  }

  private static Reply problem(String what) {
    return Reply.html(400, ConsentPage.problem(what));
  }
}
