package com.lpai.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Terms;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
  private static final Map<String, String> PRODUCTION =
      Map.of(
          "MONGODB_URI", "mongodb://db/lpai",
          "GHL_MARKETPLACE_CLIENT_ID", "abc123-def",
          "GHL_MARKETPLACE_CLIENT_SECRET", "s3cr3t",
          "PUBLIC_API_URL", "https://lpai.test/",
          "LPAI_MASTER_KEY_FILE", "/etc/lpai/master-key",
          "CRON_SECRET", "a long random text");

  private static ServerSettings read(Map<String, String> values) {
    return ServerSettings.read(name -> Optional.ofNullable(values.get(name)));
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(PRODUCTION);
    changed.put(name, value);
    return changed;
  }

  @Test
  void productionIsReadWithGoHighLevelAsTheDefault() {
    ServerSettings settings = read(PRODUCTION);

    assertThat(settings.evaluation()).isFalse();
    assertThat(settings.publicApiUrl()).hasToString("https://lpai.test");
    assertThat(settings.crm().apiBase()).hasToString("https://services.leadconnectorhq.com");
    assertThat(settings.crm().acceptsLegacySignatures()).isTrue();
  }

  @Test
  void everyMissingSettingIsNamedAtOnce() {
    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("MONGODB_URI is not set")
        .hasMessageContaining("GHL_MARKETPLACE_CLIENT_ID is not set")
        .hasMessageContaining("GHL_MARKETPLACE_CLIENT_SECRET is not set")
        .hasMessageContaining("PUBLIC_API_URL is not set")
        .hasMessageContaining("CRON_SECRET is not set");
  }

  /** Trap 1 and 15: placeholders and an empty cron secret stop the start. */
  @Test
  void placeholdersAreNoSecrets() {
    for (String placeholder : new String[] {"your-client-secret", "changeme", "<secret>", "xxxx"}) {
      assertThatThrownBy(() -> read(with("GHL_MARKETPLACE_CLIENT_SECRET", placeholder)))
          .hasMessageContaining("GHL_MARKETPLACE_CLIENT_SECRET holds a placeholder");
    }
    assertThatThrownBy(() -> read(with("CRON_SECRET", " ")))
        .hasMessageContaining("CRON_SECRET is not set");
  }

  @Test
  void evaluationIsRefusedWithGoHighLevelItself() {
    assertThatThrownBy(() -> read(with("LPAI_EVALUATION", "true")))
        .hasMessageContaining("GHL_BASE_URL is GoHighLevel itself");
  }

  @Test
  void theLimitsOfCallsAreThoseThatGoHighLevelDocumentsUnlessSet() {
    assertThat(read(PRODUCTION).calls())
        .isEqualTo(new ServerSettings.Calls(100, Duration.ofSeconds(10), 200_000, 80));
    Map<String, String> other = new HashMap<>(PRODUCTION);
    other.put("LPAI_CALLS_PER_WINDOW", "25");
    other.put("LPAI_CALL_WINDOW", "PT5S");
    other.put("LPAI_CALLS_PER_DAY", "10000");
    other.put("LPAI_BACKFILL_PERCENT", "50");

    assertThat(read(other).calls())
        .isEqualTo(new ServerSettings.Calls(25, Duration.ofSeconds(5), 10_000, 50));
  }

  @Test
  void howWebhooksAreTakenInCanBeSet() {
    assertThat(read(PRODUCTION).intake())
        .isEqualTo(new ServerSettings.Intake(150, 64L << 20, Duration.ofDays(7), false));
    Map<String, String> other = new HashMap<>(PRODUCTION);
    other.put("LPAI_WEBHOOKS_AT_ONCE", "20");
    other.put("LPAI_WEBHOOK_MEBIBYTES_AT_ONCE", "3");
    other.put("LPAI_WEBHOOK_STALE_AFTER", "P2D");
    other.put("LPAI_ASK_AGAIN_ON_WRONG_SIGNATURE", "true");

    assertThat(read(other).intake())
        .isEqualTo(new ServerSettings.Intake(20, 3L << 20, Duration.ofDays(2), true));
    // Trap 23: GoHighLevel repeats an event for more than an hour.
    assertThatThrownBy(() -> read(with("LPAI_WEBHOOK_STALE_AFTER", "PT1H")))
        .hasMessageContaining("LPAI_WEBHOOK_STALE_AFTER");
  }

  @Test
  void howOftenLocationsAreReconciledCanBeSet() {
    assertThat(read(PRODUCTION).reconciling())
        .isEqualTo(
            new ServerSettings.Reconciling(
                Duration.ofMinutes(15),
                Duration.ofHours(4),
                Duration.ofMinutes(10),
                Duration.ofDays(7)));
    Map<String, String> other = new HashMap<>(PRODUCTION);
    other.put("LPAI_RECONCILE_ACTIVE", "PT5M");
    other.put("LPAI_RECONCILE_QUIET", "PT6H");
    other.put("LPAI_RECONCILE_OVERLAP", "PT20M");
    other.put("LPAI_RECONCILE_PROOF", "P1D");

    assertThat(read(other).reconciling())
        .isEqualTo(
            new ServerSettings.Reconciling(
                Duration.ofMinutes(5),
                Duration.ofHours(6),
                Duration.ofMinutes(20),
                Duration.ofDays(1)));
    assertThatThrownBy(() -> read(with("LPAI_RECONCILE_ACTIVE", "PT5H")))
        .hasMessageContaining("LPAI_RECONCILE_QUIET must not be shorter");
    assertThatThrownBy(() -> read(with("LPAI_RECONCILE_OVERLAP", "PT1S")))
        .hasMessageContaining("LPAI_RECONCILE_OVERLAP must be a duration from PT2M");
  }

  @Test
  void aForeignClockIsRefusedInProduction() {
    assertThatThrownBy(() -> read(with("LPAI_CLOCK_URL", "http://127.0.0.1:9090/sandbox/clock")))
        .hasMessageContaining("LPAI_CLOCK_URL is for evaluation mode only");
  }

  @Test
  void wrongValuesAreToldWithWhatIsAllowed() {
    assertThatThrownBy(() -> read(with("LPAI_PAGE_SIZE", "0"))).hasMessageContaining("1 to 500");
    assertThatThrownBy(() -> read(with("LPAI_LOOKUP_DELAY", "35"))).hasMessageContaining("PT30S");
    assertThatThrownBy(() -> read(with("GHL_BASE_URL", "ftp://x"))).hasMessageContaining("http");
    assertThatThrownBy(() -> read(with("LPAI_EVALUATION", "yes"))).hasMessageContaining("true or");
    assertThatThrownBy(() -> read(with("LPAI_JWT_ISSUER", "https://id.test")))
        .hasMessageContaining("LPAI_JWT_JWKS_URI");
    assertThatThrownBy(() -> read(with("GHL_WEBHOOK_PUBLIC_KEYS", "/nowhere.pem")))
        .hasMessageContaining("/nowhere.pem");
  }

  @Test
  void aLocationStartsWithWhatComesAlongOrWithAFileOfTheDeployment(@TempDir Path folder)
      throws IOException {
    Path own = folder.resolve("defaults.json");
    Files.writeString(
        own,
        """
        {"terms": {"title": "T", "body": "B", "version": "2"},
         "libraries": [{"category": "Tiles", "items": [{"name": "A", "unit": "m2", "price": 9.5}]}]}
        """);

    assertThat(read(PRODUCTION).copying().defaults().templates()).hasSize(3);
    assertThat(read(with("LPAI_DEFAULTS_FILE", own.toString())).copying().defaults())
        .isEqualTo(
            new Defaults(
                List.of(new Terms("T", "B", "2")),
                List.of(),
                List.of(
                    new Library(
                        "Tiles", List.of(new Library.Item("A", "m2", new BigDecimal("9.5")))))));
  }

  @Test
  void timesThatCannotWorkAreRefusedWithTheirBounds() {
    assertThatThrownBy(() -> read(with("LPAI_APPOINTMENTS_PAST", "P36500D")))
        .hasMessageContaining("LPAI_APPOINTMENTS_PAST must be a duration from P1D to P7300D")
        .hasMessageContaining("\"P36500D\"");
    assertThatThrownBy(() -> read(with("LPAI_APPOINTMENTS_AHEAD", "PT1H")))
        .hasMessageContaining("LPAI_APPOINTMENTS_AHEAD must be a duration from P1D to P7300D");
    assertThatThrownBy(() -> read(with("LPAI_DIRECTORY_REFRESH", "PT5M")))
        .hasMessageContaining("LPAI_DIRECTORY_REFRESH must be a duration from PT15M to P30D");
    assertThatThrownBy(() -> read(with("LPAI_DIRECTORY_REFRESH", "often")))
        .hasMessageContaining("\"often\"");

    assertThat(read(with("LPAI_APPOINTMENTS_PAST", "P7300D")).copying().appointmentsPast())
        .isEqualTo(Duration.ofDays(7300));
    assertThat(read(with("LPAI_DIRECTORY_REFRESH", "PT15M")).copying().refreshEvery())
        .isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void everyFaultInTheFileOfDefaultsIsNamedWithItsPlace(@TempDir Path folder) throws IOException {
    Path own = folder.resolve("defaults.json");
    Files.writeString(
        own,
        """
        {"term": {},
         "terms": {"title": 1, "body": " "},
         "templates": [
           {"kind": "sms", "name": "Hello", "body": "Hi"},
           {"kind": "SMS", "name": "Hello", "body": "Hello"},
           {"kind": "email", "name": "Hello", "body": "Hello", "subject": ["Hello"]},
           {"kind": "fax", "name": "Other", "body": "Hello", "subjekt": "Hello"},
           "Hi"],
         "libraries": [
           {"category": "Tiles", "items": [
             {"name": "A", "unit": "m2", "price": 1e40},
             {"name": "B", "unit": "m2", "price": "9.50"},
             {"name": "C", "unit": "m2", "price": 0.0000001}]},
           {"category": "Tiles", "items": {}}]}
        """);

    assertThatThrownBy(() -> read(with("LPAI_DEFAULTS_FILE", own.toString())))
        .hasMessageContaining("LPAI_DEFAULTS_FILE names the file " + own)
        .hasMessageContaining("term is unknown here; there are terms, templates, libraries")
        .hasMessageContaining("terms.title is no text")
        .hasMessageContaining("terms.body is empty")
        .hasMessageContaining("terms.version is missing")
        .hasMessageContaining("templates[1].name is that of another template of the same kind")
        .hasMessageContaining("templates[2].subject is no text")
        .hasMessageNotContaining("templates[2].name")
        .hasMessageContaining("templates[3].kind must be sms or email; it is \"fax\"")
        .hasMessageContaining("templates[3].subjekt is unknown here")
        .hasMessageContaining("templates[4] is no object")
        .hasMessageContaining("libraries[0].items[0].price cannot be kept: a price has at most 15")
        .hasMessageContaining("libraries[0].items[1].price is no number")
        .hasMessageContaining("libraries[0].items[2].price cannot be kept")
        .hasMessageContaining("libraries[1].category is that of another library")
        .hasMessageContaining("libraries[1].items is no list");
  }

  @Test
  void aFileOfDefaultsThatIsNoJsonStopsTheStart(@TempDir Path folder) throws IOException {
    Path own = folder.resolve("defaults.json");
    assertRefused(own, "{", "it is no JSON");
    assertRefused(own, "{\"terms\": {}, \"terms\": {}}", "it is no JSON");
    assertRefused(own, "[]", "the file is no object");
    assertRefused(own, " ", "which is empty");
  }

  private static void assertRefused(Path file, String content, String why) throws IOException {
    Files.writeString(file, content);

    assertThatThrownBy(() -> read(with("LPAI_DEFAULTS_FILE", file.toString())))
        .hasMessageContaining("LPAI_DEFAULTS_FILE names the file " + file)
        .hasMessageContaining(why);
  }

  @Test
  void anEmptyFileOfKeysDoesNotMeanGoHighLevelsOwn(@TempDir Path folder) throws IOException {
    Path keys = Files.createFile(folder.resolve("keys.pem"));

    assertThatThrownBy(() -> read(with("GHL_WEBHOOK_PUBLIC_KEYS", keys.toString())))
        .hasMessageContaining("GHL_WEBHOOK_PUBLIC_KEYS names the file " + keys)
        .hasMessageContaining("which is empty");
  }

  @Test
  void theKeyVaultMayBeElsewhere() {
    assertThat(read(PRODUCTION).keyVault()).isEmpty();
    assertThat(read(with("LPAI_KEY_VAULT", "vault.keys")).keyVault()).isEqualTo("vault.keys");
    assertThatThrownBy(() -> read(with("LPAI_KEY_VAULT", "vault")))
        .hasMessageContaining("LPAI_KEY_VAULT must be database.collection");
  }

  @Test
  void secretsAreNotInTheText() {
    assertThat(read(PRODUCTION).crm().toString()).doesNotContain("s3cr3t");
    assertThat(read(PRODUCTION).toString()).doesNotContain("random text").doesNotContain("mongodb");
  }

  @Test
  void documentationNamesEverySettingThatIsRead() throws IOException {
    TreeSet<String> asked = new TreeSet<>();
    for (Map<String, String> values : MasterKeyReaderTest.everyKind(PRODUCTION)) {
      ServerSettings.read(
          name -> {
            asked.add(name);
            return Optional.ofNullable(values.get(name));
          });
    }
    asked.remove("LPAI_PARENT_PID"); // The launcher's own word to its children.
    // The next key's settings are the present one's with another beginning.
    asked.removeIf(name -> name.matches("LPAI_MASTER_KEY_NEXT_(?!PROVIDER|FILE).*"));

    String documentation = Files.readString(Path.of("..", "docs", "configuration.md"));
    TreeSet<String> named = new TreeSet<>();
    Matcher names = Pattern.compile("`([A-Z][A-Z_]+)[`=]").matcher(documentation);
    while (names.find()) {
      named.add(names.group(1));
    }
    assertThat(named).containsAll(asked);
  }
}
