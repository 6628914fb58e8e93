package com.lpai.adapter.web.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsApiTest {
  private final WebFixture web = WebFixture.start();

  @AfterEach
  void close() {
    web.close();
  }

  @Test
  void aLocationIsTakenOverByItsKeyThoughNobodyHasHeardOfIt() {
    LocationId location = TenantFixture.anyLocation();

    Answer taken =
        web.call("POST", "operations/locations/" + location + "/api-key", "{\"apiKey\":\"pit-1\"}");

    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(web.call("GET", "locations/" + location, "").json().toString())
        .contains("\"state\":\"legacy\"")
        .contains("\"state\":\"running\"");
  }

  /** Its events may be parked here. */
  @Test
  void aLocationThatNeverInstalledTheAppCanBeErased() {
    LocationId location = TenantFixture.anyLocation();

    Answer erased = web.call("DELETE", "locations/" + location + "?confirm=" + location, "");

    assertThat(erased.status()).as(erased.body()).isEqualTo(200);
    assertThat(web.call("DELETE", "locations/" + location, "").status()).isEqualTo(400);
  }

  /** Trap 15: the guide believed a header that anybody can send. */
  @ParameterizedTest
  @ValueSource(strings = {"cron/refresh-tokens", "cron/process-webhooks"})
  void anOutsideClockIsBelievedByItsSecretOnly(String path) {
    for (String method : new String[] {"GET", "POST"}) {
      assertThat(web.send(method, path, "", "x-vercel-cron", "1").status()).isEqualTo(401);
      assertThat(web.send(method, path, "", "Authorization", "Bearer undefined").status())
          .isEqualTo(401);
      assertThat(web.send(method, path, "", "Authorization", "Bearer ").status()).isEqualTo(401);
      assertThat(web.call(method, path, "").status()).isEqualTo(401);
      String right = "Bearer " + web.settings.cronSecret().value();
      assertThat(web.send(method, path, "", "Authorization", right).status()).isEqualTo(202);
    }
  }

  @Test
  void anAgencyTellsWhichOfItsLocationsCouldNotBeConnectedAndWhy() {
    web.missesALocation("Salon", "No permission.");

    String companies = web.call("GET", "operations/companies", "").body();
    String alerts = web.call("GET", "operations/alerts", "").body();

    assertThat(companies).contains("\"missed\":1", "\"name\":\"Salon\"", "No permission.");
    assertThat(alerts).contains("missedLocations", "Salon", "No permission.");
  }
}
