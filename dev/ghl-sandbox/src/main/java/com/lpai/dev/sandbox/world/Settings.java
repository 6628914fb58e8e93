package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * How GoHighLevel behaves where it may behave one way or another. What GoHighLevel documents is the
 * same for all seeds; what it does not document (ghl-facts.md 9) is decided by the seed, each
 * setting on its own, so that a client is not tested against our own assumptions only. Seed 0 is
 * the plain case. All of it can be set while the sandbox runs, and is kept.
 */
public final class Settings {
  /** For how long a used refresh token gives the same pair again (ghl-facts.md 2.2). */
  public static final Setting<Integer> REFRESH_GRACE_SECONDS =
      Setting.number("refreshGraceSeconds", 30, 86_400);

  /** Life of an access token. */
  public static final Setting<Integer> ACCESS_TOKEN_SECONDS =
      Setting.number("accessTokenSeconds", 86_399, 31_536_000)
          .drawnBy(random -> 86_399 + random.nextInt(2));

  /** Life of an authorization code. */
  public static final Setting<Integer> CODE_SECONDS =
      Setting.number("codeSeconds", 600, 86_400).drawnBy(random -> 60 * (1 + random.nextInt(30)));

  /** Status for a used, expired or unknown code or refresh token. */
  public static final Setting<Integer> INVALID_GRANT_STATUS =
      Setting.oneOf("invalidGrantStatus", 400, 401);

  /** Its body: OAuth's error, or GoHighLevel's usual envelope with a text. */
  public static final Setting<String> INVALID_GRANT_BODY =
      Setting.oneOf("invalidGrantBody", "oauth", "envelope");

  /** The text for an expired or revoked access token (ghl-facts.md 2.6). */
  public static final Setting<String> EXPIRED_TOKEN_TEXT =
      Setting.oneOf("expiredTokenText", "Invalid token: access token is invalid", "Invalid JWT");

  /** The text for a Company token in the place of a Location token, or the reverse. */
  public static final Setting<String> USER_TYPE_TEXT =
      Setting.oneOf(
          "userTypeText",
          "This authClass type is not allowed to access this scope",
          "Token's user type mismatch!");

  /** Whether a 401 has {@code error} (ghl-facts.md 5: it may be missing). */
  public static final Setting<Boolean> UNAUTHORIZED_NAMES_ERROR =
      Setting.flag("unauthorizedNamesError", true);

  /** How calls with the token of a suspended location are refused. */
  public static final Setting<Integer> SUSPENDED_CALL_STATUS =
      Setting.oneOf("suspendedCallStatus", 401, 403, 400);

  /** Whether a Company token's answer lists the chosen locations (#294: often not). */
  public static final Setting<String> APPROVED_LOCATIONS =
      Setting.oneOf("approvedLocations", "absent", "present");

  /** Whether {@code /oauth/locationToken} answers a refresh token (#285). */
  public static final Setting<Boolean> DERIVED_REFRESH_TOKEN =
      Setting.flag("derivedRefreshToken", true);

  /** Whether installs of future locations name a user (COMM: may be absent). */
  public static final Setting<Boolean> FUTURE_INSTALL_NAMES_USER =
      Setting.flag("futureInstallNamesUser", true);

  /** Whether a Location token of a code keeps the scopes that are for agencies only. */
  public static final Setting<Boolean> AGENCY_SCOPES_FOR_LOCATIONS =
      Setting.flag("agencyScopesForLocations", true);

  /** How long after an install neither the list nor a location token knows of it. */
  public static final Setting<Integer> INSTALL_LAG_SECONDS =
      Setting.number("installLagSeconds", 0, 86_400).drawnBy(random -> random.nextInt(11));

  /** How many items of a page of installed locations come again on the next. */
  public static final Setting<Integer> INSTALLED_LOCATIONS_OVERLAP =
      Setting.number("installedLocationsOverlap", 2, 99).drawnBy(random -> random.nextInt(10));

  /** Status for the token of a location that has not the app. */
  public static final Setting<Integer> NOT_INSTALLED_STATUS =
      Setting.oneOf("notInstalledStatus", 400, 403, 404, 422);

  /** Whether the uninstall of a company sends one event for each location, too. */
  public static final Setting<Boolean> UNINSTALL_PER_LOCATION =
      Setting.flag("uninstallPerLocation", false);

  /** Whether the redirect carries the state that the app sent. */
  public static final Setting<Boolean> STATE_ECHOED = Setting.flag("stateEchoed", true);

  /** Status for a record that is not there. */
  public static final Setting<Integer> NOT_FOUND_STATUS = Setting.oneOf("notFoundStatus", 404, 400);

