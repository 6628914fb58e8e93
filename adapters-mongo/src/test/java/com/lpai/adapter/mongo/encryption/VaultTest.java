package com.lpai.adapter.mongo.encryption;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is lost for good, what is only away, and what a person must correct. */
class VaultTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final MasterKey A = TestDatabase.masterKey(1);
  private static final MasterKey B = TestDatabase.masterKey(2);
  private static final MasterKey C = TestDatabase.masterKey(3);

  private final String database = VaultFixture.anyVault();
  private final List<VaultFixture> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(VaultFixture::close);
  }

  private VaultFixture ready(MasterKeys keys) {
    VaultFixture vault = open(keys);
    vault.rotation().requireMasterKeys();
    return vault;
  }

  private VaultFixture open(MasterKeys keys) {
    VaultFixture vault = VaultFixture.open(DATABASE.settings().uri(), database, keys);
    opened.add(vault);
    return vault;
  }

  private static MasterKeys a() {
    return MasterKeys.only(A);
  }

  private static MasterKeys aThenB() {
    return MasterKeys.only(A).withNext(B);
  }

  @Test
  void aSecretWhoseDataKeyIsGoneIsLostForGood() {
    Binary secret = ready(a()).encrypted("x", "token");
    VaultFixture reading = open(a());
    reading.vault().keyFor("x");
    reading.dataKeys().deleteMany(new Document());

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> reading.decrypted("x", secret))
        .withMessageContaining("deleted");
  }

  @Test
  void anAlteredSecretIsLostForGood() {
    VaultFixture vault = ready(a());
    Binary secret = vault.encrypted("x", "token");
    byte[] altered = secret.getData().clone();
    altered[altered.length - 1] ^= 1;

    assertThatExceptionOfType(UnreadableSecretException.class)
        .isThrownBy(() -> vault.decrypted("x", new Binary(secret.getType(), altered)))
        .withMessageContaining("altered");
  }

  @Test
  void aMasterKeyThatIsNotConfiguredCondemnsNothing() {
    Binary secret = ready(a()).encrypted("x", "token");
    VaultFixture stranger = open(MasterKeys.only(B));

    assertThatExceptionOfType(MasterKeyUnusableException.class)
        .isThrownBy(() -> stranger.decrypted("x", secret))
        .isInstanceOf(StorageUnavailableException.class)
        .withMessageContaining(A.fingerprint())
        .withMessageContaining("LPAI_MASTER_KEY");
    assertThatExceptionOfType(MasterKeyUnusableException.class)
        .isThrownBy(() -> stranger.encrypted("y", "token"))
        .withMessageContaining(A.fingerprint());
  }

  @Test
  void aWrongMasterKeyUnderTheRightNameCondemnsNothing() {
    VaultFixture right = ready(a());
    Binary secret = right.encrypted("x", "token");
    right.dataKeys().updateMany(new Document(), Updates.set("masterKey.provider", "local"));
    VaultFixture wrong = open(MasterKeys.only(B));

    assertThatExceptionOfType(MasterKeyUnusableException.class)
        .isThrownBy(() -> wrong.decrypted("x", secret))
        .withMessageContaining("a wrong one");
  }

  // ---- the check at the start

  @Test
  void aStartWithoutTheMasterKeyOfDataKeysSaysWhichAreMissing() {
    VaultFixture vault = ready(a());
    vault.encrypted("x", "token");
    vault.encrypted("y", "token");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ready(MasterKeys.only(B)))
        .withMessageContaining("local:" + A.fingerprint() + "=2")
        .withMessageContaining(B.fingerprint())
        .withMessageContaining("LPAI_MASTER_KEY_NEXT");
  }

  @Test
  void aStartWithTheFormerKeyOnlyIsRefusedAsSoonAsTheRotationHasBegun() {
    ready(aThenB()).rotation().begin(START);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ready(a()))
        .withMessageContaining(B.fingerprint())
        .withMessageContaining("LPAI_MASTER_KEY_NEXT");
  }

  @Test
  void aStartWithTheNextKeyOnlyIsRefusedUntilTheRotationIsDone() {
    VaultFixture vault = ready(aThenB());
    Binary secret = vault.encrypted("x", "token");
    vault.rotation().begin(START);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ready(MasterKeys.only(B)))
        .withMessageContaining("local:" + A.fingerprint() + "=1");
    vault.rotation().rewrapPage(10);

    assertThat(ready(MasterKeys.only(B)).decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void aThirdKeyIsNoNextOne() {
    VaultFixture vault = ready(aThenB());
    vault.encrypted("x", "token");
    VaultFixture other = open(MasterKeys.only(A).withNext(C));
    vault.rotation().begin(START);

    assertThat(other.rotation().begin(START))
        .isInstanceOfSatisfying(
            Beginning.Unusable.class, why -> assertThat(why.why()).contains(B.fingerprint()));
    assertThat(other.rotation().rewrapPage(10)).isZero();
    assertThat(other.rotation().state(START).current().fingerprint()).isEqualTo(B.fingerprint());
  }

  // ---- data keys without a named master key

  /** As a version wrote them that gave local master keys no names. */
  private Binary writtenBeforeKeysHadNames(String owner) {
    VaultFixture vault = ready(a());
    Binary secret = vault.encrypted(owner, "token");
    vault
        .dataKeys()
        .updateMany(Filters.eq("keyAltNames", owner), Updates.set("masterKey.provider", "local"));
    return secret;
  }

  @Test
  void dataKeysOfTheFirstDaysAreReadCountedAndRotated() {
    Binary secret = writtenBeforeKeysHadNames("x");
    VaultFixture vault = ready(aThenB());

    assertThat(vault.decrypted("x", secret)).isEqualTo("token");
    assertThat(vault.rotation().state(START).keys().getFirst().dataKeys()).isEqualTo(1);
    vault.rotation().begin(START);
    assertThat(vault.rotation().rewrapPage(10)).isEqualTo(1);

    assertThat(ready(MasterKeys.only(B)).decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void anotherKeyThanTheOneOfTheFirstDaysStopsTheStart() {
    writtenBeforeKeysHadNames("x");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ready(MasterKeys.only(B)))
        .withMessageContaining("The master key is not the one");
  }

  // ---- rotation

  @Test
  void secretsStayReadableOnEveryInstanceBeforeDuringAndAfterARotation() {
    VaultFixture one = ready(aThenB());
    VaultFixture two = ready(aThenB());
    Binary early = one.encrypted("x", "early");
    Binary other = two.encrypted("y", "other");
    one.rotation().begin(START);
    Binary late = two.encrypted("z", "late");
    one.rotation().rewrapPage(1);
    VaultFixture cold = ready(aThenB());

    for (VaultFixture vault : List.of(one, two, cold)) {
      assertThat(vault.decrypted("x", early)).isEqualTo("early");
      assertThat(vault.decrypted("y", other)).isEqualTo("other");
      assertThat(vault.decrypted("z", late)).isEqualTo("late");
    }
    two.rotation().rewrapPage(10);

    VaultFixture onlyNext = ready(MasterKeys.only(B));
    assertThat(onlyNext.decrypted("x", early)).isEqualTo("early");
    assertThat(onlyNext.decrypted("y", other)).isEqualTo("other");
    assertThat(onlyNext.decrypted("z", late)).isEqualTo("late");
    assertThat(onlyNext.rotation().state(START).phase()).isEqualTo(Phase.SINGLE);
  }

  /** An instance asks which key to use, stops for a while, and stores its data key at the end. */
  @Test
  void aDataKeyThatASlowInstanceMadeWithTheFormerKeyIsWrappedAnewToo() {
    VaultFixture vault = ready(aThenB());
    Binary secret = vault.encrypted("x", "token");
    Document late = vault.dataKeys().find().first();
    vault.rotation().begin(START);
    vault.rotation().rewrapPage(10);
    assertThat(vault.rotation().state(START).phase()).isEqualTo(Phase.DONE);

    vault.dataKeys().replaceOne(Filters.eq("_id", late.get("_id", UUID.class)), late);

    assertThat(vault.rotation().state(START).phase()).isEqualTo(Phase.UNDER_WAY);
    assertThat(vault.rotation().rewrapPage(10)).isEqualTo(1);
    assertThat(ready(MasterKeys.only(B)).decrypted("x", secret)).isEqualTo("token");
  }

  @Test
  void aTrialThatACrashLeftBehindDoesNotStandInTheWay() {
    VaultFixture vault = ready(a());
    vault.encrypted(Vault.TRIAL_OWNER + "left", "token");
    vault
        .dataKeys()
        .updateMany(new Document(), Updates.set("masterKey.provider", "local:" + B.fingerprint()));

    ready(a());

    assertThat(vault.dataKeys().countDocuments()).isZero();
  }

  @Test
  void theFormerKeyBesideTheNewOneIsTheWayBack() {
    VaultFixture there = ready(aThenB());
    Binary secret = there.encrypted("x", "token");
    there.rotation().begin(START);
    there.rotation().rewrapPage(10);

    VaultFixture back = ready(MasterKeys.only(B).withNext(A));

    assertThat(back.rotation().state(START).phase()).isEqualTo(Phase.PREPARED);
    assertThat(back.decrypted("x", secret)).isEqualTo("token");
  }
}
