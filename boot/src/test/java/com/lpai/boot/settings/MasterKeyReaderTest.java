package com.lpai.boot.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.adapter.mongo.encryption.MasterKey.Credentials;
import com.lpai.boot.settings.MasterKeySettings.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of every kind of master key, and what is said when some are missing or wrong. */
class MasterKeyReaderTest {
  private static final String ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234";
  private static final String OTHER_ARN = "arn:aws:kms:eu-central-1:111122223333:key/5678";
  private static final String GCP_KEY =
      "projects/acme/locations/europe-west3/keyRings/lpai/cryptoKeys/tokens";

  private static final Map<String, String> AWS =
      Map.of(
          "LPAI_MASTER_KEY_PROVIDER", "aws",
          "LPAI_MASTER_KEY_AWS_KEY", ARN,
          "LPAI_MASTER_KEY_AWS_ACCESS_KEY_ID", "AKIA1",
          "LPAI_MASTER_KEY_AWS_SECRET_ACCESS_KEY", "s3cr3t");

  private static final Map<String, String> AZURE =
      Map.of(
          "LPAI_MASTER_KEY_PROVIDER", "azure",
          "LPAI_MASTER_KEY_AZURE_VAULT", "lpai.vault.azure.net",
          "LPAI_MASTER_KEY_AZURE_KEY_NAME", "tokens",
          "LPAI_MASTER_KEY_AZURE_KEY_VERSION", "2",
          "LPAI_MASTER_KEY_AZURE_TENANT_ID", "tenant",
          "LPAI_MASTER_KEY_AZURE_CLIENT_ID", "client",
          "LPAI_MASTER_KEY_AZURE_CLIENT_SECRET", "s3cr3t");

  private static final Map<String, String> GCP =
      Map.of("LPAI_MASTER_KEY_PROVIDER", "gcp", "LPAI_MASTER_KEY_GCP_KEY", GCP_KEY);

  private static final Map<String, String> KMIP =
      Map.of(
          "LPAI_MASTER_KEY_PROVIDER", "kmip",
          "LPAI_MASTER_KEY_KMIP_ENDPOINT", "kmip.internal:5696",
          "LPAI_MASTER_KEY_KMIP_KEY_ID", "42");

  @TempDir Path directory;

  /** These settings with every kind of master key, as the present one and as the next one. */
  static List<Map<String, String>> everyKind(Map<String, String> settings) {
    List<Map<String, String>> kinds = new ArrayList<>(List.of(settings));
    for (Map<String, String> kind : List.of(AWS, AZURE, GCP, KMIP)) {
      Map<String, String> present = new HashMap<>(settings);
      present.remove("LPAI_MASTER_KEY_FILE");
      present.putAll(kind);
      kinds.add(present);
      Map<String, String> next = new HashMap<>(settings);
      next.putAll(asNext(kind));
      kinds.add(next);
    }
    return kinds;
  }

  private static Map<String, String> asNext(Map<String, String> kind) {
    Map<String, String> next = new HashMap<>();
    kind.forEach(
        (name, value) ->
            next.put(name.replace("LPAI_MASTER_KEY_", "LPAI_MASTER_KEY_NEXT_"), value));
    return next;
  }

  private static MasterKeySettings read(Map<String, String> values) {
    SettingsReader reader = new SettingsReader(name -> Optional.ofNullable(values.get(name)));
    MasterKeySettings settings = MasterKeyReader.read(reader);
    reader.throwIfAnyProblem();
    return settings;
  }

  private static Map<String, String> with(Map<String, String> values, String... more) {
    Map<String, String> changed = new HashMap<>(values);
    for (int i = 0; i < more.length; i += 2) {
      changed.put(more[i], more[i + 1]);
    }
    changed.values().removeIf(String::isEmpty);
    return changed;
  }

  private static MasterKey present(Map<String, String> values) {
    return keyOf(read(values).present());
  }

  private static MasterKey keyOf(Source source) {
    return ((Source.Service) source).key();
  }

  private Path keyFile(String name) throws IOException {
    byte[] key = new byte[96];
    key[0] = (byte) name.hashCode();
    return Files.writeString(directory.resolve(name), Base64.getEncoder().encodeToString(key));
  }

  // ---- files

  @Test
  void oneFileIsTheStandard() {
    MasterKeySettings settings = read(Map.of("LPAI_MASTER_KEY_FILE", "/etc/lpai/key"));

    assertThat(settings.present())
        .isEqualTo(new Source.File(Path.of("/etc/lpai/key"), "LPAI_MASTER_KEY_FILE"));
    assertThat(settings.next()).isEmpty();
    assertThat(settings.dataKeysOpened()).isEqualTo(Duration.ofHours(1));
    assertThatThrownBy(() -> read(Map.of()))
        .hasMessageContaining("LPAI_MASTER_KEY_FILE is not set");
  }

