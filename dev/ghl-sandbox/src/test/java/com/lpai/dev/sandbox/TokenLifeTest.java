package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.Client.Reply;
import jakarta.json.JsonObject;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What ends a token, and what the calls with it are told. */
class TokenLifeTest extends Company {
  private static final String PATH = "/locations/" + LOCATION;

  @Test
  void anExpiredAccessTokenIsInvalidAndCanBeRefreshed() {
    JsonObject tokens = tokens();

    JsonObject answer = control("POST", "/sandbox/tokens/expire", "{\"locationId\":\"location1\"}");

    assertThat(answer.getInt("tokens")).isEqualTo(1);
    assertThat(bearer(tokens).get(PATH).messages())
        .containsExactly("Invalid token: access token is invalid");
    set("\"expiredTokenText\":\"Invalid JWT\"");
    assertThat(bearer(tokens).get(PATH).messages()).containsExactly("Invalid JWT");
    assertThat(refresh(tokens.getString("refresh_token")).status()).isEqualTo(200);
  }

  @Test
  void aRevokedTokenIsDeadAndStillHasItsOwner() {
    JsonObject tokens = tokens();

    control("POST", "/sandbox/tokens/revoke", "{\"locationId\":\"location1\"}");

    assertThat(bearer(tokens).get(PATH).status()).isEqualTo(401);
    Reply refused = refresh(tokens.getString("refresh_token"));
    assertThat(refused.json().getString("error")).isEqualTo("invalid_grant");
    assertThat(control("GET", "/sandbox/calls?by=owner&locationId=location1", "").toString())
        .contains(
            "\"path\":\"/oauth/token\",\"status\":400,\"actor\":\"app\",\"count\":1,"
                + "\"grantType\":\"refresh_token\",\"userType\":\"Location\","
                + "\"locationId\":\"location1\"");
  }

  @Test
  void aCompanysTokenEndsWithoutThoseOfItsLocations() {
    JsonObject company = companyTokens("");
    JsonObject location = locationToken(bearer(company), "loc-1").json();

    control("POST", "/sandbox/tokens/revoke", "{\"companyId\":\"comp1\"}");

    assertThat(locationToken(bearer(company), "loc-1").status()).isEqualTo(401);
    assertThat(bearer(location).get("/locations/loc-1").status()).isEqualTo(200);
    assertThat(control("POST", "/sandbox/tokens/expire", "{\"all\":true}").getInt("tokens"))
        .isEqualTo(1);
    assertThat(bearer(location).get("/locations/loc-1").status()).isEqualTo(401);
  }

  @Test
  void aPersonsTokenIsLeftAlone() {
    Client person = user();

    control("POST", "/sandbox/tokens/revoke", "{\"all\":true}");

    assertThat(person.get(PATH).status()).isEqualTo(200);
  }

  @Test
  void theGraceOfAUsedRefreshTokenCanBeNothing() {
    set("\"refreshGraceSeconds\":0");
    String refreshToken = tokens().getString("refresh_token");
    assertThat(refresh(refreshToken).status()).isEqualTo(200);

    assertThat(refresh(refreshToken).status()).isEqualTo(400);
  }

  @Test
  void anInvalidGrantMayBe401AndInTheUsualEnvelope() {
    set("\"invalidGrantStatus\":401,\"invalidGrantBody\":\"envelope\"");

    Reply reply = refresh("nonsense");

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.json().getString("error")).isEqualTo("Unauthorized");
    assertThat(reply.messages()).containsExactly("Invalid grant: refresh token is invalid");
  }

  @Test
  void aRefusalMayLackItsError() {
    set("\"unauthorizedNamesError\":false");

    assertThat(anonymous.get(PATH).json()).doesNotContainKey("error").containsKey("traceId");
    assertThat(refresh("nonsense").json()).containsKey("error");
  }

  @Test
  void aMissingScopeIsSaid() {
    String code =
        control(
                "POST",
                "/sandbox/installs",
                """
                {"locationId":"location1","scopes":["contacts.readonly"],"exchange":false}""")
            .getString("code");
    JsonObject tokens = exchange(code).json();

    assertThat(tokens.getString("scope")).isEqualTo("contacts.readonly");
    assertThat(bearer(tokens).get(PATH).messages())
        .containsExactly("The token is not authorized for this scope.");
  }

  @Nested
  class Suspended {
    @Test
    void aSuspendedLocationGetsNoTokensAndKeepsThoseItHas() {
      JsonObject tokens = tokens();
      Client company = companyApp();
      control("POST", "/sandbox/locations/location1/suspend", "");
      control("POST", "/sandbox/locations/loc-1/suspend", "");

      assertNotActive(refresh(tokens.getString("refresh_token")));
      assertNotActive(exchange(sandbox.newAuthorizationCode(LOCATION)));
      assertNotActive(locationToken(company, "loc-1"));
      control("POST", "/sandbox/locations/location1/resume", "");

      assertThat(bearer(tokens).get(PATH).status()).isEqualTo(200);
      assertThat(refresh(tokens.getString("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void itsCallsAreRefusedInOneOfSeveralWays() {
      JsonObject tokens = tokens();
      control("POST", "/sandbox/locations/location1/suspend", "");

      for (int status : new int[] {401, 403, 400}) {
        set("\"suspendedCallStatus\":" + status);
        assertThat(bearer(tokens).get(PATH).status()).isEqualTo(status);
      }
      assertThat(user().get(PATH).status()).isEqualTo(200);
    }

    private static void assertNotActive(Reply reply) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.messages()).containsExactly("Location is not active");
    }
  }

  @Nested
  class PrivateTokens {
    private Client privateApp() {
      return anonymous.withToken(
          control("POST", "/sandbox/private-tokens", "{\"locationId\":\"loc-1\"}")
              .getString("token"));
    }

    @Test
    void areGoodForALocationAndNotForOauth() {
      Client client = privateApp();

      assertThat(client.get("/locations/loc-1").status()).isEqualTo(200);
      assertThat(locationToken(client, "loc-1").status()).isEqualTo(401);
      assertThat(control("GET", "/sandbox/calls?actor=private", "").getInt("total")).isEqualTo(2);
    }

    @Test
    void outliveTheAppAndEndByHand() {
      Client client = privateApp();
      companyApp();
      control("DELETE", "/sandbox/installs?companyId=comp1", "");
      assertThat(client.get("/locations/loc-1").status()).isEqualTo(200);

      control("DELETE", "/sandbox/private-tokens?locationId=loc-1", "");

      assertThat(client.get("/locations/loc-1").status()).isEqualTo(401);
    }
  }
}
