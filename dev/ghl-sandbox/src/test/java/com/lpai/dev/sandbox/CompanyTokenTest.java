package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CompanyTokenTest extends Company {

  private static Reply page(Client company, int skip, int limit, String more) {
    return company.get(
        "/oauth/installedLocations?companyId=comp1&appId=sandboxapp&skip=%d&limit=%d%s"
            .formatted(skip, limit, more));
  }

  private static List<JsonObject> items(Reply reply) {
    return reply.json().getJsonArray("locations").getValuesAs(JsonObject.class);
  }

  private static List<String> ids(Reply reply) {
    return items(reply).stream().map(it -> it.getString("_id")).toList();
  }

  @Nested
  class InstalledLocations {
    @Test
    void listsAllOfTheCompanyWithWhatHasTheApp() {
      Client company = bearer(companyTokens("\"locations\":[\"loc-2\"]"));

      Reply all = page(company, 0, 20, "");

      assertThat(ids(all)).containsExactlyInAnyOrder("loc-1", "loc-2", "loc-3", "loc-4", "loc-5");
      assertThat(items(all))
          .filteredOn(it -> it.getBoolean("isInstalled"))
          .singleElement()
          .satisfies(it -> assertThat(it).containsKeys("name", "address", "installedAt"));
      assertThat(ids(page(company, 0, 20, "&isInstalled=true"))).containsExactly("loc-2");
      assertThat(page(company, 0, 20, "&isInstalled=true").json().getInt("count")).isEqualTo(5);
    }

    @Test
    void whoPagesUntilAPageIsEmptyAndDedupesGetsEachLocation() {
      control(
          "POST",
          "/sandbox/locations/bulk",
          """
          {"companyId":"comp1","prefix":"more-","count":245,"users":0}""");
      Client company = companyApp();

      List<String> seen = new ArrayList<>();
      int skip = 0;
      boolean more = true;
      while (more) {
        List<String> page = ids(page(company, skip, 100, "&isInstalled=true"));
        seen.addAll(page);
        skip += 100;
        more = !page.isEmpty();
      }

      assertThat(new HashSet<>(seen)).hasSize(250);
      assertThat(seen).hasSizeGreaterThan(250);
      assertThat(ids(page(company, 0, 100, ""))).hasSizeLessThan(100);
      assertThat(ids(page(company, 0, 500, ""))).hasSizeLessThan(101);
    }

    @Test
    void isInNoOrderAndAnotherEachTime() {
      control(
          "POST",
          "/sandbox/locations/bulk",
          """
          {"companyId":"comp1","prefix":"more-","count":50,"users":0}""");
      Client company = companyApp();

      List<String> first = ids(page(company, 0, 60, ""));
      List<String> second = ids(page(company, 0, 60, ""));

      assertThat(first).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
      assertThat(first).isNotEqualTo(first.stream().sorted().toList());
    }

    @Test
    void isForTheTokensCompanyAndAppOnly() {
      Client company = companyApp();

      assertThat(company.get("/oauth/installedLocations?companyId=other&appId=sandboxapp").status())
          .isEqualTo(403);
      assertThat(company.get("/oauth/installedLocations?companyId=comp1&appId=other").status())
          .isEqualTo(400);
      assertThat(company.get("/oauth/installedLocations").messages())
          .contains("companyId should not be empty", "appId should not be empty");
    }

    @Test
    void mayLearnOfAnInstallLater() {
      set("\"installLagSeconds\":5");
      Client company = companyApp();

      assertThat(ids(page(company, 0, 20, "&isInstalled=true"))).isEmpty();
      assertThat(locationToken(company, "loc-1").status()).isEqualTo(400);
      advance(Duration.ofSeconds(5));

      assertThat(ids(page(company, 0, 20, "&isInstalled=true"))).hasSize(5);
      assertThat(locationToken(company, "loc-1").status()).isEqualTo(200);
    }
  }

  @Nested
  class LocationToken {
    @Test
    void isGoodForTheLocationAndCanBeRefreshed() {
      JsonObject tokens = locationToken(companyApp(), "loc-1").json();

      assertThat(tokens.getString("locationId")).isEqualTo("loc-1");
      assertThat(tokens.getString("userType")).isEqualTo("Location");
      assertThat(tokens.getString("scope"))
          .contains("contacts.write")
          .doesNotContain("oauth.", "locations.write");
      assertThat(bearer(tokens).get("/locations/loc-1").status()).isEqualTo(200);
      assertThat(bearer(tokens).get("/locations/loc-2").status()).isEqualTo(403);
      JsonObject refreshed = refresh(tokens.getString("refresh_token")).json();
      assertThat(refreshed.getString("locationId")).isEqualTo("loc-1");
    }

    @Test
    void mayHaveNoRefreshToken() {
      set("\"derivedRefreshToken\":false");

      JsonObject tokens = locationToken(companyApp(), "loc-1").json();

      assertThat(tokens).doesNotContainKey("refresh_token");
      assertThat(bearer(tokens).get("/locations/loc-1").status()).isEqualTo(200);
    }

    @Test
    void isRefusedForALocationWithoutTheAppOrOfAnotherCompany() {
      Client company = bearer(companyTokens("\"locations\":[\"loc-1\"]"));

      for (String locationId : List.of("loc-2", LOCATION, "nowhere")) {
        assertThat(locationToken(company, locationId).status()).isEqualTo(400);
      }
      set("\"notInstalledStatus\":422");
      assertThat(locationToken(company, "loc-2").status()).isEqualTo(422);
    }

    @Test
    void needsBothIds() {
      Reply reply = companyApp().form("/oauth/locationToken", Map.of("locationId", "loc-1"));

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.messages()).contains("companyId should not be empty");
    }

    @Test
    void countsForTheLocationItIsAbout() {
      locationToken(companyApp(), "loc-1");

      JsonObject calls = control("GET", "/sandbox/calls?locationId=loc-1&detail=true", "");

      JsonObject call = calls.getJsonArray("calls").getJsonObject(0);
      assertThat(call.getString("path")).isEqualTo("/oauth/locationToken");
      assertThat(call.getString("userType")).isEqualTo("Company");
      assertThat(call.getString("companyId")).isEqualTo(COMPANY);
    }
  }

  @Nested
  class Types {
    @Test
    void aCompanyTokenIsRefusedWhereALocationsIsNeeded() {
      Client company = companyApp();

      Reply reply = company.get("/contacts/x");

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.messages())
          .containsExactly("This authClass type is not allowed to access this scope");
      set("\"userTypeText\":\"Token's user type mismatch!\"");
      assertThat(company.get("/contacts/x").messages())
          .containsExactly("Token's user type mismatch!");
    }

    @Test
    void aLocationTokenIsRefusedWhereACompanysIsNeeded() {
      Reply reply = locationToken(installedApp(), LOCATION);

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.messages())
          .containsExactly("This authClass type is not allowed to access this scope");
    }

    @Test
    void aCompanyTokenSeesItsLocationsAndTheirUsers() {
      Client company = companyApp();

      assertThat(company.get("/locations/loc-3").status()).isEqualTo(200);
      assertThat(company.get("/locations/" + LOCATION).status()).isEqualTo(403);
      assertThat(company.get("/users/search?companyId=comp1").json().getInt("count")).isEqualTo(5);
      assertThat(
              company.get("/users/search?companyId=comp1&locationId=loc-2").json().getInt("count"))
          .isEqualTo(1);
    }
  }

  @Test
  void aCompanyHasARateLimitOfItsOwn() {
    sandbox.createLocation(Seeding.of("far").ofCompany("comp2"));
    set("\"rateBurst\":2");
    Client company = companyApp();
    JsonObject location = locationToken(company, "loc-1").json();
    page(company, 0, 1, "");

    assertThat(page(company, 0, 1, "").status()).isEqualTo(429);
    assertThat(bearer(location).get("/locations/loc-1").status()).isEqualTo(200);
  }

  @Test
  void aFaultMayBeForOneCompanyOrOneLocationOfIt() {
    Client company = companyApp();
    sandbox.putFaults(
        """
        [{"kind":"status","status":503,"match":{"path":"/oauth/locationToken","locationId":"loc-1"}},
         {"kind":"status","status":500,"match":{"companyId":"comp1","path":"/oauth/installed*"}}]""");

    assertThat(locationToken(company, "loc-1").status()).isEqualTo(503);
    assertThat(locationToken(company, "loc-2").status()).isEqualTo(200);
    assertThat(page(company, 0, 1, "").status()).isEqualTo(500);
    assertThat(user().get("/locations/" + LOCATION).status()).isEqualTo(200);
  }
}
