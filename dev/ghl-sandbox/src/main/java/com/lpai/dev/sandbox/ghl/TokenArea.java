package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The token endpoint (ghl-facts.md 2.2). */
final class TokenArea implements GhlArea {
  static final String TOKEN = "/oauth/token";

  private static final Set<String> FIELDS =
      Set.of(
          "client_id",
          "client_secret",
          "grant_type",
          "code",
          "refresh_token",
          "user_type",
          "redirect_uri");

  private final World world;
  private final App app;
  private final Marketplace marketplace;
  private final TokenAnswers answers;

  TokenArea(World world, App app, Marketplace marketplace) {
    this.world = world;
    this.app = app;
    this.marketplace = marketplace;
    this.answers = new TokenAnswers(world);
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(new Open("POST", TOKEN, this::token));
  }

  /** The code or refresh token of a request. */
  static String proof(Request request) {
    Map<String, String> fields = TokenFields.of(request);
    return fields.getOrDefault("refresh_token", fields.getOrDefault("code", ""));
  }

  private Reply token(Request request) {
    Map<String, String> fields = TokenFields.of(request);
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

  private static List<String> complaints(Map<String, String> fields) {
    List<String> complaints = new ArrayList<>();
    fields.keySet().stream()
        .filter(name -> !FIELDS.contains(name))
        .forEach(name -> complaints.add("property " + name + " should not exist"));
    TokenFields.require(fields, List.of("client_id", "client_secret", "grant_type"), complaints);
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

  /** What kind of token a code gives is GoHighLevel's to say; {@code user_type} changes nothing. */
  private Reply redeem(Map<String, String> fields) {
    String redirect = fields.getOrDefault("redirect_uri", app.redirectUri().toString());
    if (!marketplace.isRegistered(redirect)) {
      return answers.invalidGrant("Invalid grant: `redirect_uri` is invalid");
    }
    String code = fields.getOrDefault("code", "");
    if (isSuspended(world.grants().peek(code))) {
      return Errors.badRequest(Errors.NOT_ACTIVE);
    }
    return world
        .grants()
        .redeem(code)
        .map(answers::tokens)
        .orElseGet(() -> answers.invalidGrant("Invalid grant: authorization code is invalid"));
  }

  private Reply refresh(Map<String, String> fields) {
    String refreshToken = fields.getOrDefault("refresh_token", "");
    Optional<Grant> grant = world.grants().peek(refreshToken).filter(world.grants()::isLive);
    if (isSuspended(grant)) {
      return Errors.badRequest(Errors.NOT_ACTIVE);
    }
    String userType = fields.getOrDefault("user_type", "");
    if (!userType.isEmpty() && grant.filter(it -> !it.userType().equals(userType)).isPresent()) {
      return Errors.unauthorized("Token's user type mismatch!");
    }
    return world
        .grants()
        .refresh(refreshToken)
        .map(answers::tokens)
        .orElseGet(() -> answers.invalidGrant("Invalid grant: refresh token is invalid"));
  }

  private boolean isSuspended(Optional<Grant> grant) {
    return grant.filter(it -> world.installs().isSuspended(it.locationId())).isPresent();
  }

  private static boolean same(String given, String right) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }
}
