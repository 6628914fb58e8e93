package com.lpai.boot.settings;

import com.lpai.application.reconcile.ReconcileSettings;
import com.lpai.application.setup.SetupSettings;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.webhook.WebhookRetention;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Every setting of the server (docs/configuration.md). Texts that are not set are empty.
 *
 * @param evaluation true in evaluation mode: conveniences for trying it out, refused with
 *     GoHighLevel itself
 * @param keyVault {@code database.collection} of the data keys; empty for beside the data
 * @param clockUrl whose time to follow, in evaluation mode only
 * @param lookUpDelay how long a create of unknown outcome waits before it is looked up
 * @param callLease longer than a call to GoHighLevel can take, with the renewal of its token before
 *     it
 * @param copying how locations are copied
 * @param reconciling how lost events are made up for
 * @param calls how many calls GoHighLevel allows
 * @param webhookBodies how long the bodies of applied webhooks are kept
 * @param intake how webhooks are taken in
 */
public record ServerSettings(
    boolean evaluation,
    String mongoUri,
    URI publicApiUrl,
    Crm crm,
    MasterKeySettings masterKeys,
    String keyVault,
    Path dataDirectory,
    String operatorPassword,
    String cronSecret,
    ExternalIssuer externalIssuer,
    String clockUrl,
    long parentPid,
    Duration lookUpDelay,
    Duration callLease,
    Duration webhookBodies,
    Copying copying,
    Reconciling reconciling,
    Calls calls,
    Intake intake) {

  /**
   * How GoHighLevel is reached.
   *
   * @param webhookKeys PEM text that replaces GoHighLevel's public keys; empty for those
   * @param installsForCompanies whether the scopes for whole agencies are asked for
   */
  public record Crm(
      URI apiBase,
      URI oauthBase,
      String clientId,
      Secret clientSecret,
      String webhookKeys,
      boolean acceptsLegacySignatures,
      boolean installsForCompanies) {}

  /**
   * How locations are copied.
   *
   * @param pageSize records per page
   * @param appointmentsPast how far back appointments are copied
   * @param appointmentsAhead how far ahead appointments are copied
   * @param refreshEvery how often calendars, pipelines, users and custom fields are read again
   * @param defaults what a location starts with
   */
  public record Copying(
      int pageSize,
      Duration appointmentsPast,
      Duration appointmentsAhead,
      Duration refreshEvery,
      Defaults defaults) {}

  /**
   * How lost events are made up for.
   *
   * @param active how often changes are read where something changes
   * @param quiet how often where nothing does
   * @param overlap how far before the last reading each one begins
   * @param proof how often everything is compared
   */
  public record Reconciling(Duration active, Duration quiet, Duration overlap, Duration proof) {}

  /**
   * The calls of one location or company, until GoHighLevel's headers say otherwise.
   *
   * @param backfillPercent how much of a day backfill may use
   */
  public record Calls(int perWindow, Duration window, int perDay, int backfillPercent) {}

  /**
   * How webhooks are taken in.
   *
   * @param atOnce how many at once, at most
   * @param bytesAtOnce how large they are together, at most
   * @param staleAfter those that were sent longer ago are not believed without a look
   * @param asksAgainOnWrongSignature whether a wrong signature is answered 429 instead of 401
   */
  public record Intake(
      int atOnce, long bytesAtOnce, Duration staleAfter, boolean asksAgainOnWrongSignature) {}

  /** Whose tokens are accepted beside our own; empty texts when nobody's. */
  public record ExternalIssuer(String issuer, String jwksUri, String audience) {}

  /** A reading that failed is repeated after this time, and no reading sooner. */
  public static final Duration MOST_OFTEN_REFRESHED = Duration.ofMinutes(15);

  private static final Pattern NAMESPACE = Pattern.compile("[\\w-]+\\.[\\w.-]+");
  private static final String GHL_API = "https://services.leadconnectorhq.com";
  private static final String GHL_OAUTH = "https://marketplace.gohighlevel.com";

  /**
   * Reads and checks the settings.
   *
   * @param source a setting's text by its name; empty when it is not set
   * @throws ConfigurationException with every problem at once
   */
  public static ServerSettings read(Function<String, Optional<String>> source) {
    SettingsReader reader = new SettingsReader(source);
    boolean evaluation = reader.flag("LPAI_EVALUATION", false);
    ServerSettings settings =
        new ServerSettings(
            evaluation,
            reader.required(
                "MONGODB_URI", "the address of the database, mongodb://… or mongodb+srv://…"),
            publicApiUrl(reader, evaluation),
            crm(reader, evaluation),
            MasterKeyReader.read(reader),
            keyVault(reader),
            Path.of(dataDirectory(reader, evaluation)),
            reader.text("LPAI_OPERATOR_PASSWORD"),
            cronSecret(reader, evaluation),
            externalIssuer(reader),
            clockUrl(reader, evaluation),
            reader.number("LPAI_PARENT_PID", 0, 0, Integer.MAX_VALUE),
            reader.duration("LPAI_LOOKUP_DELAY", Duration.ofSeconds(35)),
            reader.duration("LPAI_CALL_LEASE", Duration.ofSeconds(60)),
            reader.duration(
                "LPAI_WEBHOOK_BODIES",
                WebhookRetention.STANDARD.bodies(),
                Duration.ofDays(1),
                WebhookRetention.STANDARD.ids()),
            new Copying(
                reader.number("LPAI_PAGE_SIZE", SetupSettings.STANDARD.pageSize(), 1, 500),
                appointments(
                    reader, "LPAI_APPOINTMENTS_PAST", SetupSettings.STANDARD.appointmentsPast()),
                appointments(
                    reader, "LPAI_APPOINTMENTS_AHEAD", SetupSettings.STANDARD.appointmentsAhead()),
                reader.duration(
                    "LPAI_DIRECTORY_REFRESH",
                    Duration.ofHours(6),
                    MOST_OFTEN_REFRESHED,
                    Duration.ofDays(30)),
                DefaultsReader.read(reader)),
            reconciling(reader),
            calls(reader),
            intake(reader));
    reader.throwIfAnyProblem();
    return settings;
  }

  /** GoHighLevel is asked by times since 1970, which end or begin no further than this from now. */
  private static Duration appointments(SettingsReader reader, String name, Duration otherwise) {
    return reader.duration(name, otherwise, Duration.ofDays(1), Duration.ofDays(7300));
  }

  private static URI publicApiUrl(SettingsReader reader, boolean evaluation) {
    if (!evaluation) {
      reader.required(
          "PUBLIC_API_URL",
          "the https address under which browsers and GoHighLevel reach this server");
    }
    return reader.address("PUBLIC_API_URL", "http://localhost:9080");
  }

  private static Crm crm(SettingsReader reader, boolean evaluation) {
    URI api = reader.address("GHL_BASE_URL", GHL_API);
    if (evaluation && api.toString().equals(GHL_API)) {
      reader.problem(
          "LPAI_EVALUATION is true, but GHL_BASE_URL is GoHighLevel itself: evaluation mode writes"
              + " tokens to files and is refused there. Unset LPAI_EVALUATION for production.");
    }
    String secret =
        reader.requiredSecret(
            "GHL_MARKETPLACE_CLIENT_SECRET",
            "the client secret of your app in GoHighLevel's Marketplace");
    return new Crm(
        api,
        reader.address("GHL_OAUTH_BASE_URL", GHL_OAUTH),
        reader.requiredSecret(
            "GHL_MARKETPLACE_CLIENT_ID", "the client id of your app in GoHighLevel's Marketplace"),
        new Secret(secret.isEmpty() ? "missing" : secret),
        reader.fileContent("GHL_WEBHOOK_PUBLIC_KEYS"),
        reader.flag("LPAI_ACCEPT_LEGACY_SIGNATURES", true),
        reader.flag("LPAI_COMPANY_INSTALLS", true));
  }

  private static Reconciling reconciling(SettingsReader reader) {
    ReconcileSettings standard = ReconcileSettings.STANDARD;
    Duration active =
        reader.duration(
            "LPAI_RECONCILE_ACTIVE", standard.active(), Duration.ofMinutes(1), Duration.ofDays(30));
    Duration quiet =
        reader.duration(
            "LPAI_RECONCILE_QUIET", standard.quiet(), Duration.ofMinutes(1), Duration.ofDays(30));
    if (quiet.compareTo(active) < 0) {
      reader.problem(
          "LPAI_RECONCILE_QUIET must not be shorter than LPAI_RECONCILE_ACTIVE: a location where"
              + " nothing changes is not read more often than one where something does.");
    }
    return new Reconciling(
        active,
        quiet,
        reader.duration(
            "LPAI_RECONCILE_OVERLAP",
            standard.overlap(),
            Duration.ofMinutes(2),
            Duration.ofDays(1)),
        reader.duration(
            "LPAI_RECONCILE_PROOF",
            standard.proofEvery(),
            Duration.ofHours(1),
            Duration.ofDays(365)));
  }

  private static Calls calls(SettingsReader reader) {
    return new Calls(
        reader.number("LPAI_CALLS_PER_WINDOW", 100, 1, 1_000),
        reader.duration("LPAI_CALL_WINDOW", Duration.ofSeconds(10)),
        reader.number("LPAI_CALLS_PER_DAY", 200_000, 1, Integer.MAX_VALUE),
        reader.number("LPAI_BACKFILL_PERCENT", 80, 1, 100));
  }

  /** Of the 200 threads that server.xml has for requests, some must be left for everything else. */
  private static Intake intake(SettingsReader reader) {
    long mebibyte = 1L << 20;
    return new Intake(
        reader.number("LPAI_WEBHOOKS_AT_ONCE", 150, 1, 10_000),
        mebibyte * reader.number("LPAI_WEBHOOK_MEBIBYTES_AT_ONCE", 64, 1, 4_096),
        reader.duration(
            "LPAI_WEBHOOK_STALE_AFTER",
            Duration.ofDays(7),
            Duration.ofMinutes(90),
            Duration.ofDays(3650)),
        reader.flag("LPAI_ASK_AGAIN_ON_WRONG_SIGNATURE", false));
  }

  private static String keyVault(SettingsReader reader) {
    String namespace = reader.text("LPAI_KEY_VAULT");
    if (!namespace.isEmpty() && !NAMESPACE.matcher(namespace).matches()) {
      reader.problem("LPAI_KEY_VAULT must be database.collection; it is \"" + namespace + "\".");
    }
    return namespace;
  }

  private static String dataDirectory(SettingsReader reader, boolean evaluation) {
    return evaluation
        ? reader.required("LPAI_DATA_DIR", "where evaluation mode keeps its files")
        : reader.text("LPAI_DATA_DIR");
  }

  private static String cronSecret(SettingsReader reader, boolean evaluation) {
    return evaluation
        ? reader.text("CRON_SECRET")
        : reader.requiredSecret("CRON_SECRET", "the bearer secret of /api/cron/*");
  }

  private static ExternalIssuer externalIssuer(SettingsReader reader) {
    String issuer = reader.text("LPAI_JWT_ISSUER");
    String jwks = reader.text("LPAI_JWT_JWKS_URI");
    if (issuer.isEmpty() != jwks.isEmpty()) {
      reader.problem(
          "LPAI_JWT_ISSUER and LPAI_JWT_JWKS_URI belong together: set both, or neither.");
    }
    return new ExternalIssuer(issuer, jwks, reader.text("LPAI_JWT_AUDIENCE"));
  }

  private static String clockUrl(SettingsReader reader, boolean evaluation) {
    String url = reader.text("LPAI_CLOCK_URL");
    if (!evaluation && !url.isEmpty()) {
      reader.problem(
          "LPAI_CLOCK_URL is for evaluation mode only: production follows its own clock.");
    }
    return url;
  }

  /** Mode and addresses without credentials: several settings are secrets. */
  @Override
  public String toString() {
    return "ServerSettings[evaluation=" + evaluation + ", publicApiUrl=" + publicApiUrl + "]";
  }
}