  /** Whether search items carry names in lower case only. */
  public static final Setting<Boolean> LOWER_CASE_NAMES_IN_SEARCH =
      Setting.flag("lowerCaseNamesInSearch", false);

  /** How far the search index is behind. */
  public static final Setting<Integer> SEARCH_LAG_SECONDS =
      Setting.number("searchLagSeconds", 0, 3600).drawnBy(random -> random.nextInt(31));

  /** Calls in ten seconds, of one app in one location or company. */
  public static final Setting<Integer> RATE_BURST =
      Setting.number("rateBurst", 100, Integer.MAX_VALUE);

  /** Calls in a day. */
  public static final Setting<Integer> RATE_DAILY =
      Setting.number("rateDaily", 200_000, Integer.MAX_VALUE);

  /** Whether the window of ten seconds slides instead of being fixed. */
  public static final Setting<Boolean> SLIDING_RATE_WINDOW =
      Setting.flag("slidingRateWindow", false);

  /** The UTC hour at which a new day of calls begins. */
  public static final Setting<Integer> RATE_DAY_BEGINS_AT_HOUR =
      Setting.number("rateDayBeginsAtHour", 0, 23).drawnBy(random -> random.nextInt(24));

  /** The body of a 429. */
  public static final Setting<String> TOO_MANY_REQUESTS_BODY =
      Setting.oneOf("tooManyRequestsBody", "envelope", "text", "empty");

  /** Whether a 429 says in {@code Retry-After} when to come again. */
  public static final Setting<Boolean> RETRY_AFTER = Setting.flag("retryAfter", false);

  /**
   * What tells contacts apart in locations that allow no duplicates, in the order of its priority:
   * people set that in GoHighLevel, no call shows it (ghl-facts.md 3.1).
   */
  public static final Setting<String> UNIQUE_BY =
      Setting.oneOf("uniqueBy", "email,phone", "phone,email", "email", "phone");

  /** Whether the search for duplicates uses the search index, which may be behind. */
  public static final Setting<Boolean> DUPLICATE_SEARCH_LAGS =
      Setting.flag("duplicateSearchLags", false);

  /** Whether INSTALL has {@code installType} (the site's example has it, the schema has not). */
  public static final Setting<Boolean> INSTALL_TYPE_SENT = Setting.flag("installTypeSent", false);

  /** Whether companies are white-label ones. */
  public static final Setting<Boolean> WHITE_LABEL = Setting.flag("whiteLabel", false);

  /** Whether token answers have {@code refreshTokenId} and {@code planId}. */
  public static final Setting<Boolean> TOKEN_EXTRAS = Setting.flag("tokenExtras", false);

  /** More redirect addresses of the app than the one at start. */
  public static final Setting<List<String>> REDIRECT_URIS = Setting.addresses("redirectUris");

  /** Where webhooks go in turn, in the place of the address at start. */
  public static final Setting<List<String>> WEBHOOK_URLS = Setting.addresses("webhookUrls");

  /** What is retried: since April 2026 anything but a 2xx, before only a 429 (ghl-facts.md 6.5). */
  public static final Setting<String> WEBHOOK_RETRY =
      Setting.oneOf("webhookRetry", "any", "429-only").documented();

  /** Until the first retry; each next one waits twice as long. */
  public static final Setting<Integer> WEBHOOK_FIRST_RETRY_SECONDS =
      Setting.number("webhookFirstRetrySeconds", 10, 86_400)
          .drawnBy(random -> 1 + random.nextInt(60));

  /** The longest wait between two retries. */
  public static final Setting<Integer> WEBHOOK_LONGEST_RETRY_SECONDS =
      Setting.number("webhookLongestRetrySeconds", 21_600, 604_800)
          .drawnBy(random -> 600 << random.nextInt(8));

  /** How long an answer to a webhook is waited for, in real time. */
  public static final Setting<Integer> WEBHOOK_TIMEOUT_SECONDS =
      Setting.number("webhookTimeoutSeconds", 10, 60).drawnBy(random -> 3 + random.nextInt(13));

  /** The signature headers: both, one of them, or RSA beside a literal {@code N/A}. */
  public static final Setting<String> WEBHOOK_SIGNATURES =
      Setting.oneOf("webhookSignatures", "both", "ed25519", "rsa", "n/a");

  /** Which pair of keys signs from now on. */
  public static final Setting<String> WEBHOOK_KEY =
      Setting.oneOf("webhookKey", "current", "next").documented();

  /** By how much a webhook may be late by chance: it makes their order a random one. */
  public static final Setting<Integer> WEBHOOK_JITTER_MILLIS =
      Setting.number("webhookJitterMillis", 0, 3_600_000).drawnBy(random -> random.nextInt(500));

  /** Whether contact events leave out some fields that the contact has (6.7: proves nothing). */
  public static final Setting<Boolean> WEBHOOK_LEAVES_OUT_FIELDS =
      Setting.flag("webhookLeavesOutFields", false);

