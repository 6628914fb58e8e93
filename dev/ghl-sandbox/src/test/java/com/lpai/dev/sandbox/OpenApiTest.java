package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.OpenApi;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the sandbox to GoHighLevel's own OpenAPI files. */
class OpenApiTest extends Sandboxed {
  /** What GoHighLevel sends beyond its schemas (ghl-facts.md 1 and 3.1). */
  private static final Set<String> BEYOND_THE_SCHEMA =
      Set.of("traceId", "inboundDndSettings", "timezone", "name");

  private static final String EVERYTHING =
      """
      {"locationId":"location1","firstName":"Ann","lastName":"Lee","email":"ann@example.com",
       "phone":"+12055550199","address1":"1 Main St","city":"Rome","state":"AL",
       "postalCode":"35061","website":"https://example.com","timezone":"America/Chicago",
       "dnd":true,"dndSettings":{"SMS":{"status":"active","message":"m","code":"c"}},
       "inboundDndSettings":{"all":{"status":"inactive"}},"tags":["a"],
       "customFields":[{"id":"cf1","key":"k","field_value":"v"}],"source":"public api",
       "dateOfBirth":"1990-09-25","country":"US","companyName":"Lee Ltd",
       "assignedTo":"y0BeYjuRIlDwsDcOHOJo","gender":"female","name":"Ann Lee"}""";

  private Path shared = Path.of("");

  @BeforeEach
  void findSharedFolder() {
    shared = SharedFolder.required();
  }

  private void assertFits(String area, String method, String path, int status, Reply reply) {
    OpenApi api = OpenApi.area(shared, area);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(api.complaints(reply.json(), api.answer(method, path, status), BEYOND_THE_SCHEMA))
        .isEmpty();
  }

  @Test
  void tokenAnswersFit() {
    Reply code = exchange(sandbox.newAuthorizationCode(LOCATION));

    assertFits("oauth", "post", "/oauth/token", 200, code);
    assertFits(
        "oauth", "post", "/oauth/token", 200, refresh(code.json().getString("refresh_token")));
  }

  @Test
  void contactAnswersFit() {
    Reply created = user().post("/contacts/", EVERYTHING);
    String id = created.json().getJsonObject("contact").getString("id");
    String one = "/contacts/{contactId}";
    String path = "/contacts/" + id;

    assertFits("contacts", "post", "/contacts/", 201, created);
    assertFits("contacts", "get", one, 200, user().get(path));
    assertFits("contacts", "put", one, 200, user().put(path, "{\"city\":\"Oslo\"}"));
    assertFits(
        "contacts", "post", one + "/tags", 201, user().post(path + "/tags", "{\"tags\":[\"b\"]}"));
    assertFits(
        "contacts",
        "delete",
        one + "/tags",
        200,
        user().json("DELETE", path + "/tags", "{\"tags\":[\"b\"]}"));
    assertFits("contacts", "delete", one, 200, user().delete(path));
  }

  @Test
  void errorAnswersFit() {
    Set<String> notOurs = Set.of("traceId", "error", "meta");
    String one = "/contacts/{contactId}";
    OpenApi api = OpenApi.area(shared, "contacts");
    Reply duplicate =
        List.of(user().post("/contacts/", EVERYTHING), user().post("/contacts/", EVERYTHING))
            .getLast();

    assertThat(api.complaints(duplicate.json(), api.answer("post", "/contacts/", 400), notOurs))
        .isEmpty();
    assertThat(
            api.complaints(
                anonymous.get("/contacts/x").json(), api.answer("get", one, 401), notOurs))
        .isEmpty();
    assertThat(
            api.complaints(
                user().put("/contacts/x", "{\"foo\":1}").json(),
                api.answer("put", one, 422),
                notOurs))
        .isEmpty();
  }

  @Test
  void userAndLocationAnswersFit() {
    Reply found = user().get("/users/search?companyId=sandboxCompany");
    String id = found.json().getJsonArray("users").getJsonObject(0).getString("id");

    assertFits("users", "get", "/users/search", 200, found);
    OpenApi users = OpenApi.area(shared, "users");
    assertThat(
            users.complaints(
                user().get("/users/" + id).json(), users.schema("UserSchema"), BEYOND_THE_SCHEMA))
        .isEmpty();
    assertFits(
        "locations", "get", "/locations/{locationId}", 200, user().get("/locations/" + LOCATION));
  }

  @Test
  void createAndUpdateTakeExactlyTheSchemasProperties() {
    OpenApi api = OpenApi.area(shared, "contacts");
    JsonObject all =
        JsonText.parse(EVERYTHING.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            .orElseThrow()
            .asJsonObject();
    Set<String> create = api.schema("CreateContactDto").getJsonObject("properties").keySet();
    Set<String> update = api.schema("UpdateContactDto").getJsonObject("properties").keySet();
    String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Bob\"}");

    assertThat(all.keySet()).isEqualTo(create);
    assertThat(user().post("/contacts/", all.toString()).status()).isEqualTo(201);
    for (String name : create) {
      JsonObjectBuilder body =
          JsonText.object().add(name, all.getOrDefault(name, JsonText.string("")));
      Reply reply = user().put("/contacts/" + id, body.build().toString());
      boolean refused = reply.text().contains("property " + name + " should not exist");
      assertThat(refused).as(name).isEqualTo(!update.contains(name));
    }
  }

  @Test
  void nullIsTakenExactlyWhereTheSchemaSaysSo() {
    JsonObject properties =
        OpenApi.area(shared, "contacts").schema("UpdateContactDto").getJsonObject("properties");
    String id = aContact("{\"locationId\":\"location1\",\"firstName\":\"Bob\"}");

    properties.forEach(
        (name, schema) -> {
          Reply reply = user().put("/contacts/" + id, "{\"" + name + "\":null}");
          boolean nullable = schema.asJsonObject().getBoolean("nullable", false);
          assertThat(reply.status()).as(name).isEqualTo(nullable ? 200 : 422);
        });
  }
}