  @Test
  void aSecondFileIsTheNextKey() throws IOException {
    Path present = keyFile("present");
    Path next = keyFile("next");

    MasterKeySettings settings =
        read(
            Map.of(
                "LPAI_MASTER_KEY_FILE", present.toString(),
                "LPAI_MASTER_KEY_NEXT_FILE", next.toString(),
                "LPAI_DATA_KEY_CACHE", "PT10M"));

    assertThat(settings.next()).containsExactly(new Source.File(next, "LPAI_MASTER_KEY_NEXT_FILE"));
    assertThat(settings.open(false).toString()).contains("local").contains(",");
    assertThat(settings.dataKeysOpened()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void aKeyIsMadeOnceInEvaluationAndNeverInProduction() {
    Path file = directory.resolve("master-key");
    MasterKeySettings settings = read(Map.of("LPAI_MASTER_KEY_FILE", file.toString()));

    assertThatThrownBy(() -> settings.open(false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("LPAI_MASTER_KEY_FILE")
        .hasMessageContaining("cannot be read");
    String made = settings.open(true).toString();

    assertThat(settings.open(false)).hasToString(made);
  }

  @Test
  void theNextKeyIsNeverMade() throws IOException {
    Path absent = directory.resolve("absent");
    MasterKeySettings settings =
        read(
            Map.of(
                "LPAI_MASTER_KEY_FILE", keyFile("present").toString(),
                "LPAI_MASTER_KEY_NEXT_FILE", absent.toString()));

    assertThatThrownBy(() -> settings.open(true))
        .hasMessageContaining("LPAI_MASTER_KEY_NEXT_FILE names " + absent);
    assertThat(absent).doesNotExist();
  }

  @Test
  void aKeyOfAnotherLengthIsRefused() throws IOException {
    Path file = directory.resolve("short");
    Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));

    assertThatThrownBy(() -> read(Map.of("LPAI_MASTER_KEY_FILE", file.toString())).open(true))
        .hasMessageContaining("32 bytes");
  }

  @Test
  void aFileBesideAServiceIsAContradiction() {
    assertThatThrownBy(() -> read(with(AWS, "LPAI_MASTER_KEY_FILE", "/etc/lpai/key")))
        .hasMessageContaining("LPAI_MASTER_KEY_FILE and LPAI_MASTER_KEY_PROVIDER=aws contradict");
  }

  // ---- services

  @Test
  void anUnknownServiceIsRefused() {
    assertThatThrownBy(() -> read(Map.of("LPAI_MASTER_KEY_PROVIDER", "vault")))
        .hasMessageContaining("local, aws, azure, gcp or kmip; it is \"vault\"");
  }

  @Test
  void awsTakesItsRegionFromTheArn() {
    MasterKey.Aws key =
        (MasterKey.Aws)
            present(
                with(
                    AWS,
                    "LPAI_MASTER_KEY_AWS_ENDPOINT",
                    "vpce.internal:443",
                    "LPAI_MASTER_KEY_AWS_SESSION_TOKEN",
                    "session"));

    assertThat(key.key()).isEqualTo(ARN);
    assertThat(key.region()).isEqualTo("eu-west-1");
    assertThat(key.endpoint()).isEqualTo("vpce.internal:443");
    assertThat(key.credentials()).isEqualTo(Credentials.aws("AKIA1", "s3cr3t", "session"));
  }

  @Test
  void awsWithoutCredentialsUsesWhatTheMachineIsAllowed() {
    MasterKey.Aws key =
        (MasterKey.Aws)
            present(Map.of("LPAI_MASTER_KEY_PROVIDER", "aws", "LPAI_MASTER_KEY_AWS_KEY", ARN));

    assertThat(key.credentials()).isEqualTo(Credentials.ofTheMachine());
  }

  @Test
  void whatIsWrongWithAwsIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "LPAI_MASTER_KEY_PROVIDER", "aws",
                        "LPAI_MASTER_KEY_AWS_ACCESS_KEY_ID", "AKIA1",
                        "LPAI_MASTER_KEY_TLS_CA_FILE", "/nowhere.pem")))
        .hasMessageContaining("LPAI_MASTER_KEY_AWS_KEY is not set")
        .hasMessageContaining("LPAI_MASTER_KEY_AWS_SECRET_ACCESS_KEY belong together")
        .hasMessageContaining("/nowhere.pem");
    for (String wrong : List.of("1234", "arn:aws:kms:eu-west-1:111122223333:alias/tokens")) {
      assertThatThrownBy(() -> read(with(AWS, "LPAI_MASTER_KEY_AWS_KEY", wrong)))
          .hasMessageContaining("must be a key's ARN");
    }
  }

  @Test
  void azureNeedsVaultKeyAndAllOfTheApplicationOrNothing() {
    MasterKey.Azure key = (MasterKey.Azure) present(AZURE);

    assertThat(key.label()).isEqualTo("lpai.vault.azure.net/tokens/2");
    assertThat(key.credentials()).isEqualTo(Credentials.azure("tenant", "client", "s3cr3t", ""));
    assertThatThrownBy(
            () ->
                read(
                    Map.of(
                        "LPAI_MASTER_KEY_PROVIDER", "azure",
                        "LPAI_MASTER_KEY_AZURE_TENANT_ID", "tenant")))
        .hasMessageContaining("LPAI_MASTER_KEY_AZURE_VAULT is not set")
        .hasMessageContaining("LPAI_MASTER_KEY_AZURE_KEY_NAME is not set")
        .hasMessageContaining("LPAI_MASTER_KEY_AZURE_CLIENT_SECRET belong together");
  }

  @Test
  void googleNeedsAResourceNameAndReadsTheServiceAccountsKey() throws IOException {
    Path pem =
        Files.writeString(
            directory.resolve("gcp.pem"),
            "-----BEGIN PRIVATE KEY-----\nYWJj\nZGVm\n-----END PRIVATE KEY-----\n");

    MasterKey.Gcp key =
        (MasterKey.Gcp)
            present(
                with(
                    GCP,
                    "LPAI_MASTER_KEY_GCP_EMAIL",
                    "lpai@acme",
                    "LPAI_MASTER_KEY_GCP_PRIVATE_KEY_FILE",
                    pem.toString()));

    assertThat(key.credentials()).isEqualTo(Credentials.gcp("lpai@acme", "YWJjZGVm", ""));
    assertThat(present(GCP).access()).isEmpty();
    assertThatThrownBy(() -> read(with(GCP, "LPAI_MASTER_KEY_GCP_KEY", "tokens")))
        .hasMessageContaining("LPAI_MASTER_KEY_GCP_KEY must be a resource name");
    assertThatThrownBy(() -> read(with(GCP, "LPAI_MASTER_KEY_GCP_EMAIL", "lpai@acme")))
        .hasMessageContaining("LPAI_MASTER_KEY_GCP_PRIVATE_KEY_FILE belong together");
  }

  @Test
  void kmipNeedsServerAndSecret() {
    assertThat(present(KMIP).label()).isEqualTo("kmip.internal:5696/42");
    assertThatThrownBy(() -> read(Map.of("LPAI_MASTER_KEY_PROVIDER", "kmip")))
        .hasMessageContaining("LPAI_MASTER_KEY_KMIP_ENDPOINT is not set")
        .hasMessageContaining("LPAI_MASTER_KEY_KMIP_KEY_ID is not set");
  }

  // ---- two keys

  @Test
  void theNextKeyOfTheSameServiceIsUsedUnderTheSameIdentity() {
    MasterKeySettings settings =
        read(
            with(
                AWS,
                "LPAI_MASTER_KEY_NEXT_PROVIDER",
                "aws",
                "LPAI_MASTER_KEY_NEXT_AWS_KEY",
                OTHER_ARN));

    MasterKey.Aws next = (MasterKey.Aws) keyOf(settings.next().getFirst());
    assertThat(next.credentials()).isEqualTo(Credentials.aws("AKIA1", "s3cr3t", ""));
    assertThat(next.region()).isEqualTo("eu-central-1");
    assertThat(settings.open(false).toString()).contains(ARN).contains(OTHER_ARN);
  }

  @Test
  void theNextKeyOfAnotherServiceBringsItsOwn() throws IOException {
    MasterKeySettings settings =
        read(with(asNext(AWS), "LPAI_MASTER_KEY_FILE", keyFile("present").toString()));

    assertThat(settings.open(false).toString()).contains("local").contains(ARN);
  }

  @Test
  void theNextKeysProblemsAreNamedAsItsOwn() {
    assertThatThrownBy(() -> read(with(AWS, "LPAI_MASTER_KEY_NEXT_PROVIDER", "kmip")))
        .hasMessageContaining("LPAI_MASTER_KEY_NEXT_KMIP_ENDPOINT is not set");
  }
}