  /** Whether an event says null for the user that is not set, or leaves it out (6.7, #183). */
  public static final Setting<Boolean> WEBHOOK_NAMES_NOBODY =
      Setting.flag("webhookNamesNobody", false);

  /**
   * Whether the search for users finds those who were deleted: they have a property for it (3.4).
   */
  public static final Setting<Boolean> DELETED_USERS_ARE_FOUND =
      Setting.flag("deletedUsersAreFound", false);

  /** How an opportunity's custom fields are read (ghl-facts.md 3.2, #87). */
  public static final Setting<String> OPPORTUNITY_FIELD_FORM =
      Setting.oneOf("opportunityFieldForm", "fieldValue", "typed", "both");

  /** Where an opportunity that was found has its sort values: no schema says it. */
  public static final Setting<String> OPPORTUNITY_CURSOR =
      Setting.oneOf("opportunityCursor", "sort", "searchAfter");

  /** Whether a closed opportunity stands in the way of another (3.2: some report it). */
  public static final Setting<Boolean> CLOSED_OPPORTUNITY_IS_DUPLICATE =
      Setting.flag("closedOpportunityIsDuplicate", false);

  /** How events are read: with the location's offset, or without any (ghl-facts.md 3.3: seen). */
  public static final Setting<String> EVENT_TIMES = Setting.oneOf("eventTimes", "offset", "none");

  /** Whether an event that began before a window and reaches into it is listed. */
  public static final Setting<Boolean> EVENTS_OVERLAP_WINDOW =
      Setting.flag("eventsOverlapWindow", false);

  /** Whether the later events of a series have composite ids (ghl-facts.md 3.3). */
  public static final Setting<Boolean> RECURRING_IDS_ARE_COMPOSITE =
      Setting.flag("recurringIdsAreComposite", false);

  /** Which custom fields are listed when no model is asked for: not documented (3.5). */
  public static final Setting<String> CUSTOM_FIELDS_WITHOUT_MODEL =
      Setting.oneOf("customFieldsWithoutModel", "contact", "all");

  /** What becomes of a custom field whose key is taken: not documented (3.5). */
  public static final Setting<String> CUSTOM_FIELD_CLASH =
      Setting.oneOf("customFieldClash", "number", "refuse");

  /** So many conversations are on a page at most, whatever is asked for: not documented (3.6). */
  public static final Setting<Integer> MOST_CONVERSATIONS =
      Setting.oneOf("mostConversations", 100, 50);

  /** So many messages are on a page at most, whatever is asked for: not documented (3.6). */
  public static final Setting<Integer> MOST_MESSAGES = Setting.oneOf("mostMessages", 100, 50);

  /** Whether a list of messages is within a second {@code messages} (3.6, #54). */
  public static final Setting<Boolean> MESSAGES_ARE_NESTED =
      Setting.flag("messagesAreNested", true);

  /**
   * What a conversation that was found tells beside what is documented: its times, which is seen
   * (3.6), nothing, or its times, star and user, which other answers have.
   */
  public static final Setting<String> FOUND_CONVERSATIONS =
      Setting.oneOf("foundConversations", "times", "documented", "all");

  /** Whether messages have a status: no schema requires it (3.6). */
  public static final Setting<Boolean> MESSAGES_TELL_STATUS =
      Setting.flag("messagesTellStatus", true);

  /** Whether the message of a thread of mails has a body: no schema requires it (3.6). */
  public static final Setting<Boolean> THREADS_TELL_BODY = Setting.flag("threadsTellBody", true);

  /** Whether a message's event has its messageId: some official examples have not (6.7). */
  public static final Setting<Boolean> WEBHOOK_NAMES_MESSAGE =
      Setting.flag("webhookNamesMessage", true);

