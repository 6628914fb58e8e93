package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.lpai.adapter.mongo.encryption.VaultFixture;
import com.lpai.domain.encryption.MasterKeyRotation;
import com.lpai.domain.encryption.MasterKeyRotationContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoMasterKeyRotationTest implements MasterKeyRotationContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private final String database = VaultFixture.anyVault();
  private final List<VaultFixture> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(VaultFixture::close);
  }

  @Override
  public Instance knowing(String present, String... next) {
    MasterKeys keys = MasterKeys.only(TestDatabase.masterKey(present.hashCode()));
    for (String other : next) {
      keys = keys.withNext(TestDatabase.masterKey(other.hashCode()));
    }
    VaultFixture vault = VaultFixture.ready(DATABASE.settings().uri(), database, keys);
    opened.add(vault);
    return new Instance() {
      @Override
      public MasterKeyRotation rotation() {
        return vault.rotation();
      }

      @Override
      public void makeDataKey(String owner) {
        vault.encrypted(owner, "secret");
      }

      @Override
      public void useDataKey(String owner) {
        vault.encrypted(owner, "another");
      }
    };
  }
}
