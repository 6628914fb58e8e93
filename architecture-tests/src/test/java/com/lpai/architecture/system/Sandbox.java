package com.lpai.architecture.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a GoHighLevel user, the Marketplace and the weather do, through the sandbox's control API.
 */
public final class Sandbox {
  private static final Duration FOLLOW_WITHIN = Duration.ofSeconds(30);

  private final RunningSystem system;
  private final HttpCalls http;

  /** The sandbox of a running system. */
  public Sandbox(RunningSystem system) {
    this.system = system;
    http = system.sandbox();
  }

  /** A location with seeded contacts. */
  public void hasLocation(String locationId, int contacts) {
    ok(
        http.post(
            "/sandbox/locations",
            Json.createObjectBuilder()
                .add("locationId", locationId)
                .add("companyId", "company-" + locationId)
                .add("name", "Location " + locationId)
                .add("contacts", contacts)
                .add("seed", 7)
                .build()));
  }

  /** A location of a company. */
  void hasLocation(String locationId, String companyId, int contacts) {
    ok(
        http.post(
            "/sandbox/locations",
            Json.createObjectBuilder()
                .add("locationId", locationId)
                .add("companyId", companyId)
                .add("contacts", contacts)
                .build()));
  }

  /** A user installs the app: consent, redirect to our callback, INSTALL webhook. */
  public void installs(String locationId) {
    JsonObject answer =
        ok(
            http.post(
                "/sandbox/installs",
                Json.createObjectBuilder().add("locationId", locationId).build()));
    assertThat(answer.getInt("callbackStatus")).isBetween(200, 399);
  }

  /** Many locations of one company, without contacts; answers their ids. */
  List<String> hasCompany(String companyId, int locations) {
    JsonObject made =
        ok(
            http.post(
                "/sandbox/locations/bulk",
                Json.createObjectBuilder()
                    .add("companyId", companyId)
                    .add("prefix", companyId + "-")
                    .add("count", locations)
                    .add("contacts", 0)
                    .build()));
    return made.getJsonArray("locations").getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }

  /** Any control call that takes JSON. */
  public JsonObject control(String path, String json) {
    return ok(http.post(path, parsed(json)));
  }

  /** Changes how GoHighLevel behaves where its documents are silent. */
  public void behaves(String json) {
    ok(http.put("/sandbox/settings", parsed(json)));
  }

  /** A user uninstalls the app; answers the events that were or could be sent. */
  List<JsonObject> uninstalls(String owner, boolean sendsEvents) {
    JsonObject answer = ok(http.delete("/sandbox/installs" + owner + "webhook=" + sendsEvents));
    return answer.getJsonArray("webhooks").getValuesAs(JsonObject.class);
  }

  /** The sandbox's time. */
  public Instant now() {
    return Instant.parse(ok(http.get("/sandbox/clock")).getString("now"));
  }

  /** How often our app called, by owner, path, status and kind of grant. */
  List<JsonObject> countedCalls() {
    return ok(http.get("/sandbox/calls?actor=app&by=owner"))
        .getJsonArray("items")
        .getValuesAs(JsonObject.class);
  }

  /** How often our app made each call for a location, by method and path template. */
  public Map<String, Integer> countedAppCalls(String locationId) {
    Map<String, Integer> calls = new TreeMap<>();
    ok(http.get("/sandbox/calls?actor=app&locationId=" + locationId))
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .forEach(
            call ->
                calls.merge(
                    call.getString("method") + " " + call.getString("path"),
                    call.getInt("count"),
                    Integer::sum));
    return calls;
  }

  /** What was called is forgotten. */
  public void forgetsCalls() {
    http.delete("/sandbox/calls");
  }

  static JsonObject parsed(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }

  /** How many contacts the location has in GoHighLevel. */
  public int contactsOf(String locationId) {
    return ok(http.get("/sandbox/locations/" + locationId + "/counts")).getInt("contacts");
  }

  /** GoHighLevel's own API with a user's token. */
  public HttpCalls asUserOf(String locationId) {
    JsonObject token =
        ok(
            http.post(
                "/sandbox/tokens",
                Json.createObjectBuilder().add("locationId", locationId).build()));
    return http.withBearer(token.getString("access_token")).with("Version", "2021-07-28");
  }

  /** A contact as GoHighLevel shows it. */
  public JsonObject contact(String locationId, String ghlContactId) {
    return ok(asUserOf(locationId).get("/contacts/" + ghlContactId)).getJsonObject("contact");
  }

  /** Calls that our app made for the location, by method and path template, oldest first. */
  public List<JsonObject> appCalls(String locationId, String method, String path) {
    return appCalls(locationId).stream()
        .filter(call -> call.getString("method").equals(method))
        .filter(call -> call.getString("path").equals(path))
        .toList();
  }

  /**
   * Calls of our app that count in the location's budget, oldest first; those for tokens do not.
   */
  List<JsonObject> budgetedCalls(String locationId) {
    return appCalls(locationId).stream()
        .filter(call -> !call.getString("path").startsWith("/oauth/"))
        .toList();
  }

  /** The last calls of our app for all locations, oldest first. */
  List<JsonObject> appCalls() {
    return ok(http.get("/sandbox/calls?actor=app&detail=true"))
        .getJsonArray("calls")
        .getValuesAs(JsonObject.class);
  }

  private List<JsonObject> appCalls(String locationId) {
    String query =
        "/sandbox/calls?actor=app&detail=true&locationId="
            + URLEncoder.encode(locationId, StandardCharsets.UTF_8);
    JsonArray calls = ok(http.get(query)).getJsonArray("calls");
    return calls.getValuesAs(JsonObject.class);
  }

  /** How many calls our app made for all locations together. */
  public int countOfAppCalls(String method, String path) {
    return ok(http.get("/sandbox/calls?actor=app"))
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(call -> call.getString("method").equals(method))
        .filter(call -> call.getString("path").equals(path))
        .mapToInt(call -> call.getInt("count"))
        .sum();
  }

  /** What goes wrong from now on, in the place of all before. */
  public void faults(String json) {
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      ok(http.put("/sandbox/faults", reader.readArray()));
    }
  }

  /** Nothing goes wrong from now on. */
  public void noFaults() {
    http.delete("/sandbox/faults");
  }

  /** Sends a webhook; {@code sign} is good, bad or none. */
  public void sendsWebhook(String type, JsonObject payload, String sign) {
    ok(
        http.post(
            "/sandbox/webhooks",
            Json.createObjectBuilder()
                .add("type", type)
                .add("payload", payload)
                .add("sign", sign)
                .build()));
  }

  /**
   * Turns the sandbox's clock forward, and waits until every server that runs follows: two servers
   * hours apart are no case of the real world.
   */
  public void turnsClock(String isoDuration) {
    ok(http.post("/sandbox/clock", Json.createObjectBuilder().add("advance", isoDuration).build()));
    Instant now = now();
    for (ServerInstance server : system.servers()) {
      await(server.uri() + " follows the clock to " + now)
          .atMost(FOLLOW_WITHIN)
          .until(server::time, time -> time.filter(now.minusSeconds(1)::isAfter).isEmpty());
    }
  }

  private static JsonObject ok(HttpCalls.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer.body().isBlank() ? JsonValue.EMPTY_JSON_OBJECT : answer.json();
  }
}
