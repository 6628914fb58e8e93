package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Refused;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.Grants;
import com.lpai.dev.sandbox.world.Grants.TokenPair;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** OAuth 2.0: consent and tokens (ghl-facts.md 2). */
final class OAuthArea implements GhlArea {
  static final String TOKEN = "/oauth/token";

  private static final Set<String> TOKEN_FIELDS =
      Set.of(
          "client_id",
          "client_secret",
          "grant_type",
          "code",
          "refresh_token",
          "user_type",
          "redirect_uri");
  private static final List<String> CARRIED =
      List.of("response_type", "client_id", "redirect_uri", "scope", "state");

  private final World world;
  private final App app;
  private final Marketplace marketplace;

  OAuthArea(World world, App app, Marketplace marketplace) {
    this.world = world;
    this.app = app;
    this.marketplace = marketplace;
  }

  @Override
  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (String path : List.of("/v2/oauth/chooselocation", "/oauth/chooselocation")) {
      endpoints.add(new Open("GET", path, this::ask));
      endpoints.add(new Open("POST", path, this::decide));
    }
    endpoints.add(new Open("POST", TOKEN, this::token));
    return endpoints;
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
    if (!form.getOrDefault("decision", "").equals("allow")) {
      return Reply.redirect(marketplace.refusal(state).toString());
    }
    String locationId = form.getOrDefault("location_id", "");
    if (world.location(locationId).isEmpty()) {
      return problem("Choose one of the locations, then proceed.");
    }
    String scope = form.getOrDefault("scope", "");
    return Reply.redirect(marketplace.consent(locationId, scope, state).toString());
  }

  private void requireGoodRequest(Map<String, String> parameters) {
    if (!parameters.getOrDefault("response_type", "").equals("code")) {
      throw new Refused(problem("The parameter response_type must be \"code\"."));
    }
    if (!parameters.getOrDefault("client_id", "").equals(app.clientId())) {
      throw new Refused(problem("No integration found with the ID given as client_id."));
    }
    if (!parameters.getOrDefault("redirect_uri", "").equals(app.redirectUri().toString())) {
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

  private Reply token(Request request) {
    Map<String, String> fields = tokenFields(request);
    Errors.refuseIfAny(complaints(fields));
    boolean clientIsRight =
        same(fields.getOrDefault("client_id", ""), app.clientId())
            && same(fields.getOrDefault("client_secret", ""), app.clientSecret());
    if (!clientIsRight) {
      return Errors.unauthorized("Invalid client: client credentials are invalid");
    }
    return switch (fields.getOrDefault("grant_type", "")) {
      case "authorization_code" -> redeem(fields);
      case "refresh_token" -> refresh(fields);
      default -> Errors.badRequest("Unsupported grant type: client_credentials");
    };
  }

  private static Map<String, String> tokenFields(Request request) {
    boolean isJson =
        request.header("Content-Type").map(type -> type.contains("json")).orElse(false);
    if (!isJson) {
      return request.form();
    }
    Map<String, String> fields = new LinkedHashMap<>();
    JsonText.parse(request.body())
        .filter(JsonObject.class::isInstance)
        .ifPresent(
            body ->
                body.asJsonObject()
                    .forEach(
                        (name, value) ->
                            fields.put(
                                name,
                                value instanceof JsonString text
                                    ? text.getString()
                                    : value.toString())));
    return fields;
  }

  private static List<String> complaints(Map<String, String> fields) {
    List<String> complaints = new ArrayList<>();
    fields.keySet().stream()
        .filter(name -> !TOKEN_FIELDS.contains(name))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    for (String name : List.of("client_id", "client_secret", "grant_type")) {
      if (fields.getOrDefault(name, "").isEmpty()) {
        complaints.add(name + " should not be empty");
        complaints.add(name + " must be a string");
      }
    }
    oneOf(
        fields,
        "grant_type",
        List.of("authorization_code", "refresh_token", "client_credentials"),
        complaints);
    oneOf(fields, "user_type", List.of("Company", "Location"), complaints);
    return complaints;
  }

  private static void oneOf(
      Map<String, String> fields, String name, List<String> values, List<String> complaints) {
    String value = fields.getOrDefault(name, "");
    if (!value.isEmpty() && !values.contains(value)) {
      complaints.add(name + " must be one of the following values: " + String.join(", ", values));
    }
  }

  private Reply redeem(Map<String, String> fields) {
    String redirect = fields.getOrDefault("redirect_uri", app.redirectUri().toString());
    if (!redirect.equals(app.redirectUri().toString())) {
      return invalidGrant("Invalid grant: `redirect_uri` is invalid");
    }
    return world
        .grants()
        .redeem(fields.getOrDefault("code", ""))
        .map(OAuthArea::tokens)
        .orElseGet(() -> invalidGrant("Invalid grant: authorization code is invalid"));
  }

  private Reply refresh(Map<String, String> fields) {
    return world
        .grants()
        .refresh(fields.getOrDefault("refresh_token", ""))
        .map(OAuthArea::tokens)
        .orElseGet(() -> invalidGrant("Invalid grant: refresh token is invalid"));
  }

  private static Reply tokens(TokenPair pair) {
    Grant grant = pair.grant();
    return Reply.json(
        200,
        JsonText.object()
            .add("access_token", pair.accessToken())
            .add("token_type", "Bearer")
            .add("expires_in", Grants.ACCESS_LIFE.toSeconds())
            .add("refresh_token", pair.refreshToken())
            .add("scope", grant.scope())
            .add("userType", "Location")
            .add("companyId", grant.companyId())
            .add("locationId", grant.locationId())
            .add("userId", grant.userId())
            .build());
  }

  private Reply invalidGrant(String description) {
    int status = world.quirks().invalidGrantStatus();
    return Reply.json(
        status,
        JsonText.object()
            .add("error", "invalid_grant")
            .add("error_description", description)
            .add("statusCode", status)
            .add("message", description)
            .build());
  }

  private static boolean same(String given, String right) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
