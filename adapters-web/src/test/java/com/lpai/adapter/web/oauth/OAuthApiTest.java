package com.lpai.adapter.web.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OAuthApiTest {
  private WebFixture web;

  @BeforeEach
  void start() {
    web = WebFixture.start();
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private LocationId grant() {
    LocationId location = TenantFixture.anyLocation();
    web.codeAnswer =
        new OAuthAnswer.Granted(
            new TokenGrant(
                location, TenantFixture.anyCompany(), ConnectionFixture.tokens("granted"), false));
    return location;
  }

  @Test
  void anAgencysInstallationShowsHowFarItsLocationsAreConnected() {
    CompanyId company = TenantFixture.anyCompany();
    web.codeAnswer = new OAuthAnswer.GrantedForCompany(ConnectionFixture.companyGrant(company));

    Answer page = web.send("GET", "oauth/callback?code=c", "");

    assertThat(page.status()).isEqualTo(200);
    String ticket = page.body().replaceFirst("(?s).*data-ticket=\"([^\"]+)\".*", "$1");
    Answer progress = web.send("GET", "oauth/progress", "", "Authorization", "Bearer " + ticket);
    assertThat(progress.json().getJsonObject("company").getBoolean("searching")).isTrue();
    Answer listed =
        web.send("GET", "operations/companies", "", "Authorization", "Bearer " + web.operator());
    assertThat(listed.body()).contains(company.value()).doesNotContain("access-1");
  }

  @Test
  void theBrowserIsSentToTheConsentPageWithAStateOfItsOwn() {
    Answer answer = web.send("GET", "oauth/install", "");

    assertThat(answer.status()).isEqualTo(302);
    String state = answer.header("Location").replaceFirst(".*state=", "");
    assertThat(answer.header("Set-Cookie"))
        .contains("lpai-oauth-state=" + state)
        .containsIgnoringCase("HttpOnly")
        .containsIgnoringCase("SameSite=Lax")
        .containsIgnoringCase("Max-Age=600")
        .containsIgnoringCase("Path=/api/oauth");
  }

  /** In the guide there was no state (trap 7). */
  @Test
  void anInstallationBegunHereWorksOnce() {
    grant();
    Answer begun = web.send("GET", "oauth/install", "");
    String state = begun.header("Location").replaceFirst(".*state=", "");
    String cookie = begun.header("Set-Cookie").replaceFirst(";.*", "");
    String callback = "oauth/callback?code=c&state=" + state;

    assertThat(web.send("GET", callback, "", "Cookie", cookie).status()).isEqualTo(200);
    assertThat(web.send("GET", callback, "", "Cookie", cookie).status()).isEqualTo(400);
  }

  /** The same for a state that is bound to another browser (trap 7). */
  @Test
  void aStateOfAnotherBrowserIsRefused() {
    grant();
    String state =
        web.send("GET", "oauth/install", "").header("Location").replaceFirst(".*state=", "");

    Answer answer = web.send("GET", "oauth/callback?code=c&state=" + state, "");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("This installation was not begun in this browser");
  }

  @Test
  void thePageAfterwardsCanReadTheProgressOfItsLocationOnly() {
    LocationId location = grant();

    String page = web.send("GET", "oauth/callback?code=secret-code", "").body();
    String ticket = ticket(page);
    Answer progress = web.send("GET", "oauth/progress", "", "Authorization", "Bearer " + ticket);

    assertThat(page).doesNotContain("secret-code", "access-granted", "refresh-granted");
    assertThat(progress.status()).isEqualTo(200);
    assertThat(progress.json().getJsonObject("setup").getString("state")).isEqualTo("running");
    assertThat(progress.json().getJsonObject("totals").getJsonObject("copied"))
        .containsKeys("conversations", "users");
    assertThat(
            web.send(
                    "GET",
                    "locations/" + location + "/setup",
                    "",
                    "Authorization",
                    "Bearer " + ticket)
                .status())
        .isEqualTo(401);
    web.time.advance(Duration.ofMinutes(61));
    assertThat(web.send("GET", "oauth/progress", "", "Authorization", "Bearer " + ticket).status())
        .isEqualTo(401);
  }

  private Answer asVisitor(String method, String path, String ticket) {
    return web.send(method, "oauth/progress" + path, "", "Authorization", "Bearer " + ticket);
  }

  @Test
  void thePageAfterwardsOpensAStreamOfItsLocationAsLongAsItMayLook() {
    LocationId location = grant();
    String ticket = ticket(web.send("GET", "oauth/callback?code=c", "").body());

    Answer issued = asVisitor("POST", "/stream-ticket", ticket);

    assertThat(issued.status()).isEqualTo(201);
    String stream = issued.json().getString("stream");
    assertThat(stream).startsWith("/api/locations/" + location + "/setup/stream?ticket=");
    String probe = stream.replace("/api/locations/", "probe/").replace("/setup/stream", "");
    Answer opened = web.send("GET", probe, "");
    assertThat(opened.status()).isEqualTo(200);
    Instant pageTicketEnds = web.time.instant().plus(Duration.ofHours(1));
    assertThat(opened.body())
        .isEqualTo("setup until " + pageTicketEnds.truncatedTo(ChronoUnit.SECONDS).plusSeconds(30));
  }

  @Test
  void thePageAfterwardsRepeatsAStepThatFailedAndNoOther() {
    LocationId location = grant();
    String ticket = ticket(web.send("GET", "oauth/callback?code=c", "").body());
    assertThat(asVisitor("POST", "/steps/users/retry", ticket).problem()).isEqualTo("not-failed");
    Location stored = web.locations.find(location).orElseThrow();
    Setup failed = stored.setup();
    for (SetupStep step : SetupStep.values()) {
      failed = failed.with(step, StepResult.WAITING.failed("away", web.time.instant()));
    }
    web.locations.save(location, stored.withSetup(failed));

    Answer again = asVisitor("POST", "/steps/users/retry", ticket);

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().getJsonObject("setup").getString("step")).isEqualTo("users");
    assertThat(asVisitor("POST", "/steps/shoes/retry", ticket).status()).isEqualTo(404);
    assertThat(asVisitor("POST", "/steps/users/retry", "no ticket").status()).isEqualTo(401);
  }

  @Test
  void thePageAfterwardsNeedNotWaitForTheNextAttemptOfAStep() {
    LocationId location = grant();
    String ticket = ticket(web.send("GET", "oauth/callback?code=c", "").body());
    Location stored = web.locations.find(location).orElseThrow();
    Instant now = web.time.instant();
    StepResult retrying =
        StepResult.WAITING.started(now).triedAgain("away", now.plus(Duration.ofHours(1)));
    web.locations.save(location, stored.withSetup(stored.setup().with(SetupStep.USERS, retrying)));

    Answer again = asVisitor("POST", "/steps/users/retry", ticket);

    assertThat(again.status()).as(again.body()).isEqualTo(202);
    assertThat(web.locations.find(location).orElseThrow().setup().result(SetupStep.USERS))
        .isEqualTo(retrying.hastened());
    assertThat(asVisitor("POST", "/steps/users/retry", ticket).problem()).isEqualTo("not-failed");
  }

  @Test
  void aLocationThatWasErasedMeanwhileGetsNoTicketAndNoSetup() {
    String ticket =
        web.issuer.setupTicket(TenantFixture.anyLocation(), Duration.ofHours(1)).value();

    assertThat(asVisitor("GET", "", ticket).status()).isEqualTo(404);
    assertThat(asVisitor("POST", "/stream-ticket", ticket).status()).isEqualTo(404);
    assertThat(asVisitor("POST", "/steps/users/retry", ticket).status()).isEqualTo(404);
  }

  private static String ticket(String page) {
    Matcher matcher = Pattern.compile("data-ticket=\"([^\"]+)\"").matcher(page);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @Test
  void aScriptGetsJson() {
    LocationId location = grant();

    Answer answer = web.send("GET", "oauth/callback?code=c", "", "Accept", "application/json");

    assertThat(answer.json().getString("locationId")).isEqualTo(location.value());
    assertThat(answer.json().getString("setup"))
        .isEqualTo("http://localhost:9080/api/locations/" + location + "/setup");
  }

  @ParameterizedTest
  @CsvSource({
    "error=access_denied, 403, access-denied",
    "error=<script>alert(1)</script>, 400, consent-failed",
    "'', 400, code-missing",
    "code=, 400, code-missing",
    "code=used, 400, code-refused",
  })
  void whatGoesWrongIsToldWithWhatToDo(String query, int status, String kind) {
    String path = "oauth/callback?" + query.replace("<", "%3C").replace(">", "%3E");

    Answer page = web.send("GET", path, "");
    Answer json = web.send("GET", path, "", "Accept", "application/json");

    assertThat(page.status()).isEqualTo(status);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.body()).contains("/api/oauth/install").doesNotContain("<script");
    assertThat(json.status()).isEqualTo(status);
    assertThat(json.problem()).isEqualTo(kind);
  }

  @Test
  void aCrmThatDoesNotAnswerIsToldApart() {
    web.codeAnswer = new OAuthAnswer.TryAgain("timeout");
    assertThat(web.send("GET", "oauth/callback?code=c", "").status()).isEqualTo(502);

    web.codeAnswer = new OAuthAnswer.Misconfigured("client secret");
    Answer misconfigured = web.send("GET", "oauth/callback?code=c", "");
    assertThat(misconfigured.status()).isEqualTo(500);
    assertThat(misconfigured.body()).doesNotContain("invalid_client");
  }
}
