package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.World;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Tokens: of people, of private integrations, and the end of the app's. */
final class TokensControl implements ControlArea {
  private final World world;
  private final Operator operator;

  TokensControl(World world, Operator operator) {
    this.world = world;
    this.operator = operator;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("POST", "/sandbox/tokens", (request, path) -> userToken(request));
    router.add("POST", "/sandbox/tokens/expire", (request, path) -> expire(request));
    router.add("POST", "/sandbox/tokens/revoke", (request, path) -> revoke(request));
    router.add("POST", "/sandbox/private-tokens", (request, path) -> privateToken(request));
    router.add("DELETE", "/sandbox/private-tokens", (request, path) -> endPrivate(request));
  }

  private Reply userToken(Request request) {
    StrictJson body = StrictJson.of(request);
    String locationId = body.text("locationId");
    body.nothingElse();
    return Reply.json(
        201,
        JsonText.object()
            .add("access_token", operator.userToken(locationId))
            .add("token_type", "Bearer")
            .build());
  }

  private Reply expire(Request request) {
    return ended(world.grants().expire(whose(request)));
  }

  private Reply revoke(Request request) {
    return ended(world.grants().revoke(whose(request)));
  }

  private static Reply ended(int tokens) {
    return Reply.json(200, JsonText.object().add("tokens", tokens).build());
  }

  private static Predicate<Grant> whose(Request request) {
    StrictJson body = StrictJson.of(request);
    Optional<String> locationId = body.optionalText("locationId");
    Optional<String> companyId = body.optionalText("companyId");
    boolean all = body.flag("all", false);
    body.nothingElse();
    if (locationId.isPresent()) {
      return grant -> grant.locationId().equals(locationId.get());
    }
    if (companyId.isPresent()) {
      return grant -> grant.isOfCompany() && grant.companyId().equals(companyId.get());
    }
    if (all) {
      return grant -> true;
    }
    throw new IllegalArgumentException("send locationId, companyId or \"all\":true");
  }

  private Reply privateToken(Request request) {
    StrictJson body = StrictJson.of(request);
    String locationId = body.text("locationId");
    Optional<List<String>> scopes = body.optionalTexts("scopes");
    body.nothingElse();
    return Reply.json(
        201, JsonText.object().add("token", operator.privateToken(locationId, scopes)).build());
  }

  private Reply endPrivate(Request request) {
    String locationId =
        request
            .queryValue("locationId")
            .orElseThrow(() -> new IllegalArgumentException("parameter locationId is required"));
    return ended(world.grants().revokePrivate(it -> it.locationId().equals(locationId)));
  }
}
