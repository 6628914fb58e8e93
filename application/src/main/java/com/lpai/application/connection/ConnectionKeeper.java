package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Attempts;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.ConnectionStore;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.sync.StorageUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Keeps connections alive. Refresh tokens are single use, so a renewal is one flight per
 * connection: threads of this instance queue on a lock; instances compete for the write that says
 * "I am asking", which is lease and fence in one (the connection's version), and what the CRM
 * answers is stored by compare-and-set on it. Whoever loses waits for the winner's result. While a
 * renewal is under way nobody but its holder, an installation and an uninstallation writes the
 * connection (spec 3).
 */
final class ConnectionKeeper<O> implements AccessTokens<O> {
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** How long nobody else asks; the calls of one renewal take at most five seconds each. */
  private static final Duration HOLD = Duration.ofSeconds(10);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /** The CRM answers a used refresh token again for 30 seconds: the first repeats lie within. */
  private static final int SOON = 3;

  private static final Duration SOON_AFTER = Duration.ofSeconds(2);
  private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
  private static final Duration PROBE_EVERY = Duration.ofMinutes(15);

  /** When the CRM could not be asked, for example because the calls of this moment are used up. */
  private static final Duration PROBE_AGAIN = Duration.ofSeconds(30);

  private static final Duration TRY_CONDEMNED_EVERY = Duration.ofDays(1);
  private static final Duration POSTPONED_PROOF = Duration.ofHours(1);

  /** A token refused this shortly after it was granted will not be cured by another one. */
  private static final Duration FRESH = Duration.ofMinutes(5);

  private static final Duration LEAVE_FRESH_REFUSED = Duration.ofMinutes(15);
  private static final Duration LEAVE_UNREADABLE = Duration.ofMinutes(15);

  private final ConnectionStore<O> store;
  private final Renewer<O> renewer;
  private final TokenProof<O> proof;
  private final Pause pause;
  private final Instance instance;
  private final ConcurrentMap<O, ReentrantLock> flights = new ConcurrentHashMap<>();
  private final ConcurrentMap<O, Unsaved> unsaved = new ConcurrentHashMap<>();

  private static final String REFUSED_FRESH =
      "GoHighLevel refuses a token that it has just granted; another one is asked for later.";

  /** What the CRM answered while the database was away; losing it would cost the connection. */
  private record Unsaved(Connection claimed, Function<Connection, Connection> change) {}

  ConnectionKeeper(
      ConnectionStore<O> store,
      Renewer<O> renewer,
      TokenProof<O> proof,
      Pause pause,
      Instance instance) {
    this.store = store;
    this.renewer = renewer;
    this.proof = proof;
    this.pause = pause;
    this.instance = instance;
  }

  // ---- tokens for calls

  @Override
  public Answer current(O owner) {
    Optional<Connection> found = store.find(owner);
    if (found.isEmpty()) {
      return notInstalled();
    }
    Connection connection = found.get();
    return switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens)
          when tokens.expiresWithin(margin(connection, tokens), now()) ->
          isValid(tokens) ? early(owner, connection, tokens) : renewed(owner, tokens.access());
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts)
          when !isValid(tokens) ->
          renewed(owner, tokens.access());
      default -> answer(connection);
    };
  }

  /** Before its time: nobody waits for whoever else does it, the present token still works. */
  private Answer early(O owner, Connection connection, OAuthTokens tokens) {
    ReentrantLock flight = flight(owner);
    if (!flight.tryLock()) {
      return usable(connection, tokens);
    }
    try {
      saveWhatIsUnsaved(owner);
      return store
          .save(owner, connection.renewing(now(), HOLD))
          .map(claimed -> answer(renew(owner, claimed)))
          .orElseGet(() -> usable(connection, tokens));
    } finally {
      flight.unlock();
    }
  }

  private ReentrantLock flight(O owner) {
    return flights.computeIfAbsent(owner, any -> new ReentrantLock());
  }

  /**
   * Jittered, so that a thousand connections made together are not renewed together; a token that
   * lives shortly is not renewed at each call.
   */
  private Duration margin(Connection connection, OAuthTokens tokens) {
    Duration jittered =
        MARGIN.plusMillis(Math.round(MARGIN.toMillis() * instance.jitter().getAsDouble()));
    Duration quarter = connection.life(tokens).dividedBy(4);
    return quarter.compareTo(jittered) < 0 ? quarter : jittered;
  }

  @Override
  public Answer renewed(O owner, Secret refused) {
    ReentrantLock flight = flight(owner);
    if (!isMine(flight)) {
      return new Answer.NotNow("Another call is refreshing the token and takes long.");
    }
    try {
      return renewedAlone(owner, refused);
    } finally {
      flight.unlock();
    }
  }

  private static boolean isMine(ReentrantLock flight) {
    try {
      return flight.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer renewedAlone(O owner, Secret refused) {
    saveWhatIsUnsaved(owner);
    Instant patience = now().plus(LONGEST_WAIT);
    while (true) {
      Optional<Connection> found = store.find(owner);
      if (found.isEmpty()) {
        return notInstalled();
      }
      Connection connection = found.get();
      if (!stillHas(connection, refused)) {
        return answer(connection);
      }
      if (connection.state() instanceof ConnectionState.Legacy) {
        return keyRefused(owner, connection, refused);
      }
      if (isRefusedThoughFresh(connection)) {
        store.save(owner, connection.refusedThoughFresh(REFUSED_FRESH, now(), leaveFreshRefused()));
        return new Answer.NotNow(REFUSED_FRESH);
      }
      if (connection.state()
              instanceof ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts)
          && now().isBefore(attempts.notBefore())) {
        boolean isHopeless = !attempts.trouble().isEmpty() || !now().isBefore(patience);
        if (isHopeless || !isPaused()) {
          return new Answer.NotNow(
              attempts.trouble().isEmpty()
                  ? "Another instance is refreshing the token."
                  : attempts.trouble());
        }
        continue;
      }
      Optional<Connection> claimed = store.save(owner, connection.renewing(now(), HOLD));
      if (claimed.isPresent()) {
        return newer(renew(owner, claimed.get()), refused);
      }
    }
  }

  /** A key is given up for good, so it is shown once more: a 401 has many reasons. */
  private Answer keyRefused(O owner, Connection connection, Secret key) {
    if (!(proof.verdict(owner, key) instanceof TokenProof.Verdict.Refused)) {
      return new Answer.NotNow("GoHighLevel refused a call with the private integration token.");
    }
    String why = "GoHighLevel refused the private integration token: install the app.";
    store.save(owner, connection.keyRefused(why, now()));
    return new Answer.NotConnected(why);
  }

  /** Renewing what came of a renewal and was never seen to work would go on for ever (trap 78). */
  private boolean isRefusedThoughFresh(Connection connection) {
    return connection.state() instanceof ConnectionState.Active
        && connection.isUnproven()
        && connection.refreshedAt().isAfter(connection.installedAt())
        && now().isBefore(connection.refreshedAt().plus(FRESH));
  }

  private Instant leaveFreshRefused() {
    return now().plus(LEAVE_FRESH_REFUSED);
  }

  /** The token after a renewal; the refused one is no answer, though its time is not over. */
  private Answer newer(Connection connection, Secret refused) {
    return stillHas(connection, refused)
        ? new Answer.NotNow(connection.state().problem())
        : answer(connection);
  }

  private boolean isPaused() {
    try {
      pause.pause(LOOK_AGAIN);
      return true;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean stillHas(Connection connection, Secret token) {
    return switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> tokens.access().equals(token);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          tokens.access().equals(token);
      case ConnectionState.Legacy legacy ->
          connection.migration() instanceof Migration.Pending(Secret key) && key.equals(token);
      default -> false;
    };
  }

  private Answer answer(Connection connection) {
    return switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> usable(connection, tokens);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          isValid(tokens)
              ? usable(connection, tokens)
              : new Answer.NotNow(
                  attempts.trouble().isEmpty()
                      ? "The token is being refreshed."
                      : attempts.trouble());
      case ConnectionState.Suspended suspended -> new Answer.NotConnected(suspended.reason());
      case ConnectionState.NeedsReauth needsReauth ->
          new Answer.NotConnected(
              "GoHighLevel refused the connection for good: install the app again. "
                  + needsReauth.reason());
      case ConnectionState.Uninstalled uninstalled ->
          new Answer.NotConnected("The app was uninstalled.");
      case ConnectionState.Legacy legacy ->
          connection.migration() instanceof Migration.Pending(Secret key)
              ? new Answer.Usable(key, connection.isUnproven())
              : notInstalled();
      case ConnectionState.NeedsInstall needsInstall ->
          new Answer.NotConnected(needsInstall.reason());
    };
  }

  private static Answer usable(Connection connection, OAuthTokens tokens) {
    return new Answer.Usable(tokens.access(), connection.isUnproven());
  }

  private static Answer notInstalled() {
    return new Answer.NotConnected("The app is not installed there.");
  }

  private boolean isValid(OAuthTokens tokens) {
    return !tokens.expiresWithin(Duration.ZERO, now());
  }

  private Instant now() {
    return instance.time().instant();
  }

  // ---- what calls tell

  @Override
  public void worked(O owner, Secret token) {
    change(
        owner,
        connection -> isStillUsed(connection, token) && connection.isUnproven(),
        connection -> connection.proved(now()));
  }

  private static boolean isStillUsed(Connection connection, Secret token) {
    return connection.state() instanceof ConnectionState.Active && stillHas(connection, token);
  }

  @Override
  public void notActive(O owner, Secret token, String message) {
    change(
        owner,
        connection -> isStillUsed(connection, token),
        connection -> connection.suspended(message, now(), now().plus(PROBE_EVERY)));
  }

  /** A change that is dropped when it is not wanted any more. */
  private void change(
      O owner, Predicate<Connection> isWanted, Function<Connection, Connection> change) {
    Versioned.change(
        () -> store.find(owner),
        found -> found.filter(isWanted).map(change),
        after -> store.save(owner, after));
  }

  // ---- care without a caller

  /**
   * Does what the connection's state asks for, when its time has come. One that cannot be read must
   * not take its turn again and again.
   */
  void care(O owner) {
    try {
      careIfDue(owner);
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException unreadable) {
      store.postponeCare(owner, now().plus(LEAVE_UNREADABLE));
      throw unreadable;
    }
  }

  private void careIfDue(O owner) {
    saveWhatIsUnsaved(owner);
    Optional<Connection> due =
        store.find(owner).filter(connection -> !now().isBefore(connection.careAt()));
    if (due.isEmpty()) {
      return;
    }
    Connection connection = due.get();
    switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> {
        if (now().isBefore(connection.renewAt())) {
          proveInTime(owner, tokens);
        } else {
          renewed(owner, tokens.access());
        }
      }
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          renewed(owner, tokens.access());
      case ConnectionState.Suspended suspended -> claimAnd(owner, connection, this::probe);
      case ConnectionState.NeedsReauth needsReauth -> claimAnd(owner, connection, this::renew);
      case ConnectionState.Uninstalled uninstalled -> {}
      case ConnectionState.Legacy legacy -> {}
      case ConnectionState.NeedsInstall needsInstall -> {}
    }
  }

  private interface Work<O> {
    Connection of(O owner, Connection claimed);
  }

  private void claimAnd(O owner, Connection connection, Work<O> work) {
    store
        .save(owner, connection.renewing(now(), HOLD))
        .ifPresent(claimed -> work.of(owner, claimed));
  }

  /** Weekly (spec 3); when the CRM cannot be asked, a little later. */
  private void proveInTime(O owner, OAuthTokens tokens) {
    switch (proof.verdict(owner, tokens.access())) {
      case TokenProof.Verdict.Accepted accepted ->
          change(
              owner,
              connection -> isStillUsed(connection, tokens.access()),
              connection -> connection.proved(now()));
      case TokenProof.Verdict.Refused refused -> renewed(owner, tokens.access());
      case TokenProof.Verdict.NotActive(String message) ->
          notActive(owner, tokens.access(), message);
      case TokenProof.Verdict.Unknown unknown ->
          change(
              owner,
              connection -> isStillUsed(connection, tokens.access()),
              connection -> connection.proofPostponed(now().plus(POSTPONED_PROOF)));
    }
  }

  /**
   * Looks whether a suspended location is back: by its token while that lives, else by renewing.
   */
  private Connection probe(O owner, Connection claimed) {
    if (claimed.state()
            instanceof
            ConnectionState.Suspended(OAuthTokens tokens, String why, Instant since, Instant next)
        && isValid(tokens)) {
      switch (proof.verdict(owner, tokens.access())) {
        case TokenProof.Verdict.Accepted accepted -> {
          return store(owner, claimed, connection -> connection.proved(now()));
        }
        case TokenProof.Verdict.NotActive(String message) -> {
          return store(owner, claimed, c -> c.suspended(message, now(), now().plus(PROBE_EVERY)));
        }
        case TokenProof.Verdict.Unknown unknown -> {
          return store(owner, claimed, c -> c.renewalFailed(why, now().plus(PROBE_AGAIN)));
        }
        case TokenProof.Verdict.Refused refused -> {}
      }
    }
    return renew(owner, claimed);
  }

  /**
   * Whether the CRM still lets us in; false only when it refuses every token for good.
   *
   * @return empty when it could not be asked
   */
  Optional<Boolean> isStillInstalled(O owner) {
    Optional<Connection> found = store.find(owner);
    if (found.isEmpty()) {
      return Optional.of(false);
    }
    return switch (found.get().state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> accepts(owner, tokens);
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          accepts(owner, tokens);
      case ConnectionState.Suspended suspended -> Optional.empty();
      case ConnectionState.NeedsReauth needsReauth -> Optional.of(false);
      case ConnectionState.Uninstalled uninstalled -> Optional.of(false);
      case ConnectionState.Legacy legacy -> Optional.of(true);
      case ConnectionState.NeedsInstall needsInstall -> Optional.of(false);
    };
  }

  private Optional<Boolean> accepts(O owner, OAuthTokens tokens) {
    TokenProof.Verdict verdict =
        isValid(tokens)
            ? proof.verdict(owner, tokens.access())
            : new TokenProof.Verdict.Refused("expired");
    return switch (verdict) {
      case TokenProof.Verdict.Accepted accepted -> Optional.of(true);
      case TokenProof.Verdict.NotActive notActive -> Optional.empty();
      case TokenProof.Verdict.Unknown unknown -> Optional.empty();
      case TokenProof.Verdict.Refused refused ->
          switch (renewed(owner, tokens.access())) {
            case Answer.Usable usable -> Optional.of(true);
            case Answer.NotNow notNow -> Optional.empty();
            case Answer.NotConnected notConnected ->
                isSuspended(owner) ? Optional.empty() : Optional.of(false);
          };
    };
  }

  private boolean isSuspended(O owner) {
    return store
        .find(owner)
        .filter(connection -> connection.state() instanceof ConnectionState.Suspended)
        .isPresent();
  }

  // ---- one renewal

  /** Asks the CRM under a claim that is written down, and stores what it answers. */
  private Connection renew(O owner, Connection claimed) {
    return switch (ask(owner, claimed)) {
      case Renewer.Outcome.Renewed(OAuthTokens tokens) ->
          store(owner, claimed, connection -> connection.refreshed(tokens, now()));
      case Renewer.Outcome.Refused(String message) ->
          store(
              owner,
              claimed,
              connection -> connection.condemned(message, now(), now().plus(TRY_CONDEMNED_EVERY)));
      case Renewer.Outcome.NotActive(String message) ->
          store(
              owner,
              claimed,
              connection -> connection.suspended(message, now(), now().plus(PROBE_EVERY)));
      case Renewer.Outcome.Failed(String message) -> later(owner, claimed, message);
      case Renewer.Outcome.Unanswered(String message) -> later(owner, claimed, message);
    };
  }

  private Connection later(O owner, Connection claimed, String message) {
    return store(
        owner, claimed, connection -> connection.renewalFailed(message, nextAttempt(claimed)));
  }

  /** A lost answer is asked for again at once, while the CRM still gives it. */
  private Renewer.Outcome ask(O owner, Connection claimed) {
    Renewer.Outcome first = renewer.renew(owner, claimed, renewal(claimed));
    return first instanceof Renewer.Outcome.Unanswered && !isRepetition(claimed)
        ? renewer.renew(owner, claimed, renewal(claimed))
        : first;
  }

  /** True when the last attempt got no answer either: the network is away rather than slow. */
  private static boolean isRepetition(Connection claimed) {
    return claimed.state()
            instanceof ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts)
        && attempts.count() > 1;
  }

  private static Renewal renewal(Connection claimed) {
    return switch (claimed.state()) {
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) -> tokens.renewal();
      case ConnectionState.Suspended(OAuthTokens tokens, String why, Instant since, Instant next) ->
          tokens.renewal();
      case ConnectionState.NeedsReauth(Renewal renewal, String why, Instant since, Instant next) ->
          renewal;
      case ConnectionState.Active(OAuthTokens tokens) -> tokens.renewal();
      case ConnectionState.Uninstalled uninstalled -> new Renewal.Never();
      case ConnectionState.Legacy legacy -> new Renewal.Never();
      case ConnectionState.NeedsInstall needsInstall -> new Renewal.Never();
    };
  }

  private Instant nextAttempt(Connection claimed) {
    return switch (claimed.state()) {
      case ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts) ->
          now().plus(backOff(attempts.count()));
      case ConnectionState.Suspended suspended -> now().plus(PROBE_EVERY);
      default -> now().plus(LONGEST_BACK_OFF);
    };
  }

  private Duration backOff(int attempts) {
    if (attempts <= SOON) {
      return SOON_AFTER.multipliedBy(attempts);
    }
    long doubled = SOON_AFTER.toMillis() << Math.min(attempts, 20);
    long step = Math.min(LONGEST_BACK_OFF.toMillis(), doubled);
    return Duration.ofMillis(Math.round(step * (0.75 + 0.25 * instance.jitter().getAsDouble())));
  }

  /**
   * Stores an answer as long as the claim that it belongs to stands. New tokens are stored over
   * another claim too, as long as nobody has newer ones: the old ones are dead. When the database
   * is away, the answer is kept in memory and stored as soon as it is back.
   *
   * @return the connection as it is now
   */
  private Connection store(O owner, Connection claimed, Function<Connection, Connection> change) {
    try {
      return stored(owner, claimed, change);
    } catch (StorageUnavailableException away) {
      unsaved.put(owner, new Unsaved(claimed, change));
      throw away;
    }
  }

  private Connection stored(O owner, Connection claimed, Function<Connection, Connection> change) {
    Connection present = claimed;
    while (true) {
      Connection after = change.apply(present);
      Optional<Connection> saved = store.save(owner, after);
      if (saved.isPresent()) {
        return saved.get();
      }
      present = store.find(owner).orElse(claimed.uninstalled(now()));
      boolean bringsTokens = after.state() instanceof ConnectionState.Active;
      boolean isGone = !present.state().isInstalled();
      if (!bringsTokens || isGone || !renewal(present).equals(renewal(claimed))) {
        return present;
      }
    }
  }

  private void saveWhatIsUnsaved(O owner) {
    Unsaved kept = unsaved.get(owner);
    if (kept != null) {
      stored(owner, kept.claimed(), kept.change());
      unsaved.remove(owner, kept);
    }
  }

  /** Owners that must be looked after now. */
  List<O> due(int limit) {
    List<O> due = new ArrayList<>(unsaved.keySet());
    due.addAll(store.careDue(now(), limit));
    return due;
  }
}
