package com.lpai.adapter.mongo.encryption;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.sync.StorageUnavailableException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A master key that a key service keeps: AWS's calls over TLS, and every way they go wrong. */
class KeyServiceTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static FakeAwsKms kms;

  private final String database = VaultFixture.anyVault();
  private final List<VaultFixture> opened = new ArrayList<>();

  @BeforeAll
  static void start() {
    kms = FakeAwsKms.start();
  }

  @AfterAll
  static void stop() {
    kms.close();
  }

  @AfterEach
  void close() {
    kms.recover();
    opened.forEach(VaultFixture::close);
  }

  private VaultFixture ready(MasterKeys keys) {
    VaultFixture vault = VaultFixture.ready(DATABASE.settings().uri(), database, keys);
    opened.add(vault);
    return vault;
  }

  private VaultFixture open(MasterKeys keys, Duration keptOpen) {
    VaultFixture vault =
        VaultFixture.open(
            DATABASE.settings().uri(), database, keys, keptOpen, Duration.ofSeconds(2));
    opened.add(vault);
    return vault;
  }

  @Test
  void whatOneInstanceEncryptsAnotherReads() {
    String arn = kms.newKey();
    MasterKeys keys = MasterKeys.only(kms.masterKey(arn));

    Binary secret = ready(keys).encrypted("x", "token");

    assertThat(ready(keys).decrypted("x", secret)).isEqualTo("token");
    assertThat(kms.calls())
        .filteredOn(call -> call.keyId().equals(arn))
        .extracting(FakeAwsKms.Call::operation)
        .containsExactly("Encrypt", "Decrypt", "Decrypt");
    assertThat(kms.calls().getLast().authorization())
        .startsWith("AWS4-HMAC-SHA256 Credential=AKIAFAKE/")
        .contains("/" + FakeAwsKms.REGION + "/kms/");
  }

  @Test
  void dataKeysThatAreOpenWorkOnWhileTheServiceIsAway() {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    VaultFixture vault = ready(keys);
    Binary secret = vault.encrypted("x", "token");

    kms.down();

    assertThat(vault.decrypted("x", secret)).isEqualTo("token");
    assertThat(vault.decrypted("x", vault.encrypted("x", "next"))).isEqualTo("next");
  }

  @Test
  void dataKeysAreAskedForAgainWhenTheirTimeIsOver() {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    ready(keys);
    VaultFixture vault = open(keys, Duration.ofMillis(200));
    Binary secret = vault.encrypted("x", "token");

    kms.down();

    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThatServiceIsAway(() -> vault.decrypted("x", secret)));
    kms.recover();
    assertThat(vault.decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void aServiceThatIsAwayCondemnsNothing() {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    Binary secret = ready(keys).encrypted("x", "token");
    VaultFixture cold = open(keys, Duration.ofHours(1));
    kms.down();

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> cold.decrypted("x", secret))
        .withMessageContaining("handshake");
    assertThatServiceIsAway(() -> cold.decrypted("x", secret));
    assertThatServiceIsAway(() -> cold.encrypted("x", "other"));
    assertThatServiceIsAway(() -> cold.encrypted("new", "other"));

    kms.recover();
    assertThat(cold.decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void aServiceThatNeverAnswersIsGivenUpInTime() {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    Binary secret = ready(keys).encrypted("x", "token");
    VaultFixture cold = open(keys, Duration.ofHours(1));
    kms.fallSilent();
    long begun = System.nanoTime();

    assertThatServiceIsAway(() -> cold.decrypted("x", secret));

    assertThat(Duration.ofNanos(System.nanoTime() - begun))
        .as("two seconds to answer, as long again to close the connection")
        .isLessThan(Duration.ofSeconds(8));
  }

  @ParameterizedTest
  @CsvSource({
    "500,KMSInternalException",
    "503,ServiceUnavailable",
    "429,TooManyRequestsException",
    "400,ThrottlingException",
    "400,DependencyTimeoutException",
  })
  void whatPassesInTheServiceIsWaitedOut(int status, String type) {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    Binary secret = ready(keys).encrypted("x", "token");
    VaultFixture cold = open(keys, Duration.ofHours(1));
    kms.refuse(status, type);

    assertThatServiceIsAway(() -> cold.decrypted("x", secret));
  }

  @ParameterizedTest
  @CsvSource({
    "400,AccessDeniedException",
    "400,DisabledException",
    "400,NotFoundException",
    "400,UnrecognizedClientException",
    "403,Forbidden",
  })
  void aRefusalNamesTheMasterKeyAndCondemnsNothing(int status, String type) {
    MasterKeys keys = MasterKeys.only(kms.masterKey(kms.newKey()));
    Binary secret = ready(keys).encrypted("x", "token");
    VaultFixture cold = open(keys, Duration.ofHours(1));
    kms.refuse(status, type);

    assertThatExceptionOfType(MasterKeyUnusableException.class)
        .isThrownBy(() -> cold.decrypted("x", secret))
        .withMessageContaining("refuses the master key")
        .withMessageContaining("HTTP " + status + ", " + type)
        .withMessageNotContaining("user/x");

    kms.recover();
    assertThat(cold.decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void aServiceWithAForeignCertificateIsNotTrusted() throws NoSuchAlgorithmException {
    MasterKey.Aws real = (MasterKey.Aws) kms.masterKey(kms.newKey());
    MasterKey trusting =
        new MasterKey.Aws(
            real.key(),
            real.region(),
            real.endpoint(),
            real.credentials(),
            SSLContext.getDefault());
    ready(MasterKeys.only(trusting));
    VaultFixture vault = open(MasterKeys.only(trusting), Duration.ofHours(1));

    assertThatServiceIsAway(() -> vault.encrypted("x", "token"));
  }

  @Test
  void anAlteredCiphertextIsLostUnderAServiceToo() {
    VaultFixture vault = ready(MasterKeys.only(kms.masterKey(kms.newKey())));
    Binary secret = vault.encrypted("x", "token");
    byte[] altered = secret.getData().clone();
    altered[altered.length - 1] ^= 1;

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> vault.decrypted("x", new Binary(secret.getType(), altered)))
        .withMessageContaining("altered");
  }

  @Test
  void theMasterKeyMovesFromAFileToTheServiceAndOnToAnotherKey() {
    MasterKey file = TestDatabase.masterKey(1);
    MasterKey first = kms.masterKey(kms.newKey());
    MasterKey second = kms.masterKey(kms.newKey());
    Binary secret = ready(MasterKeys.only(file)).encrypted("x", "token");

    rotate(MasterKeys.only(file).withNext(first));
    assertThat(ready(MasterKeys.only(first)).decrypted("x", secret)).isEqualTo("token");

    rotate(MasterKeys.only(first).withNext(second));
    assertThat(ready(MasterKeys.only(second)).decrypted("x", secret)).isEqualTo("token");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ready(MasterKeys.only(first)))
        .withMessageContaining(second.label());
  }

  private void rotate(MasterKeys keys) {
    Encryption rotation = ready(keys).rotation();
    assertThat(rotation.begin(START)).isEqualTo(new Beginning.Begun());
    while (rotation.rewrapPage(10) > 0) {
      assertThat(rotation.state(START).unreadable()).isZero();
    }
    assertThat(rotation.state(START).phase()).isEqualTo(Phase.DONE);
  }

  @Test
  void aServiceThatRefusesTheNextKeyHoldsTheRotationBack() {
    MasterKey file = TestDatabase.masterKey(1);
    VaultFixture vault = ready(MasterKeys.only(file).withNext(kms.masterKey(kms.newKey())));
    vault.encrypted("x", "token");
    kms.refuse(400, "AccessDeniedException");

    assertThat(vault.rotation().begin(START))
        .isInstanceOfSatisfying(
            Beginning.Unusable.class,
            unusable -> assertThat(unusable.why()).contains("AccessDeniedException"));

    assertThat(vault.rotation().state(START).phase()).isEqualTo(Phase.PREPARED);
    assertThat(vault.dataKeys().countDocuments()).isEqualTo(1);
  }

  @Test
  void aServiceThatGoesAwayInTheMiddleOfARotationDelaysIt() {
    MasterKeys keys =
        MasterKeys.only(TestDatabase.masterKey(1)).withNext(kms.masterKey(kms.newKey()));
    VaultFixture vault = ready(keys);
    Binary secret = vault.encrypted("x", "token");
    vault.encrypted("y", "token");
    vault.rotation().begin(START);
    vault.rotation().rewrapPage(1);
    kms.down();

    assertThatServiceIsAway(() -> vault.rotation().rewrapPage(1));
    assertThat(vault.decrypted("x", secret)).isEqualTo("token");

    kms.recover();
    assertThat(vault.rotation().rewrapPage(1)).isEqualTo(1);
    assertThat(vault.rotation().state(START).phase()).isEqualTo(Phase.DONE);
  }

  private static void assertThatServiceIsAway(ThrowingCallable call) {
    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(call)
        .isNotInstanceOf(MasterKeyUnusableException.class)
        .withMessageContaining("key service")
        .withMessageContaining("LPAI_MASTER_KEY");
  }
}
