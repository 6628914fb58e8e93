package com.lpai.adapter.ghl.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.Feature;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenType;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GhlOAuthTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Secret CODE = new Secret("code-for-tests");

  @Nested
  class AgainstTheSandbox {
    @Test
    void aCodeIsExchangedOnceForTheTokensOfItsLocation() {
      try (SandboxFixture fixture = SandboxFixture.start();
          GhlOAuth oauth = GhlAdapter.oauth(fixture.settings, InstantSource.fixed(NOW))) {
        Secret code =
            new Secret(fixture.sandbox.newAuthorizationCode(SandboxFixture.LOCATION.value()));

        OAuthAnswer first = oauth.exchange(code);
        OAuthAnswer second = oauth.exchange(code);

        assertThat(first).isInstanceOf(OAuthAnswer.Granted.class);
        OAuthTokens tokens = ((OAuthAnswer.Granted) first).grant().tokens();
        assertThat(((OAuthAnswer.Granted) first).grant().locationId())
            .isEqualTo(SandboxFixture.LOCATION);
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
        OAuthAnswer.Granted granted =
            (OAuthAnswer.Granted)
                oauth.exchange(
                    new Secret(
                        fixture.sandbox.newAuthorizationCode(SandboxFixture.LOCATION.value())));

        Renewal before = granted.grant().tokens().renewal();
        OAuthAnswer refreshed =
            oauth.refresh(TokenType.LOCATION, ((Renewal.ByRefreshToken) before).token());
        OAuthAnswer unknown = oauth.refresh(TokenType.LOCATION, new Secret("never-issued"));

        assertThat(refreshed).isInstanceOf(OAuthAnswer.Granted.class);
        assertThat(((OAuthAnswer.Granted) refreshed).grant().tokens().renewal())
            .isNotEqualTo(before);
        assertThat(unknown).isInstanceOf(OAuthAnswer.Refused.class);
        assertThat(unknown.toString()).doesNotContain("never-issued");
      }
    }
  }

  @Test
  void theAuthorizePageIsAskedWithEverythingEncoded() {
    URI page;
    try (GhlOAuth oauth =
        GhlAdapter.oauth(
            SandboxFixture.settings(URI.create("https://white.label/"))
                .withFeatures(Set.of(Feature.LOCATION_DETAILS, Feature.USERS)),
            InstantSource.fixed(NOW))) {
      page = oauth.authorizeUri("a+b&c=d e");
    }

    assertThat(page)
        .hasToString(
            "https://white.label/v2/oauth/chooselocation?response_type=code"
                + "&client_id=sandboxapp-local"
                + "&redirect_uri=http%3A%2F%2Flocalhost%3A9080%2Fapi%2Foauth%2Fcallback"
                + "&scope=locations.readonly%20users.readonly"
                + "&state=a%2Bb%26c%3Dd%20e");
  }

  @ParameterizedTest
  @CsvSource({"LOCATION, Location", "COMPANY, Company"})
  void aRefreshAsksForTheTypeOfTokenThatIsStored(TokenType type, String asked) {
    try (FakeGhl ghl = FakeGhl.answering(400, "{}");
        GhlOAuth oauth = oauth(ghl.uri())) {
      oauth.refresh(type, new Secret("a refresh token"));

      assertThat(ghl.lastRequest().body().split("&"))
          .contains("user_type=" + asked, "refresh_token=a+refresh+token")
          .anyMatch(field -> field.startsWith("redirect_uri="));
    }
  }

  /** Trap 11: what the answer says of a company is kept. */
  @Test
  void aCompanysAnswerIsReadCompletely() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200,
                """
                {"access_token":"a","refresh_token":"r","userType":"Company","companyId":"c",
                 "expires_in":86399,"scope":"oauth.write","isBulkInstallation":true,
                 "installToFutureLocations":true,"approvedLocations":["l1","l2"]}
                """);
        GhlOAuth oauth = oauth(ghl.uri())) {
      CompanyGrant grant = ((OAuthAnswer.GrantedForCompany) oauth.exchange(CODE)).grant();

      assertThat(grant.companyId()).isEqualTo(new CompanyId("c"));
      assertThat(grant.bulk()).isTrue();
      assertThat(grant.futureLocations()).isTrue();
      assertThat(grant.approvedLocations())
          .containsExactly(new LocationId("l1"), new LocationId("l2"));
      assertThat(grant.tokens().renewal()).isEqualTo(new Renewal.ByRefreshToken(new Secret("r")));
    }
  }

  /** What was installed is for GoHighLevel to say, so no type of token is asked for. */
  @Test
  void theExchangeIsAFormWithTheRedirectUri() {
    try (FakeGhl ghl = FakeGhl.answering(400, "{}");
        GhlOAuth oauth = oauth(ghl.uri())) {
      oauth.exchange(new Secret("a code/with+signs"));

      assertThat(ghl.lastRequest().header("Content-Type"))
          .startsWith("application/x-www-form-urlencoded");
      assertThat(ghl.lastRequest().header("Version")).isEmpty();
      assertThat(ghl.lastRequest().body().split("&"))
          .containsExactlyInAnyOrder(
              "client_id=sandboxapp-local",
              "client_secret=sandbox-secret-for-this-machine-only",
              "grant_type=authorization_code",
              "redirect_uri=http%3A%2F%2Flocalhost%3A9080%2Fapi%2Foauth%2Fcallback",
              "code=a+code%2Fwith%2Bsigns");
    }
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
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
          200 | not json                                                          | TryAgain
          200 | {"userType":"Location","locationId":"l","companyId":"c"}          | TryAgain
          200 | {"userType":"Company","companyId":"c","access_token":"a"}         | TryAgain
          200 | {"userType":"Company","companyId":"c","access_token":"a","refresh_token":"r"} | GrantedForCompany
          200 | {"access_token":"a","refresh_token":"r","locationId":"l","companyId":"c","expires_in":60} | Granted
          """)
  void everyAnswerMeansOneThing(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlOAuth oauth = oauth(ghl.uri())) {
      OAuthAnswer answer = oauth.refresh(TokenType.LOCATION, CODE);

      assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
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
      assertThat(granted.grant().tokens().scopes())
          .containsExactlyInAnyOrder("contacts.readonly", "users.readonly");
    }
  }

  @Test
  void noAnswerSaysNothingOfTheToken() {
    try (GhlOAuth nobody = oauth(FakeGhl.addressOfNobody())) {
      assertThat(nobody.refresh(TokenType.LOCATION, CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);
    }
    try (FakeGhl silent = FakeGhl.silent();
        GhlOAuth oauth = oauth(silent.uri())) {
      long begun = System.nanoTime();

      assertThat(oauth.refresh(TokenType.LOCATION, CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static GhlOAuth oauth(URI base) {
    return GhlAdapter.oauth(SandboxFixture.settings(base), InstantSource.fixed(NOW));
  }
}
