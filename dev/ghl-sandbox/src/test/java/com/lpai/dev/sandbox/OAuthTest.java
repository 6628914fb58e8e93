package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OAuthTest extends Sandboxed {
  private static final String CHOOSE = "/v2/oauth/chooselocation";

  private Map<String, String> request() {
    Map<String, String> request = new HashMap<>();
    request.put("response_type", "code");
    request.put("client_id", SandboxConfig.CLIENT_ID);
    request.put("redirect_uri", app.redirectUri().toString());
    request.put("scope", "contacts.readonly contacts.write");
    return request;
  }

  private Reply ask(Map<String, String> request) {
    StringBuilder query = new StringBuilder("?");
    request.forEach(
        (name, value) -> query.append(name).append('=').append(Client.encoded(value)).append('&'));
    return anonymous.get(CHOOSE + query);
  }

  private Reply decide(String decision, Map<String, String> request) {
    Map<String, String> form = new HashMap<>(request);
    form.put("location_id", LOCATION);
    form.put("decision", decision);
    return anonymous.form(CHOOSE, form);
  }

  private static String code(Reply redirect) {
    return redirect.header("Location").replaceFirst(".*[?&]code=([^&]*).*", "$1");
  }

  @Nested
  class Consent {
    @Test
    void thePageListsTheLocationsAndCarriesTheState() {
      Map<String, String> request = request();
      request.put("state", "st<ate");

      Reply page = ask(request);

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains(LOCATION).contains("st&lt;ate").contains("Proceed");
    }

    @Test
    void consentRedirectsWithACodeAndTheState() {
      Map<String, String> request = request();
      request.put("state", "a b");

      Reply redirect = decide("allow", request);

      assertThat(redirect.status()).isEqualTo(302);
      assertThat(redirect.header("Location"))
          .startsWith(app.redirectUri() + "?code=")
          .endsWith("&state=a+b");
    }

    @Test
    void theTokenHasTheScopesThatWereAskedFor() {
      JsonObject tokens = exchange(code(decide("allow", request()))).json();

      assertThat(tokens.getString("scope")).isEqualTo("contacts.readonly contacts.write");
    }

    @Test
    void cancelRedirectsWithAnError() {
      Reply redirect = decide("cancel", request());

      assertThat(redirect.header("Location")).endsWith("/callback?error=access_denied");
    }

    @Test
    void aWrongRequestEndsInAPageAndNotInARedirect() {
      Map<String, Map<String, String>> wrong =
          Map.of(
              "No integration found", Map.of("client_id", "other-app"),
              "redirect_uri", Map.of("redirect_uri", "http://evil.example/"),
              "scope: everything", Map.of("scope", "everything"),
              "response_type", Map.of("response_type", "token"));

      wrong.forEach(
          (complaint, change) -> {
            Map<String, String> request = request();
            request.putAll(change);
            for (Reply reply : new Reply[] {ask(request), decide("allow", request)}) {
              assertThat(reply.status()).isEqualTo(400);
              assertThat(reply.text()).contains(complaint);
            }
          });
    }
  }

  @Nested
  class Codes {
    @Test
    void aCodeGivesALocationToken() {
      JsonObject tokens = tokens();

      assertThat(tokens.getString("token_type")).isEqualTo("Bearer");
      assertThat(tokens.getInt("expires_in")).isEqualTo(86_399);
      assertThat(tokens.getString("userType")).isEqualTo("Location");
      assertThat(tokens.getString("locationId")).isEqualTo(LOCATION);
      assertThat(tokens.getString("companyId")).isEqualTo("sandboxCompany");
      assertThat(tokens.getString("userId")).isNotEmpty();
      assertThat(tokens.getString("refresh_token")).isNotEmpty();
    }

    @Test
    void aCodeIsUsedOnce() {
      String code = sandbox.newAuthorizationCode(LOCATION);
      exchange(code);

      Reply again = exchange(code);

      assertThat(again.status()).isEqualTo(400);
      assertThat(again.json().getString("error")).isEqualTo("invalid_grant");
      assertThat(again.json().getString("message")).contains("authorization code");
    }

    @Test
    void aCodeLivesTenMinutes() {
      String code = sandbox.newAuthorizationCode(LOCATION);
      advance(Duration.ofMinutes(10));

      assertThat(exchange(code).status()).isEqualTo(400);
    }

    @Test
    void anotherRedirectUriIsRefused() {
      Reply reply =
          token(
              Map.of(
                  "grant_type",
                  "authorization_code",
                  "code",
                  sandbox.newAuthorizationCode(LOCATION),
                  "redirect_uri",
                  "http://evil.example/"));

      assertThat(reply.json().getString("error")).isEqualTo("invalid_grant");
    }

    @Test
    void aWrongSecretIs401() {
      Reply reply = token(Map.of("grant_type", "refresh_token", "client_secret", "wrong"));

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.json().getString("error")).isEqualTo("Unauthorized");
    }

    @Test
    void missingAndUnknownFieldsAre422() {
      Reply reply = anonymous.form("/oauth/token", Map.of("client_id", "x", "foo", "y"));

      assertThat(reply.status()).isEqualTo(422);
      assertThat(reply.messages())
          .contains("property foo should not exist", "grant_type should not be empty");
    }
  }

  @Nested
  class Rotation {
    @Test
    void aRefreshGivesANewPairAndBothTokensWork() {
      JsonObject first = tokens();

      JsonObject second = refresh(first.getString("refresh_token")).json();

      assertThat(second.getString("refresh_token")).isNotEqualTo(first.getString("refresh_token"));
      Client client = anonymous.withToken(second.getString("access_token"));
      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(200);
    }

    @Test
    void withinThirtySecondsTheSameRefreshTokenGivesTheSamePair() {
      String refreshToken = tokens().getString("refresh_token");
      JsonObject first = refresh(refreshToken).json();
      advance(Duration.ofSeconds(30));

      JsonObject second = refresh(refreshToken).json();

      assertThat(second.getString("refresh_token")).isEqualTo(first.getString("refresh_token"));
      assertThat(second.getString("access_token")).isEqualTo(first.getString("access_token"));
    }

    @Test
    void afterThirtySecondsAUsedRefreshTokenIsInvalid() {
      String refreshToken = tokens().getString("refresh_token");
      refresh(refreshToken);
      advance(Duration.ofSeconds(31));

      Reply reply = refresh(refreshToken);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.json().getString("error")).isEqualTo("invalid_grant");
      assertThat(reply.json().getString("error_description"))
          .isEqualTo("Invalid grant: refresh token is invalid");
    }

    @Test
    void aRefreshTokenLivesAYear() {
      String refreshToken = tokens().getString("refresh_token");
      advance(Duration.ofDays(365));

      assertThat(refresh(refreshToken).status()).isEqualTo(400);
    }

    @Test
    void anAccessTokenLivesADay() {
      Client client = installedApp();
      advance(Duration.ofSeconds(86_398));
      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(200);
      advance(Duration.ofSeconds(1));

      Reply reply = client.get("/locations/" + LOCATION);

      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.messages()).containsExactly("Invalid token: access token is invalid");
    }

    @Test
    void uninstallingEndsAllTokens() {
      JsonObject tokens = tokens();
      sandbox.uninstall(LOCATION);

      assertThat(refresh(tokens.getString("refresh_token")).status()).isEqualTo(400);
      Client client = anonymous.withToken(tokens.getString("access_token"));
      assertThat(client.get("/locations/" + LOCATION).status()).isEqualTo(401);
    }
  }
}
