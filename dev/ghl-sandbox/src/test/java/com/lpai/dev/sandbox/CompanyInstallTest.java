package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.openapi.SharedFolder;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompanyInstallTest extends Company {

  private List<JsonObject> received(int count) {
    await().atMost(5, SECONDS).until(() -> app.webhooks().size() >= count);
    return app.webhooks().stream().map(AppReceiver.Webhook::json).toList();
  }

  @Nested
  class Tokens {
    @Test
    void aBulkInstallGivesACompanyToken() {
      JsonObject tokens =
          companyTokens("\"locations\":[\"loc-1\",\"loc-2\"],\"futureLocations\":true");

      assertThat(tokens.getString("userType")).isEqualTo("Company");
      assertThat(tokens.getString("companyId")).isEqualTo(COMPANY);
      assertThat(tokens.getBoolean("isBulkInstallation")).isTrue();
      assertThat(tokens.getBoolean("installToFutureLocations")).isTrue();
      assertThat(tokens.getBoolean("approveAllLocations")).isFalse();
      assertThat(tokens).doesNotContainKeys("locationId", "approvedLocations");
    }

    @Test
    void aRefreshKeepsTheTypeWhateverWasInstalled() {
      String refreshToken = companyTokens("").getString("refresh_token");

      Reply refreshed =
          token(
              Map.of(
                  "grant_type",
                  "refresh_token",
                  "refresh_token",
                  refreshToken,
                  "user_type",
                  "Company"));

      assertThat(refreshed.json().getString("userType")).isEqualTo("Company");
      assertThat(refreshed.json().getBoolean("approveAllLocations")).isTrue();
    }

    @Test
    void aRefreshForTheOtherTypeIsRefusedAndTheTokenLives() {
      String refreshToken = companyTokens("").getString("refresh_token");

      Reply refused = refresh(refreshToken);

      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.messages()).containsExactly("Token's user type mismatch!");
      Map<String, String> right =
          Map.of(
              "grant_type", "refresh_token", "refresh_token", refreshToken, "user_type", "Company");
      assertThat(token(right).status()).isEqualTo(200);
    }

    @Test
    void theChosenLocationsAreListedWhereSoSet() {
      set("\"approvedLocations\":\"present\"");

      JsonObject tokens = companyTokens("\"locations\":[\"loc-1\",\"loc-2\"]");

      assertThat(texts(tokens, "approvedLocations")).containsExactly("loc-1", "loc-2");
      assertThat(companyTokens("\"approvedLocations\":\"absent\""))
          .doesNotContainKey("approvedLocations");
    }

    @Test
    void nobodyIsNamedWhereAskedSo() {
      assertThat(companyTokens("\"withoutUserId\":true")).doesNotContainKey("userId");

      assertThat(received(5)).allSatisfy(it -> assertThat(it).doesNotContainKey("userId"));
    }
  }

  @Nested
  class Webhooks {
    @Test
    void aBulkInstallSendsOneForEachLocationSoOftenAsAsked() {
      JsonObject answer = install("\"repeat\":2,\"copies\":\"new\"");

      assertThat(answer.getInt("webhooks")).isEqualTo(10);
      List<JsonObject> events = received(10);
      assertThat(events.stream().map(it -> it.getString("locationId")).distinct()).hasSize(5);
      assertThat(events.stream().map(it -> it.getString("webhookId")).distinct()).hasSize(10);
      assertThat(events).allSatisfy(it -> assertThat(it.getString("type")).isEqualTo("INSTALL"));
    }

    @Test
    void theSameEventComesByteForByte() {
      install("\"locations\":[\"loc-1\"],\"repeat\":3,\"copies\":\"same\"");

      assertThat(received(3).stream().distinct()).hasSize(1);
    }

    @Test
    void anAgencysAppSendsOneWithTheCompanyOnly() {
      install("\"bulk\":false");

      assertThat(received(1)).hasSize(1);
      assertThat(received(1).getFirst().getString("companyId")).isEqualTo(COMPANY);
      assertThat(received(1).getFirst()).doesNotContainKey("locationId");
    }

    @Test
    void theyGoOutBeforeOrAfterTheCallbackOrNotAtAll() {
      String callback = ",\"companyId\":\"comp1\"}";

      control("POST", "/sandbox/installs", "{\"webhooks\":\"before\"" + callback);
      assertThat(app.log().subList(0, 5)).containsOnly("webhook");
      assertThat(app.log().subList(5, 6)).containsOnly("callback");

      app.forget();
      control("POST", "/sandbox/installs", "{\"webhooks\":\"after\"" + callback);
      assertThat(received(5)).hasSize(5);
      assertThat(app.log().getFirst()).isEqualTo("callback");

      app.forget();
      control("POST", "/sandbox/installs", "{\"webhooks\":\"random\"" + callback);
      assertThat(received(5)).hasSize(5);
      assertThat(app.callbacks()).hasSize(1);

      app.forget();
      control("POST", "/sandbox/installs", "{\"webhooks\":\"none\"" + callback);
      assertThat(app.log()).containsExactly("callback");
    }

    @Test
    void theirFieldsAreThoseOfTheOfficialSample() throws IOException {
      Path sample = SharedFolder.required().resolve("ghl-webhook-samples/INSTALL.json");
      Set<String> official =
          new TreeSet<>(
              JsonText.parse(Files.readAllBytes(sample)).orElseThrow().asJsonObject().keySet());
      official.addAll(List.of("timestamp", "webhookId", "versionId")); // ghl-facts.md 6.4

      install("\"locations\":[\"loc-1\"]");

      assertThat(received(1).getFirst().keySet()).isEqualTo(official);
    }
  }

  @Nested
  class FutureLocations {
    @Test
    void aLaterLocationGetsTheAppByItself() {
      Client company = bearer(companyTokens("\"futureLocations\":true,\"webhooks\":\"none\""));

      sandbox.createLocation(Seeding.of("later").ofCompany(COMPANY));

      List<JsonObject> events = received(2);
      assertThat(events)
          .anySatisfy(
              event -> {
                assertThat(event.getString("type")).isEqualTo("INSTALL");
                assertThat(event.getString("locationId")).isEqualTo("later");
              })
          .anySatisfy(
              event -> {
                assertThat(event.getString("type")).isEqualTo("LocationCreate");
                assertThat(event.getString("id")).isEqualTo("later");
                assertThat(event).doesNotContainKey("locationId");
              });
      assertThat(locationToken(company, "later").status()).isEqualTo(200);
    }

    @Test
    void withoutThatChoiceItDoesNot() {
      Client company = bearer(companyTokens("\"webhooks\":\"none\""));

      sandbox.createLocation(Seeding.of("later").ofCompany(COMPANY));

      assertThat(locationToken(company, "later").status()).isEqualTo(400);
    }
  }

  @Nested
  class Uninstall {
    @Test
    void ofTheCompanyEndsAllTokensAndSendsOneEvent() {
      JsonObject company = companyTokens("\"webhooks\":\"none\"");
      JsonObject location = locationToken(bearer(company), "loc-1").json();

      JsonObject answer = control("DELETE", "/sandbox/installs?companyId=comp1", "");

      List<JsonObject> events = received(1);
      assertThat(events).hasSize(1);
      assertThat(events.getFirst().getString("companyId")).isEqualTo(COMPANY);
      assertThat(events.getFirst()).doesNotContainKey("locationId");
      assertThat(answer.getBoolean("sent")).isTrue();
      assertThat(bearer(company).get(installedLocations()).status()).isEqualTo(401);
      assertThat(bearer(location).get("/locations/loc-1").status()).isEqualTo(401);
      assertThat(refresh(location.getString("refresh_token")).status()).isEqualTo(400);
    }

    @Test
    void canBeToldLaterByHand() {
      install("\"webhooks\":\"none\"");

      JsonObject answer = control("DELETE", "/sandbox/installs/loc-1?webhook=false", "");

      assertThat(sandbox.webhooks()).isEmpty();
      JsonObject event = answer.getJsonArray("webhooks").getJsonObject(0);
      control("POST", "/sandbox/webhooks", event.toString());
      assertThat(received(1).getFirst())
          .containsAllEntriesOf(event.getJsonObject("payload"))
          .containsEntry("type", JsonText.string("UNINSTALL"))
          .containsEntry("locationId", JsonText.string("loc-1"));
    }

    @Test
    void ofOneLocationLeavesTheOthers() {
      Client company = bearer(companyTokens(""));

      sandbox.uninstall("loc-1");

      assertThat(locationToken(company, "loc-1").status()).isEqualTo(400);
      assertThat(locationToken(company, "loc-2").status()).isEqualTo(200);
    }

    private String installedLocations() {
      return "/oauth/installedLocations?companyId=comp1&appId=sandboxapp";
    }
  }

  @Nested
  class ConsentPage {
    @Test
    void aPersonCanInstallTheWholeAgency() {
      Map<String, String> form =
          Map.of(
              "response_type", "code",
              "client_id", SandboxConfig.CLIENT_ID,
              "redirect_uri", app.redirectUri().toString(),
              "scope", "oauth.readonly oauth.write contacts.readonly",
              "location_id", "company:comp1",
              "future_locations", "true",
              "decision", "allow");

      String page =
          anonymous
              .get(
                  "/v2/oauth/chooselocation?response_type=code&client_id=sandboxapp-local&scope="
                      + "contacts.readonly&redirect_uri="
                      + Client.encoded(app.redirectUri().toString()))
              .text();
      assertThat(page).contains("value=\"company:comp1\"").contains("future_locations");

      Reply redirect = anonymous.form("/v2/oauth/chooselocation", form);

      String code = redirect.header("Location").replaceFirst(".*code=", "");
      JsonObject tokens = exchange(code).json();
      assertThat(tokens.getString("userType")).isEqualTo("Company");
      assertThat(tokens.getBoolean("installToFutureLocations")).isTrue();
      assertThat(received(5)).hasSize(5);
    }
  }
}
