package com.lpai.adapter.mongo.encryption;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.dev.wire.Match;
import com.lpai.dev.wire.Rule;
import com.lpai.dev.wire.WireProxy;
import com.lpai.domain.encryption.MasterKeyRotation.Beginning;
import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.sync.StorageUnavailableException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An instance is gone after each single command of a rotation; another one finishes it. */
class RotationCrashTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  private static final MasterKeys FORMER = MasterKeys.only(TestDatabase.masterKey(1));
  private static final MasterKeys BOTH = FORMER.withNext(TestDatabase.masterKey(2));
  private static final MasterKeys NEXT = MasterKeys.only(TestDatabase.masterKey(2));
  private static final int SECRETS = 5;

  @Test
  void goneAfterAnyCommandToTheKeyVault() {
    int steps = 1;
    while (isMendedAfter(VaultFixture.COLLECTION, steps)) {
      steps++;
    }

    assertThat(steps).as("begin has three, each page three").isGreaterThan(10);
  }

  @Test
  void goneAfterAnyCommandToWhatInstancesAgreeOn() {
    int steps = 1;
    while (isMendedAfter(Collections.MASTER_KEYS, steps)) {
      steps++;
    }

    assertThat(steps).as("begin has four, each page one").isGreaterThan(6);
  }

  /** False when the rotation has fewer commands than that. */
  private static boolean isMendedAfter(String collection, int step) {
    String database = VaultFixture.anyVault();
    String uri = DATABASE.settings().uri();
    Map<String, Binary> secrets = new HashMap<>();
    try (VaultFixture vault = VaultFixture.ready(uri, database, FORMER)) {
      for (int number = 0; number < SECRETS; number++) {
        secrets.put("owner-" + number, vault.encrypted("owner-" + number, "token-" + number));
      }
    }
    boolean happened = dies(uri, database, collection, step);

    try (VaultFixture survivor = VaultFixture.ready(uri, database, BOTH)) {
      assertThat(survivor.rotation().begin(START)).isEqualTo(new Beginning.Begun());
      while (survivor.rotation().rewrapPage(2) > 0) {
        assertThat(survivor.rotation().state(START).unreadable()).isZero();
      }
      assertThat(survivor.rotation().state(START).phase()).isEqualTo(Phase.DONE);
    }
    try (VaultFixture after = VaultFixture.ready(uri, database, NEXT)) {
      secrets.forEach(
          (owner, secret) ->
              assertThat(after.decrypted(owner, secret))
                  .isEqualTo(owner.replace("owner", "token")));
      assertThat(after.dataKeys().countDocuments()).isEqualTo(SECRETS);
    }
    return happened;
  }

  /** Rotates until the database is gone after so many commands to the collection. */
  private static boolean dies(String uri, String database, String collection, int step) {
    URI server = URI.create(uri);
    try (WireProxy proxy =
            WireProxy.mongo(new InetSocketAddress(server.getHost(), server.getPort()));
        VaultFixture victim =
            VaultFixture.open(
                proxy.uri() + "/?serverSelectionTimeoutMS=150",
                database,
                BOTH,
                Duration.ofHours(1),
                Duration.ofSeconds(5))) {
      Rule death =
          proxy.when(Match.any().collection(collection).nth(step)).afterReply().run(proxy::goAway);
      try {
        victim.rotation().begin(START);
        while (victim.rotation().rewrapPage(2) > 0) {
          assertThat(proxy.seen()).isNotEmpty();
        }
      } catch (StorageUnavailableException gone) {
        await().until(() -> death.times() == 1);
      }
      return death.times() > 0;
    }
  }
}
