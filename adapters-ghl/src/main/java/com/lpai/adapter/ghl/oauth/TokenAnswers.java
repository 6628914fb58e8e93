package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.Messages;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the token endpoint answered. Its refusals are not documented, so only texts that are
 * definite condemn a code or token; whatever else is a matter of configuration or of time
 * (ghl-facts.md 2.2).
 */
final class TokenAnswers {
  /** Assumed when an answer with good tokens says nothing: far less than the usual 24 hours. */
  private static final long SHORT_LIFE = Duration.ofHours(1).toSeconds();

  private static final long LONGEST_LIFE = Duration.ofDays(366).toSeconds();

  private TokenAnswers() {}

  static OAuthAnswer read(GhlAnswer answer, Instant now) {
    return answer.isSuccess() ? granted(answer, now) : refused(answer);
  }

  private static OAuthAnswer granted(GhlAnswer answer, Instant now) {
    JsonObject body = answer.body();
    String companyId = JsonReads.text(body, "companyId");
    String locationId = JsonReads.text(body, "locationId");
    boolean isForCompany =
        JsonReads.text(body, "userType").equals("Company")
            || (locationId.isBlank() && !companyId.isBlank());
    try {
      return isForCompany
          ? new OAuthAnswer.GrantedForCompany(company(body, new CompanyId(companyId), now))
          : new OAuthAnswer.Granted(
              new TokenGrant(
                  new LocationId(locationId), new CompanyId(companyId), tokens(body, now), false));
    } catch (IllegalArgumentException incomplete) {
      return new OAuthAnswer.TryAgain(
          told(answer, "an answer that lacks a token or an id") + " Nothing was stored.");
    }
  }

  private static CompanyGrant company(JsonObject body, CompanyId companyId, Instant now) {
    return new CompanyGrant(
        companyId,
        tokens(body, now),
        is(body, "isBulkInstallation"),
        is(body, "installToFutureLocations"),
        JsonReads.list(body, "approvedLocations").stream()
            .filter(JsonString.class::isInstance)
            .map(location -> new LocationId(((JsonString) location).getString()))
            .toList());
  }

  private static boolean is(JsonObject body, String name) {
    return JsonReads.flag(body.getOrDefault(name, JsonValue.FALSE)).orElse(false);
  }

  private static OAuthTokens tokens(JsonObject body, Instant now) {
    return tokens(
        body, new Renewal.ByRefreshToken(new Secret(JsonReads.text(body, "refresh_token"))), now);
  }

  /**
   * The tokens that a company's token was given for one of its locations; some answers bring no
   * refresh token (trap 10).
   *
   * @throws IllegalArgumentException when there is no access token in it
   */
  static OAuthTokens derived(JsonObject body, Instant now) {
    return JsonReads.text(body, "refresh_token").isBlank()
        ? tokens(body, new Renewal.FromCompany(), now)
        : tokens(body, now);
  }

  private static OAuthTokens tokens(JsonObject body, Renewal renewal, Instant now) {
    long life =
        JsonReads.whole(body, "expires_in").filter(seconds -> seconds > 0).orElse(SHORT_LIFE);
    Set<String> scopes =
        Arrays.stream(JsonReads.text(body, "scope").split("\\s+"))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toSet());
    return new OAuthTokens(
        new Secret(JsonReads.text(body, "access_token")),
        renewal,
        now.plusSeconds(Math.min(life, LONGEST_LIFE)),
        scopes);
  }

  private static OAuthAnswer refused(GhlAnswer answer) {
    JsonObject body = answer.body();
    int status = answer.status();
    String said = Messages.of(body);
    String text =
        (JsonReads.text(body, "error")
                + " "
                + JsonReads.text(body, "error_description")
                + " "
                + said)
            .toLowerCase(Locale.ROOT);
    String told = told(answer, said.isEmpty() ? "no message" : "\"" + said + "\"");
    boolean isTransient = status < 400 || status >= 500 || status == 429 || status == 408;
    if (isTransient || answer.json().isEmpty()) {
      return new OAuthAnswer.TryAgain(told);
    }
    if (text.contains("not active")) {
      return new OAuthAnswer.Suspended(told);
    }
    boolean isOurFault =
        text.contains("redirect_uri")
            || text.contains("invalid_client")
            || text.contains("invalid client")
            || text.contains("client credentials")
            || text.contains("client_id")
            || text.contains("client_secret");
    boolean isCondemned =
        text.contains("invalid_grant")
            || text.contains("invalid grant")
            || (isAboutGrant(text) && isDefinite(text));
    return isCondemned && !isOurFault
        ? new OAuthAnswer.Refused(told)
        : new OAuthAnswer.Misconfigured(
            told + " Check the client id, the client secret and the redirect URI.");
  }

  private static boolean isAboutGrant(String text) {
    return text.contains("refresh token")
        || text.contains("refresh_token")
        || text.contains("authorization code");
  }

  private static boolean isDefinite(String text) {
    return text.contains("invalid")
        || text.contains("expired")
        || text.contains("revoked")
        || text.contains("used");
  }

  private static String told(GhlAnswer answer, String said) {
    String traced = answer.traceId().isEmpty() ? "" : ", traceId " + answer.traceId();
    return "POST /oauth/token was answered " + answer.status() + " with " + said + traced + ".";
  }
}
