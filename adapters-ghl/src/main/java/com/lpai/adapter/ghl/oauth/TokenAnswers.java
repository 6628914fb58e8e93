package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.client.GhlAnswer;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tokens as GoHighLevel answers them (ghl-facts.md 2.2, 2.3).
 *
 * <p>A token's end is counted by our own clock from just before it was asked for, and compared with
 * our own clock later: how far GoHighLevel's clock is off does not matter, so its {@code Date}
 * header is not needed (trap 12). What instances differ among themselves is far less than the
 * margin with which tokens are renewed.
 */
final class TokenAnswers {
  /** Assumed when an answer with good tokens says nothing: far less than the usual 24 hours. */
  private static final long SHORT_LIFE = Duration.ofHours(1).toSeconds();

  private static final long LONGEST_LIFE = Duration.ofDays(366).toSeconds();
  private static final String COMPANY = "Company";

  private TokenAnswers() {}

  /**
   * What is known of a token's owner before the answer: a property that is missing in an answer is
   * normal (ghl-facts.md 0), and must not cost a refresh token that is used up by then.
   *
   * @param userType GoHighLevel's word; empty when not known
   * @param companyId empty when not known
   * @param locationId empty when not known
   */
  record Known(String userType, String companyId, String locationId) {
    static final Known NOTHING = new Known("", "", "");

    static Known of(LocationId owner) {
      return new Known("Location", CompanyId.UNKNOWN.value(), owner.value());
    }

    static Known of(CompanyId owner) {
      return new Known(COMPANY, owner.value(), "");
    }
  }

  /**
   * What the token endpoint answered.
   *
   * @param asked when it was asked
   * @param known stands for what the answer does not say
   */
  static OAuthAnswer read(GhlAnswer answer, Instant asked, Known known) {
    if (!answer.isSuccess()) {
      return TokenRefusals.read(answer);
    }
    try {
      return granted(answer.body(), asked, known);
    } catch (IllegalArgumentException incomplete) {
      return new OAuthAnswer.TryAgain(
          TokenRefusals.told(answer, "an answer that lacks a token or an id")
              + " Nothing was stored.");
    }
  }

  private static OAuthAnswer granted(JsonObject body, Instant asked, Known known) {
    CompanyId companyId = new CompanyId(textOr(known.companyId(), body, "companyId"));
    // Only a token of one's own is renewed here, so one without a successor is incomplete.
    Renewal renewal = new Renewal.ByRefreshToken(new Secret(JsonReads.text(body, "refresh_token")));
    OAuthTokens tokens = tokens(body, renewal, asked);
    return isForCompany(body, known)
        ? new OAuthAnswer.GrantedForCompany(
            new CompanyGrant(
                companyId,
                tokens,
                flag(body, "isBulkInstallation"),
                flag(body, "installToFutureLocations"),
                approvedLocations(body)))
        : new OAuthAnswer.Granted(
            new TokenGrant(
                new LocationId(textOr(known.locationId(), body, "locationId")),
                companyId,
                tokens,
                false));
  }

  private static String textOr(String known, JsonObject body, String key) {
    String said = JsonReads.text(body, key);
    return said.isBlank() ? known : said;
  }

  private static boolean isForCompany(JsonObject body, Known known) {
    String userType = textOr(known.userType(), body, "userType");
    return userType.isBlank()
        ? JsonReads.text(body, "locationId").isBlank()
        : userType.equals(COMPANY);
  }

  private static boolean flag(JsonObject body, String key) {
    return JsonReads.flag(body.getOrDefault(key, JsonValue.NULL)).orElse(false);
  }

  private static List<LocationId> approvedLocations(JsonObject body) {
    return JsonReads.list(body, "approvedLocations").stream()
        .filter(JsonString.class::isInstance)
        .flatMap(id -> location(((JsonString) id).getString()).stream())
        .toList();
  }

  /** The id, unless no location can have it. */
  static Optional<LocationId> location(String id) {
    try {
      return Optional.of(new LocationId(id));
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  /**
   * Tokens that were got with the company's token; empty when the answer holds none for this
   * location. Some answers have no refresh token: the next ones come from the company again (trap
   * 10).
   */
  static Optional<TokenGrant> derived(
      GhlAnswer answer, CompanyId companyId, LocationId locationId, Instant asked) {
    JsonObject body = answer.body();
    boolean isOurs =
        isAbsentOr(locationId.value(), JsonReads.text(body, "locationId"))
            && isAbsentOr(companyId.value(), JsonReads.text(body, "companyId"))
            && !JsonReads.text(body, "userType").equals(COMPANY);
    if (!isOurs || JsonReads.text(body, "access_token").isBlank()) {
      return Optional.empty();
    }
    String refresh = JsonReads.text(body, "refresh_token");
    Renewal renewal =
        refresh.isBlank()
            ? new Renewal.FromCompany()
            : new Renewal.ByRefreshToken(new Secret(refresh));
    return Optional.of(new TokenGrant(locationId, companyId, tokens(body, renewal, asked), true));
  }

  private static boolean isAbsentOr(String expected, String given) {
    return given.isBlank() || given.equals(expected);
  }

  private static OAuthTokens tokens(JsonObject body, Renewal renewal, Instant asked) {
    long life =
        JsonReads.whole(body, "expires_in").filter(seconds -> seconds > 0).orElse(SHORT_LIFE);
    Set<String> scopes =
        Arrays.stream(JsonReads.text(body, "scope").split("\\s+"))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toSet());
    return new OAuthTokens(
        new Secret(JsonReads.text(body, "access_token")),
        renewal,
        asked.plusSeconds(Math.min(life, LONGEST_LIFE)),
        scopes);
  }
}
