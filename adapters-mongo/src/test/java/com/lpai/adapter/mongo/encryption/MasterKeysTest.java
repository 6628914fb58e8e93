package com.lpai.adapter.mongo.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.MasterKey.Credentials;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** How each kind of master key is told to the driver, in the driver's words. */
class MasterKeysTest {
  private static final SSLContext TLS = standardTls();
  private static final String GCP_KEY =
      "projects/acme/locations/europe-west3/keyRings/lpai/cryptoKeys/tokens";

  private static SSLContext standardTls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MasterKey aws(String key, Credentials credentials) {
    return new MasterKey.Aws(key, "eu-west-1", "", credentials, TLS);
  }

  @Test
  void aLocalKeyIsNamedByItsFingerprintAndKeepsItsFormerName() {
    MasterKey key = TestDatabase.masterKey(1);
    MasterKey next = TestDatabase.masterKey(2);

    Map<String, Map<String, Object>> providers = MasterKeys.only(key).withNext(next).providers();

    assertThat(key.fingerprint()).matches("[0-9a-f]{12}").isNotEqualTo(next.fingerprint());
    assertThat(providers)
        .containsOnlyKeys("local:" + key.fingerprint(), "local:" + next.fingerprint(), "local");
    assertThat(providers.get("local").get("key")).isEqualTo(key.access().get("key"));
    assertThat(MasterKeys.document(key)).isEqualTo(new BsonDocument());
  }

  @Test
  void awsIsToldTheKeyItsRegionAndWhoWeAre() {
    MasterKey key =
        new MasterKey.Aws(
            "arn:key", "eu-west-1", "vpce:443", Credentials.aws("AKIA1", "secret", "session"), TLS);

    assertThat(MasterKeys.document(key))
        .isEqualTo(
            BsonDocument.parse("{key: 'arn:key', region: 'eu-west-1', endpoint: 'vpce:443'}"));
    assertThat(MasterKeys.only(key).providers())
        .isEqualTo(
            Map.of(
                "aws",
                Map.of(
                    "accessKeyId", "AKIA1",
                    "secretAccessKey", "secret",
                    "sessionToken", "session")));
    assertThat(MasterKeys.only(key).tls()).containsOnlyKeys("aws");
  }

  @Test
  void theDriverAsksTheMachineWhereNoCredentialsAreGiven() {
    assertThat(MasterKeys.only(aws("arn:key", Credentials.ofTheMachine())).providers())
        .isEqualTo(Map.of("aws", Map.of()));
  }

  @Test
  void azureIsToldVaultKeyAndApplication() {
    MasterKey key =
        new MasterKey.Azure(
            "lpai.vault.azure.net", "tokens", "", Credentials.azure("t", "c", "s", ""), TLS);

    assertThat(MasterKeys.document(key))
        .isEqualTo(
            BsonDocument.parse("{keyVaultEndpoint: 'lpai.vault.azure.net', keyName: 'tokens'}"));
    assertThat(key.access())
        .isEqualTo(Map.of("tenantId", "t", "clientId", "c", "clientSecret", "s"));
    assertThat(key.label()).isEqualTo("lpai.vault.azure.net/tokens");
  }

  @Test
  void googleIsToldThePartsOfTheResourceName() {
    MasterKey key =
        new MasterKey.Gcp(
            GCP_KEY + "/cryptoKeyVersions/2",
            "kms.internal:443",
            Credentials.gcp("lpai@acme", "cGtjczg=", ""),
            TLS);

    assertThat(MasterKeys.document(key))
        .isEqualTo(
            BsonDocument.parse(
                "{projectId: 'acme', location: 'europe-west3', keyRing: 'lpai', keyName: 'tokens',"
                    + " keyVersion: '2', endpoint: 'kms.internal:443'}"));
    assertThat(key.access()).isEqualTo(Map.of("email", "lpai@acme", "privateKey", "cGtjczg="));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MasterKey.Gcp("tokens", "", Credentials.ofTheMachine(), TLS))
        .withMessageContaining("resource name");
  }

  @Test
  void kmipIsToldServerAndSecret() {
    MasterKey key = new MasterKey.Kmip("kmip.internal:5696", "42", TLS);

    assertThat(MasterKeys.document(key))
        .isEqualTo(BsonDocument.parse("{keyId: '42', endpoint: 'kmip.internal:5696'}"));
    assertThat(key.access()).isEqualTo(Map.of("endpoint", "kmip.internal:5696"));
  }

  @Test
  void aDataKeyIsRecognisedByWhatIsStoredWithIt() {
    MasterKey local = TestDatabase.masterKey(1);
    MasterKey cloud = aws("arn:one", Credentials.ofTheMachine());
    MasterKeys keys = MasterKeys.only(local).withNext(cloud);

    assertThat(keys.wrapping(wrappedBy("{provider: 'local'}"))).contains(local);
    assertThat(keys.wrapping(wrappedBy("{provider: 'local:" + local.fingerprint() + "'}")))
        .contains(local);
    assertThat(keys.wrapping(wrappedBy("{provider: 'local:0123456789ab'}"))).isEmpty();
    assertThat(keys.wrapping(wrappedBy("{provider: 'aws', key: 'arn:one', region: 'x'}")))
        .contains(cloud);
    assertThat(keys.wrapping(wrappedBy("{provider: 'aws', key: 'arn:two', region: 'x'}")))
        .isEmpty();
  }

  @Test
  void aKeyOfOneVersionIsAnotherThanTheSameKeyWithout() {
    MasterKey newest = new MasterKey.Azure("v", "k", "", Credentials.ofTheMachine(), TLS);
    MasterKey second = new MasterKey.Azure("v", "k", "2", Credentials.ofTheMachine(), TLS);
    MasterKeys keys = MasterKeys.only(newest).withNext(second);

    assertThat(keys.known()).hasSize(2);
    assertThat(keys.wrapping(wrappedBy("{provider: 'azure', keyVaultEndpoint: 'v', keyName: 'k'}")))
        .contains(newest);
    assertThat(
            keys.wrapping(
                wrappedBy(
                    "{provider: 'azure', keyVaultEndpoint: 'v', keyName: 'k', keyVersion: '2'}")))
        .contains(second);
  }

  @Test
  void thePresentKeyAgainIsNoNextOne() {
    MasterKeys keys = MasterKeys.only(TestDatabase.masterKey(1));

    assertThat(keys.withNext(TestDatabase.masterKey(1)).next()).isEmpty();
  }

  @Test
  void twoKeysOfOneServiceNeedOneIdentity() {
    MasterKeys keys = MasterKeys.only(aws("arn:one", Credentials.aws("AKIA1", "secret", "")));

    assertThat(keys.withNext(aws("arn:two", Credentials.aws("AKIA1", "secret", ""))).known())
        .hasSize(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> keys.withNext(aws("arn:two", Credentials.aws("AKIA2", "other", ""))))
        .withMessageContaining("one identity")
        .withMessageNotContaining("other");
  }

  @Test
  void nothingSecretIsShown() {
    MasterKey key = aws("arn:one", Credentials.aws("AKIA1", "hunter2", "hunter3"));

    assertThat(key + " " + MasterKeys.only(key)).contains("arn:one").doesNotContain("hunter");
  }

  private static Document wrappedBy(String masterKey) {
    return new Document("masterKey", Document.parse(masterKey));
  }
}
