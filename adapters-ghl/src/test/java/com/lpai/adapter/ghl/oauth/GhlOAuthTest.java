package com.lpai.adapter.ghl.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

        OAuthAnswer refreshed = oauth.refresh(granted.grant().tokens().refresh());
        OAuthAnswer unknown = oauth.refresh(new Secret("never-issued"));

        assertThat(refreshed).isInstanceOf(OAuthAnswer.Granted.class);
        assertThat(((OAuthAnswer.Granted) refreshed).grant().tokens().refresh())
            .isNotEqualTo(granted.grant().tokens().refresh());
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
                .withScopes(List.of("contacts.readonly", "calendars/events.readonly")),
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

  /** Trap 8: the type of token is asked for. */
  @Test
  void theTokenRequestIsAFormWithUserTypeAndRedirectUri() {
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
              "user_type=Location",
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
          200 | {"userType":"Company","companyId":"c","access_token":"a"}         | GrantedForCompany
          200 | {"access_token":"a","refresh_token":"r","locationId":"l","companyId":"c","expires_in":60} | Granted
          """)
  void everyAnswerMeansOneThing(int status, String body, String meaning) {
    try (FakeGhl ghl = FakeGhl.answering(status, body);
        GhlOAuth oauth = oauth(ghl.uri())) {
      OAuthAnswer answer = oauth.refresh(CODE);

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
      assertThat(nobody.refresh(CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);
    }
    try (FakeGhl silent = FakeGhl.silent();
        GhlOAuth oauth = oauth(silent.uri())) {
      long begun = System.nanoTime();

      assertThat(oauth.refresh(CODE)).isInstanceOf(OAuthAnswer.TryAgain.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }
  }

  private static GhlOAuth oauth(URI base) {
    return GhlAdapter.oauth(SandboxFixture.settings(base), InstantSource.fixed(NOW));
  }
}
