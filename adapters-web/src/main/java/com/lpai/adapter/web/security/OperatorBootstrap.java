package com.lpai.adapter.web.security;

import com.lpai.domain.access.OperatorAccount;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.connection.Secret;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Makes the operator's account at the first start. Safe to repeat, and on several instances. */
public final class OperatorBootstrap {
  /** The name of the one account. */
  public static final String NAME = "operator";

  private static final int SHORTEST = 8;
  private static final int GENERATED_BYTES = 18;

  private final OperatorAccounts accounts;
  private final SecureRandom random = new SecureRandom();

  public OperatorBootstrap(OperatorAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * Makes the account when there is none, and gives it the configured password when it has another.
   *
   * @param configuredPassword empty when none is configured
   * @return the password that was made up, to be shown once; empty when none was
   * @throws IllegalArgumentException when the configured password is too short
   */
  public Optional<Secret> ensureOperator(String configuredPassword) {
    if (configuredPassword.isEmpty()) {
      return accounts.any() ? Optional.empty() : generate();
    }
    if (configuredPassword.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "The operator's password must have at least " + SHORTEST + " characters");
    }
    Optional<OperatorAccount> known = accounts.find(NAME);
    boolean same =
        known.filter(a -> PasswordHash.fits(configuredPassword, a.passwordHash())).isPresent();
    if (!same) {
      OperatorAccount account =
          new OperatorAccount(NAME, PasswordHash.of(configuredPassword, random));
      if (!accounts.create(account)) {
        accounts.changePassword(account);
      }
    }
    return Optional.empty();
  }

  private Optional<Secret> generate() {
    byte[] bytes = new byte[GENERATED_BYTES];
    random.nextBytes(bytes);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    OperatorAccount account = new OperatorAccount(NAME, PasswordHash.of(password, random));
    return accounts.create(account) ? Optional.of(new Secret(password)) : Optional.empty();
  }
}
