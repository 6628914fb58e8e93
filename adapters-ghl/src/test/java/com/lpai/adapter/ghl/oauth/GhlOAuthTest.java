package com.lpai.adapter.ghl.oauth;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.adapter.ghl.client.GhlOAuthClient;
import com.lpai.adapter.ghl.client.RestClients;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GhlOAuthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Secret CODE = new Secret("code-for-tests");
  private static final CompanyId COMPANY = new CompanyId(SandboxFixture.COMPANY);

  @Nested
  class AgainstTheSandbox {
    @Test
    void aCodeIsExchangedOnceForTheTokensOfItsLocation() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        Secret code = new Secret(fixture.sandbox.newAuthorizationCode(LOCATION.value()));

        OAuthAnswer first = oauth.exchange(code);
        OAuthAnswer second = oauth.exchange(code);

        assertThat(first).isInstanceOf(OAuthAnswer.Granted.class);
        OAuthTokens tokens = ((OAuthAnswer.Granted) first).grant().tokens();
        assertThat(((OAuthAnswer.Granted) first).grant().locationId()).isEqualTo(LOCATION);
        assertThat(((OAuthAnswer.Granted) first).grant().companyId().value())
            .isEqualTo(SandboxFixture.COMPANY);
        assertThat(Duration.between(NOW, tokens.expiresAt()))
            .isBetween(Duration.ofHours(23), Duration.ofHours(25));
        assertThat(tokens.scopes()).contains("contacts.readonly", "contacts.write");
        assertThat(second).isInstanceOf(OAuthAnswer.Refused.class);
      }
    }

    @Test
    void aRefreshReplacesThePairAndAnUnknownTokenIsRefused() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        OAuthTokens first = location(oauth.exchange(code(fixture))).tokens();

        OAuthAnswer refreshed = oauth.refresh(LOCATION, refreshToken(first));
        OAuthAnswer unknown = oauth.refresh(LOCATION, new Secret("never-issued"));

        assertThat(location(refreshed).tokens().renewal()).isNotEqualTo(first.renewal());
        assertThat(location(refreshed).derivedFromCompany()).isFalse();
        assertThat(unknown).isInstanceOf(OAuthAnswer.Refused.class);
        assertThat(unknown.toString()).doesNotContain("never-issued");
      }
    }

    /** However GoHighLevel words it: what nobody documents is given by the sandbox's settings. */
    @ParameterizedTest
    @CsvSource({"400,oauth", "401,oauth", "400,envelope", "401,envelope"})
    void aUsedRefreshTokenIsRefusedAfterItsGrace(int status, String body) {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        fixture.sandbox.control(
            "PUT",
            "/sandbox/settings",
            "{\"invalidGrantStatus\":" + status + ",\"invalidGrantBody\":\"" + body + "\"}");
        Secret used = refreshToken(location(oauth.exchange(code(fixture))).tokens());
        OAuthAnswer answer = oauth.refresh(LOCATION, used);
        OAuthAnswer atOnce = oauth.refresh(LOCATION, used);
        fixture.sandbox.advanceClock(Duration.ofSeconds(31));
        OAuthAnswer late = oauth.refresh(LOCATION, used);

        assertThat(location(atOnce).tokens().renewal())
            .isEqualTo(location(answer).tokens().renewal());
        assertThat(late).isInstanceOf(OAuthAnswer.Refused.class);
      }
    }

    /** Trap 5: the token is kept, and works when the location is back. */
    @Test
    void aSuspendedLocationIsNotRefused() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        Secret token = refreshToken(location(oauth.exchange(code(fixture))).tokens());
        fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/suspend", "");
        OAuthAnswer suspended = oauth.refresh(LOCATION, token);
        fixture.sandbox.control("POST", "/sandbox/locations/" + LOCATION + "/resume", "");
        OAuthAnswer back = oauth.refresh(LOCATION, token);

        assertThat(suspended).isInstanceOf(OAuthAnswer.Suspended.class);
        assertThat(back).isInstanceOf(OAuthAnswer.Granted.class);
      }
    }

    /** Trap 8: the type is sent as stored; the wrong one is our fault and condemns nothing. */
    @Test
    void aRefreshWithTheWrongTypeIsAMistakeOfOurs() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        Secret token = refreshToken(location(oauth.exchange(code(fixture))).tokens());

        assertThat(oauth.refresh(COMPANY, token)).isInstanceOf(OAuthAnswer.Misconfigured.class);
        assertThat(oauth.refresh(LOCATION, token)).isInstanceOf(OAuthAnswer.Granted.class);
      }
    }

    @ParameterizedTest
    @CsvSource({"absent,0", "present,1"})
    void aCompanysCodeGivesTheCompanysTokens(String approved, int approvedLocations) {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        Secret code =
            fixture.newCompanyCode(
                ",\"futureLocations\":true,\"withoutUserId\":true,\"approvedLocations\":\""
                    + approved
                    + "\"");

        CompanyGrant grant = company(oauth.exchange(code));
        CompanyGrant refreshed = company(oauth.refresh(COMPANY, refreshToken(grant.tokens())));

        assertThat(grant.companyId().value()).isEqualTo(SandboxFixture.COMPANY);
        assertThat(grant.bulk()).isTrue();
        assertThat(grant.futureLocations()).isTrue();
        assertThat(grant.approvedLocations()).hasSize(approvedLocations);
        assertThat(grant.tokens().scopes()).contains("oauth.readonly", "oauth.write");
        assertThat(refreshed.companyId()).isEqualTo(grant.companyId());
        assertThat(refreshed.tokens().renewal()).isNotEqualTo(grant.tokens().renewal());
      }
    }

    private Secret code(SandboxFixture fixture) {
      return new Secret(fixture.sandbox.newAuthorizationCode(LOCATION.value()));
    }
  }

  private static TokenGrant location(OAuthAnswer answer) {
    return ((OAuthAnswer.Granted) answer).grant();
  }

  private static CompanyGrant company(OAuthAnswer answer) {
    return ((OAuthAnswer.GrantedForCompany) answer).grant();
  }

  private static Secret refreshToken(OAuthTokens tokens) {
    return ((Renewal.ByRefreshToken) tokens.renewal()).token();
  }

  @Test
  void theAuthorizePageIsAskedWithEverythingEncoded() {
    URI page;
    URI redirect = URI.create("http://localhost:9080/api/oauth/callback");
    try (GhlOAuth oauth =
        new GhlOAuth(
            RestClients.build(
                GhlOAuthClient.class,
                FakeGhl.addressOfNobody(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)),
            new OAuthSettings(
                URI.create("https://white.label/"),
                "sandboxapp-local",
                new Secret("a-secret"),
                redirect,
                List.of("contacts.readonly", "calendars/events.readonly")),
            InstantSource.fixed(NOW))) {
      page = oauth.authorizeUri("a+b&c=d e");
    }

    assertThat(page)
        .hasToString(
            "https://white.label/v2/oauth/chooselocation?response_type=code"
                + "&client_id=sandboxapp-local"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A9080%2Fapi%2Foauth%2Fcallback"
                + "&scope=contacts.readonly%20calendars%2Fevents.readonly"
                + "&state=a%2Bb%26c%3Dd%20e");
  }

  /** Trap 8: a code is sent without a type, which nobody knows yet; a token with its own. */
  @Test
  void theTokenRequestIsAFormWithRedirectUriAndTheTypeThatIsKnown() {
    String common =
        "client_id=sandboxapp-local&client_secret=sandbox-secret-for-this-machine-only"
            + "&redirect_uri=http%3A%2F%2Flocalhost%3A9080%2Fapi%2Foauth%2Fcallback";
    try (FakeGhl ghl = FakeGhl.answering(400, "{}");
        GhlOAuth oauth = oauth(ghl.uri())) {
      oauth.exchange(new Secret("a code/with+signs"));

      assertThat(ghl.lastRequest().header("Content-Type"))
          .startsWith("application/x-www-form-urlencoded");
      assertThat(ghl.lastRequest().header("Version")).isEmpty();
      assertThat(fields(ghl))
          .containsExactlyInAnyOrder(
              (common + "&grant_type=authorization_code&code=a+code%2Fwith%2Bsigns").split("&"));

      oauth.refresh(LOCATION, new Secret("r"));
      assertThat(fields(ghl))
          .containsExactlyInAnyOrder(
              (common + "&grant_type=refresh_token&refresh_token=r&user_type=Location").split("&"));

      oauth.refresh(COMPANY, new Secret("r"));
      assertThat(fields(ghl)).contains("user_type=Company").doesNotContain("user_type=Location");
    }
  }

  private static String[] fields(FakeGhl ghl) {
    return ghl.lastRequest().body().split("&");
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          400 | {"error":"invalid_grant","error_description":"gone"}              | Refused
          401 | {"error":"invalid_grant"}                                         | Refused
          400 | {"statusCode":400,"message":"Invalid refresh token"}              | Refused
          400 | {"message":"authorization code has expired"}                      | Refused
          400 | {"statusCode":400,"message":"Location is not active"}             | Suspended
          401 | {"message":"Invalid client: client credentials are invalid"}      | Misconfigured
          400 | {"error":"invalid_grant","message":"`redirect_uri` is invalid"}   | Misconfigured
          422 | {"message":["property x should not exist"]}                       | Misconfigured
          400 | {"message":"something nobody has seen"}                           | Misconfigured
          400 | <html>edge</html>                                                 | TryAgain
          404 | <html>nothing here</html>                                         | TryAgain
          429 | {"message":"Too Many Requests"}                                   | TryAgain
          500 | {"message":"invalid_grant"}                                       | TryAgain
          502 | <html>bad gateway</html>                                          | TryAgain
          302 | {}                                                                | TryAgain
          401 | {"message":"Invalid grant: refresh token is invalid"}             | Refused
          400 | {"error":"invalid_grant","error_description":"The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client."} | Refused
          400 | {"error":"invalid_grant","message":"Token expired, you must connect again"} | Refused
          400 | {"message":"This refresh token has already been used"}            | Refused
          400 | {"message":"Refresh token not found"}                             | Refused
          401 | {"message":"Location is not active"}                              | Suspended
          403 | {"message":"Company is not active"}                               | Suspended
          400 | {"message":"The refresh token is not active yet"}                 | Misconfigured
          401 | {"message":"Token's user type mismatch!"}                         | Misconfigured
          400 | {"error":"invalid_request","error_description":"Invalid parameter: refresh_token"} | Misconfigured
          400 | {"message":"Invalid request: refresh_token is required"}          | Misconfigured
          422 | {"message":["refresh_token must be a string"]}                    | Misconfigured
          400 | {"error":"unsupported_grant_type","message":"refresh_token is an invalid grant type"} | Misconfigured
          400 | {"message":"The refresh token was refused"}                       | Misconfigured
          400 | {"message":"API endpoint has been removed"}                       | Misconfigured
          401 | {"message":"Invalid JWT"}                                         | Misconfigured
          401 | {"message":"Unauthorized"}                                        | Misconfigured
          403 | {"message":"Forbidden"}                                           | Misconfigured
          401 | ``                                                                | TryAgain
          200 | not json                                                          | TryAgain
          200 | {"userType":"Location","locationId":"l","companyId":"c"}          | TryAgain
          200 | {"userType":"Company","companyId":"c","access_token":"a","refresh_token":"r"} | GrantedForCompany
          200 | {"companyId":"c","access_token":"a","refresh_token":"r"}          | GrantedForCompany
          200 | {"userType":"Company","companyId":"c","locationId":"l","access_token":"a","refresh_token":"r"} | GrantedForCompany
          200 | {"userType":"Company","companyId":"c","access_token":"a"}         | TryAgain
          200 | {"userType":"Company","access_token":"a","refresh_token":"r"}     | TryAgain
          200 | {"userType":"Location","companyId":"c","access_token":"a","refresh_token":"r"} | TryAgain
          200 | {"userType":"Location","companyId":"c","locationId":"l","access_token":"a"} | TryAgain
          200 | {"access_token":"a","refresh_token":"r","locationId":"l","companyId":"c","expires_in":60} | Granted
          """)
  void everyAnswerMeansOneThing(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlOAuth oauth = oauth(ghl.uri())) {
      OAuthAnswer answer = oauth.exchange(CODE);

      assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
    }
  }

  /** Missing properties are normal (ghl-facts.md 0), and the old token is used up by then. */
  @Test
  void aRefreshIsForItsOwnerWhenItsAnswerDoesNotSayForWhom() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"access_token\":\"a\",\"refresh_token\":\"r\"}");
        GhlOAuth oauth = oauth(ghl.uri())) {
      assertThat(location(oauth.refresh(LOCATION, CODE)).locationId()).isEqualTo(LOCATION);
      assertThat(company(oauth.refresh(COMPANY, CODE)).companyId()).isEqualTo(COMPANY);
    }
  }

  /** Trap 12: the end comes from the answer. */
  @Test
  void theEndOfTheTokenIsComputedFromExpiresIn() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
            {"access_token":"a","refresh_token":"r","locationId":"l","companyId":"c",
             "expires_in":"86399","scope":"contacts.readonly  users.readonly","odd":[{}]}
            """);
        GhlOAuth oauth = oauth(ghl.uri())) {
      OAuthAnswer.Granted granted = (OAuthAnswer.Granted) oauth.exchange(CODE);

      assertThat(granted.grant().tokens().expiresAt()).isEqualTo(NOW.plusSeconds(86_399));
      assertThat(granted.grant().derivedFromCompany()).isFalse();
      assertThat(granted.grant().tokens().scopes())
          .containsExactlyInAnyOrder("contacts.readonly", "users.readonly");
    }
  }

  @Test
  void aCompanysAnswerIsReadWithAllItMayLack() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"userType":"Company","companyId":"c","access_token":"a","refresh_token":"r",
                 "approveAllLocations":true,"approvedLocations":["one",7,"not an id"]}
                """);
        GhlOAuth oauth = oauth(ghl.uri())) {
      CompanyGrant grant = company(oauth.exchange(CODE));

      assertThat(grant.bulk()).isFalse();
      assertThat(grant.futureLocations()).as("all that there are now").isFalse();
      assertThat(grant.approvedLocations()).containsExactly(new LocationId("one"));
      assertThat(grant.tokens().expiresAt()).isEqualTo(NOW.plusSeconds(3_600));
    }
  }

  /** Trap 12: GoHighLevel's clock may be off, and its answer slow. */
  @Test
  void theEndIsCountedFromBeforeTheQuestionByOurOwnClock() {
    AtomicInteger looks = new AtomicInteger();
    InstantSource time = () -> NOW.plusSeconds(looks.getAndIncrement());
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"access_token":"a","refresh_token":"r","locationId":"l","companyId":"c",
                 "expires_in":60}
                """,
                "Date",
                "Thu, 01 Jan 1970 00:00:00 GMT");
        GhlOAuth oauth = GhlAdapter.oauth(SandboxFixture.settings(ghl.uri()), time)) {
      assertThat(location(oauth.exchange(CODE)).tokens().expiresAt())
          .isEqualTo(NOW.plusSeconds(60));
    }
  }

  @Test
  void noAnswerSaysNothingOfTheToken() {
    try (GhlOAuth nobody = oauth(FakeGhl.addressOfNobody())) {
      assertThat(nobody.refresh(LOCATION, CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);
    }
    try (FakeGhl silent = FakeGhl.silent();
        GhlOAuth oauth = oauth(silent.uri())) {
      long begun = System.nanoTime();

      assertThat(oauth.refresh(LOCATION, CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static GhlOAuth oauth(URI base) {
    return GhlAdapter.oauth(SandboxFixture.settings(base), InstantSource.fixed(NOW));
  }
}