  /** All settings, in the order in which they are shown. */
  public static final List<Setting<?>> ALL =
      List.of(
          REFRESH_GRACE_SECONDS,
          ACCESS_TOKEN_SECONDS,
          CODE_SECONDS,
          INVALID_GRANT_STATUS,
          INVALID_GRANT_BODY,
          EXPIRED_TOKEN_TEXT,
          USER_TYPE_TEXT,
          UNAUTHORIZED_NAMES_ERROR,
          SUSPENDED_CALL_STATUS,
          APPROVED_LOCATIONS,
          DERIVED_REFRESH_TOKEN,
          FUTURE_INSTALL_NAMES_USER,
          AGENCY_SCOPES_FOR_LOCATIONS,
          INSTALL_LAG_SECONDS,
          INSTALLED_LOCATIONS_OVERLAP,
          NOT_INSTALLED_STATUS,
          UNINSTALL_PER_LOCATION,
          STATE_ECHOED,
          NOT_FOUND_STATUS,
          LOWER_CASE_NAMES_IN_SEARCH,
          SEARCH_LAG_SECONDS,
          RATE_BURST,
          RATE_DAILY,
          SLIDING_RATE_WINDOW,
          RATE_DAY_BEGINS_AT_HOUR,
          TOO_MANY_REQUESTS_BODY,
          RETRY_AFTER,
          UNIQUE_BY,
          DUPLICATE_SEARCH_LAGS,
          INSTALL_TYPE_SENT,
          WHITE_LABEL,
          TOKEN_EXTRAS,
          REDIRECT_URIS,
          WEBHOOK_URLS,
          WEBHOOK_RETRY,
          WEBHOOK_FIRST_RETRY_SECONDS,
          WEBHOOK_LONGEST_RETRY_SECONDS,
          WEBHOOK_TIMEOUT_SECONDS,
          WEBHOOK_SIGNATURES,
          WEBHOOK_KEY,
          WEBHOOK_JITTER_MILLIS,
          WEBHOOK_LEAVES_OUT_FIELDS,
          WEBHOOK_NAMES_NOBODY,
          DELETED_USERS_ARE_FOUND,
          OPPORTUNITY_FIELD_FORM,
          OPPORTUNITY_CURSOR,
          CLOSED_OPPORTUNITY_IS_DUPLICATE,
          EVENT_TIMES,
          EVENTS_OVERLAP_WINDOW,
          RECURRING_IDS_ARE_COMPOSITE,
          CUSTOM_FIELDS_WITHOUT_MODEL,
          CUSTOM_FIELD_CLASH,
          MOST_CONVERSATIONS,
          MOST_MESSAGES,
          MESSAGES_ARE_NESTED,
          FOUND_CONVERSATIONS,
          MESSAGES_TELL_STATUS,
          THREADS_TELL_BODY,
          WEBHOOK_NAMES_MESSAGE);

  private static final String KEY = "changed";

  private final Shelf shelf;
  private final long seed;
  private final JsonObject atStart;
  private volatile JsonObject changed;

  /**
   * @param shelf where changes outlive the process
   * @param atStart values by name that count unless they are changed
   */
  Settings(Shelf shelf, long seed, JsonObject atStart) {
    this.shelf = shelf;
    this.seed = seed;
    this.atStart = checked(atStart);
    this.changed = shelf.get(KEY).orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  /** The seed that decides what is not set. */
  public long seed() {
    return seed;
  }

  public <T> T get(Setting<T> setting) {
    JsonValue set = changed.getOrDefault(setting.name(), JsonValue.NULL);
    if (JsonValue.NULL.equals(set)) {
      set = atStart.getOrDefault(setting.name(), JsonValue.NULL);
    }
    return JsonValue.NULL.equals(set) ? ofSeed(setting) : setting.read(set);
  }

  /**
   * Changes what is named and leaves the rest; null gives a setting back to the seed.
   *
   * @throws IllegalArgumentException naming what is unknown or wrong; nothing is changed then
   */
  public synchronized void change(JsonObject changes) {
    checked(changes);
    JsonObjectBuilder all = JsonText.object(changed);
    changes.forEach(
        (name, value) -> {
          if (JsonValue.NULL.equals(value)) {
            all.remove(name);
          } else {
            all.add(name, value);
          }
        });
    changed = all.build();
    shelf.put(KEY, changed);
  }

  /** Forgets all changes. */
  public synchronized void reset() {
    changed = JsonValue.EMPTY_JSON_OBJECT;
    shelf.remove(KEY);
  }

  /** All settings with their values now. */
  public JsonObject describe() {
    JsonObjectBuilder all = JsonText.object();
    ALL.forEach(setting -> describe(setting, all));
    return all.build();
  }

  private <T> void describe(Setting<T> setting, JsonObjectBuilder all) {
    all.add(setting.name(), setting.write(get(setting)));
  }

  private <T> T ofSeed(Setting<T> setting) {
    // Each setting has random numbers of its own: a new setting leaves the others as they were.
    return seed == 0
        ? setting.plain()
        : setting.draw(new SplittableRandom(seed * 1_000_003 + setting.name().hashCode()));
  }

  private static JsonObject checked(JsonObject values) {
    List<String> unknown = new ArrayList<>(new TreeSet<>(values.keySet()));
    unknown.removeAll(ALL.stream().map(Setting::name).toList());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown setting " + String.join(", ", unknown));
    }
    ALL.forEach(
        setting -> {
          JsonValue value = values.getOrDefault(setting.name(), JsonValue.NULL);
          if (!JsonValue.NULL.equals(value)) {
            setting.requireGood(value);
          }
        });
    return values;
  }
}
