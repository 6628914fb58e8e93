package com.lpai.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.connection.Secret;
import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link SecretStore} promises. Each test has names of its own. */
public interface SecretStoreContract {
  /** The subject; other tests' secrets may be in it. */
  SecretStore secrets();

  @Test
  default void anUnknownNameHasNoSecret() {
    assertThat(secrets().find(anyName())).isEmpty();
  }

  @Test
  default void aSecretComesBackAsItWas() {
    String name = anyName();
    Secret secret = new Secret("ä😀\"$." + "x".repeat(4000));

    assertThat(secrets().createIfAbsent(name, secret)).isEqualTo(secret);
    assertThat(secrets().find(name)).contains(secret);
  }

  @Test
  default void aStoredSecretIsNotReplaced() {
    String name = anyName();
    Secret first = new Secret("first");
    secrets().createIfAbsent(name, first);

    assertThat(secrets().createIfAbsent(name, new Secret("second"))).isEqualTo(first);
    assertThat(secrets().find(name)).contains(first);
  }

  @Test
  default void sixteenCallersAllGetTheSameSecret() {
    String name = anyName();

    List<Secret> answers =
        ManyThreads.atOnce(
            16, number -> secrets().createIfAbsent(name, new Secret("candidate " + number)));

    assertThat(answers).containsOnly(secrets().find(name).orElseThrow());
  }

  private static String anyName() {
    return "secret-" + UUID.randomUUID();
  }
}
