package com.lpai.adapter.web.security;

import com.lpai.domain.access.OperatorAccount;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.connection.Secret;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Signs an operator in with name and password. */
public final class OperatorSignIn {
  /** Hashing is slow on purpose; more at once would starve everything else of the processors. */
  private static final int MOST_AT_ONCE = 4;

  /** How an attempt ended. */
  sealed interface Outcome {
    /** The session's token. */
    record SignedIn(Secret session) implements Outcome {}

    /** Name or password is wrong; which of them is not told. */
    record Refused() implements Outcome {}

    /** Too many failures, or too many at once. */
    record Wait(Duration time) implements Outcome {}
  }

  private final OperatorAccounts accounts;
  private final TokenIssuer tokens;
  private final SignInGuard guard;
  private final Duration sessionLife;
  private final Semaphore hashing = new Semaphore(MOST_AT_ONCE);

  public OperatorSignIn(
      OperatorAccounts accounts, TokenIssuer tokens, Duration sessionLife, InstantSource time) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.guard = new SignInGuard(time);
    this.sessionLife = sessionLife;
  }

  Outcome signIn(String name, String password, String address) {
    Duration wait = guard.admit(name, address);
    if (wait.isPositive()) {
      return new Outcome.Wait(wait);
    }
    if (!hashing.tryAcquire()) {
      return new Outcome.Wait(Duration.ofSeconds(1));
    }
    try {
      Optional<OperatorAccount> account = accounts.find(name);
      boolean right =
          account
              .map(known -> PasswordHash.fits(password, known.passwordHash()))
              .orElseGet(() -> PasswordHash.fitsNobody(password));
      if (!right) {
        return new Outcome.Refused();
      }
    } finally {
      hashing.release();
    }
    guard.succeeded(name, address);
    return new Outcome.SignedIn(tokens.session(name, sessionLife));
  }
}
