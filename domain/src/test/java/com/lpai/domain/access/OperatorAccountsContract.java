package com.lpai.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link OperatorAccounts} promises. Each test has names of its own. */
public interface OperatorAccountsContract {
  /** The subject; other tests' accounts may be in it. */
  OperatorAccounts accounts();

  @Test
  default void anUnknownNameHasNoAccount() {
    assertThat(accounts().find(anyName())).isEmpty();
    assertThat(accounts().changePassword(new OperatorAccount(anyName(), "hash"))).isFalse();
  }

  @Test
  default void anAccountComesBackAsItWas() {
    OperatorAccount account = new OperatorAccount(anyName() + " ä.$/", "pbkdf2$1$salt$hash");

    assertThat(accounts().create(account)).isTrue();

    assertThat(accounts().find(account.name())).contains(account);
    assertThat(accounts().any()).isTrue();
  }

  @Test
  default void aTakenNameIsRefusedAndNothingChanges() {
    OperatorAccount account = new OperatorAccount(anyName(), "first");
    accounts().create(account);

    assertThat(accounts().create(new OperatorAccount(account.name(), "second"))).isFalse();
    assertThat(accounts().find(account.name())).contains(account);
  }

  @Test
  default void aPasswordIsChanged() {
    OperatorAccount account = new OperatorAccount(anyName(), "first");
    OperatorAccount changed = new OperatorAccount(account.name(), "second");
    accounts().create(account);

    assertThat(accounts().changePassword(changed)).isTrue();
    assertThat(accounts().changePassword(changed)).isTrue();
    assertThat(accounts().find(account.name())).contains(changed);
  }

  @Test
  default void ofSixteenExactlyOneMakesTheAccount() {
    String name = anyName();

    List<Boolean> answers =
        ManyThreads.atOnce(
            16, number -> accounts().create(new OperatorAccount(name, "hash " + number)));

    assertThat(answers.stream().filter(answer -> answer)).hasSize(1);
  }

  private static String anyName() {
    return "operator-" + UUID.randomUUID();
  }
}
