package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsersAndLocationsTest extends Sandboxed {
  private static final String SEARCH = "/users/search?companyId=sandboxCompany";

  @Test
  void aLocationHasItsTimeZoneCountryAndSettings() {
    JsonObject location = user().get("/locations/" + LOCATION).json().getJsonObject("location");

    assertThat(location.getString("id")).isEqualTo(LOCATION);
    assertThat(location.getString("timezone")).isEqualTo("America/Chicago");
    assertThat(location.getString("country")).isEqualTo("US");
    assertThat(location.getJsonObject("settings").getBoolean("allowDuplicateContact")).isFalse();
  }

  @Test
  void whatAPersonChangesInALocationIsThereAndIsTold() {
    assertThat(sandbox.newAuthorizationCode(LOCATION)).isNotEmpty();

    sandbox.control("PUT", "/sandbox/locations/location1", "{\"name\":\"Renamed\"}");
    sandbox.control("PUT", "/sandbox/locations/location1/users/u9", "{\"firstName\":\"Zoë\"}");
    sandbox.control("PUT", "/sandbox/locations/location1/users/u9", "{\"firstName\":\"Zoe\"}");
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 4);

    assertThat(user().get("/locations/location1").json().getJsonObject("location"))
        .containsEntry("name", JsonText.string("Renamed"));
    assertThat(user().get("/users/u9").json().getString("firstName")).isEqualTo("Zoe");
    JsonObject location = event("LocationUpdate");
    assertThat(location.getString("id")).isEqualTo(LOCATION);
    assertThat(location.getString("name")).isEqualTo("Renamed");
    assertThat(location).doesNotContainKey("locationId");
    JsonObject made = event("UserCreate");
    assertThat(made.getString("firstName")).isEqualTo("Zoë");
    assertThat(made.getString("role")).isEqualTo("user");
    assertThat(event("UserUpdate").getString("locationId")).isEqualTo(LOCATION);
  }

  private JsonObject event(String type) {
    return app.webhooks().stream()
        .filter(it -> it.type().equals(type))
        .findFirst()
        .orElseThrow()
        .json();
  }

  @Test
  void usersOfTheLocationAreFoundPageByPage() {
    sandbox.createLocation(Seeding.of("other"));

    Reply all = user().get(SEARCH + "&locationId=" + LOCATION);
    Reply second = user().get(SEARCH + "&skip=1&limit=1");

    assertThat(all.json().getInt("count")).isEqualTo(3);
    assertThat(all.json().getJsonArray("users")).hasSize(3);
    assertThat(second.json().getJsonArray("users")).hasSize(1);
    assertThat(second.json().getInt("count")).isEqualTo(3);
  }

  @Test
  void usersWhoWereDeletedAreFoundWhereSoSet() {
    sandbox.control("PUT", "/sandbox/settings", "{\"deletedUsersAreFound\":true}");

    List<JsonObject> found =
        user().get(SEARCH).json().getJsonArray("users").getValuesAs(JsonObject.class);

    assertThat(found).hasSize(4);
    assertThat(found).filteredOn(it -> it.getBoolean("deleted")).hasSize(1);
  }

  @Test
  void usersAreFilteredByRoleIdsAndQuery() {
    JsonObject admin =
        user().get(SEARCH + "&role=admin").json().getJsonArray("users").getJsonObject(0);
    String id = admin.getString("id");

    assertThat(user().get(SEARCH + "&ids=" + id + ",none").json().getInt("count")).isEqualTo(1);
    assertThat(user().get(SEARCH + "&query=user0.").json().getInt("count")).isEqualTo(1);
    assertThat(user().get("/users/" + id).json().getString("email"))
        .isEqualTo(admin.getString("email"));
  }

  @Test
  void wrongRequestsAreRefused() {
    assertThat(user().get("/users/search").status()).isEqualTo(422);
    assertThat(user().get(SEARCH + "&limit=x").status()).isEqualTo(422);
    assertThat(user().get(SEARCH + "&foo=x").messages())
        .containsExactly("property foo should not exist");
    assertThat(user().get("/users/search?companyId=other").status()).isEqualTo(403);
    assertThat(user().get(SEARCH + "&locationId=other").status()).isEqualTo(403);
    assertThat(user().get("/users/none").status()).isEqualTo(404);
  }
}
