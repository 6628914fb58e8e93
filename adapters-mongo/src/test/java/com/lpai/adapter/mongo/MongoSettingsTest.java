package com.lpai.adapter.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.adapter.mongo.encryption.MasterKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MongoSettingsTest {
  private static final MasterKey KEY = TestDatabase.masterKey(1);

  @Test
  void theUriNamesTheDatabaseAndElseItIsLpai() {
    assertThat(MongoSettings.of("mongodb://db.example/crm?tls=true", KEY).database())
        .isEqualTo("crm");
    assertThat(MongoSettings.of("mongodb://db.example", KEY).database()).isEqualTo("lpai");
  }

  @Test
  void theKeyVaultMayBeADatabaseOfItsOwn() {
    MongoSettings beside = MongoSettings.of("mongodb://db.example/crm", KEY);
    MongoSettings apart = beside.withKeyVault("vault.keys");

    assertThat(beside.keyVaultNamespace().getFullName()).isEqualTo("crm.key_vault");
    assertThat(apart.keyVaultNamespace().getFullName()).isEqualTo("vault.keys");
  }

  @Test
  void nothingSecretIsShown() {
    MongoSettings settings = MongoSettings.of("mongodb://user:hunter2@db.example/crm", KEY);

    assertThat(settings.toString()).doesNotContain("hunter2").contains("crm");
    assertThat(KEY.toString()).isEqualTo("MasterKey.Local[hidden]");
  }

  @Test
  void anotherTextThanAUriIsRefusedWithoutRepeatingIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MongoSettings.of("postgres://user:hunter2@db.example", KEY))
        .withMessageContaining("MONGODB_URI")
        .withMessageNotContaining("hunter2")
        .withNoCause();
  }

  @Test
  void aMasterKeyOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MasterKey.Local(new byte[32]))
        .withMessageContaining("96 bytes");
  }

  @Test
  void callsWithoutAnEndAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                MongoSettings.of("mongodb://db.example", KEY)
                    .withTimeouts(Duration.ofSeconds(1), Duration.ZERO));
  }
}
