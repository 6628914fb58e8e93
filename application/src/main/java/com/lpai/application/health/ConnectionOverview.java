package com.lpai.application.health;

import com.lpai.domain.connection.Attempts;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.ScopeCheck;
import com.lpai.domain.sync.UnreadableRecordException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One connection at a glance, without any token.
 *
 * @param state in one word; {@code none} without a connection, {@code unreadable} when the stored
 *     one is damaged
 * @param problem why it does not work, for a person; empty when it does
 * @param needsInstallation only a person who installs the app can help
 * @param isFailing renewing its token has failed several times, and goes on
 * @param since since when it is in this state; {@link Instant#EPOCH} when nobody knows
 * @param tokenSince since when it has its present tokens; {@link Instant#EPOCH} without
 * @param tokenExpiresAt when its access token ends; {@link Instant#EPOCH} without
 * @param renewsAt when it is renewed; {@link Instant#EPOCH} when it is not waiting for that
 * @param provedAt when a token of it was last seen to work; {@link Instant#EPOCH} when never
 * @param scopes what was granted, and what is needed
 */
public record ConnectionOverview(
    String state,
    String problem,
    boolean needsInstallation,
    boolean isFailing,
    boolean derivedFromCompany,
    boolean migratedToOAuth,
    Instant since,
    Instant tokenSince,
    Instant tokenExpiresAt,
    Instant renewsAt,
    Instant provedAt,
    Scopes scopes) {
  /**
   * Scopes, each list sorted.
   *
   * @param needed by our features
   * @param granted really; empty without tokens
   * @param missing what is needed and was not granted; empty without tokens
   */
  public record Scopes(List<String> needed, List<String> granted, List<String> missing) {
    public Scopes {
      needed = List.copyOf(needed);
      granted = List.copyOf(granted);
      missing = List.copyOf(missing);
    }

    private static Scopes of(Optional<OAuthTokens> tokens, ScopeCheck scopes) {
      Set<String> granted = tokens.map(OAuthTokens::scopes).orElse(Set.of());
      Set<String> missing = tokens.isPresent() ? scopes.missing(granted) : Set.of();
      return new Scopes(sorted(scopes.needed()), sorted(granted), sorted(missing));
    }

    private static List<String> sorted(Set<String> scopes) {
      return scopes.stream().sorted().toList();
    }
  }

  /** A document or a key that cannot be read hides one connection, never the whole overview. */
  static ConnectionOverview of(Supplier<Optional<Connection>> stored, ScopeCheck scopes) {
    try {
      return stored
          .get()
          .map(connection -> of(connection, scopes))
          .orElseGet(() -> without("none", "The app is not installed.", true, scopes));
    } catch (UnreadableRecordException damaged) {
      return without("unreadable", "It is damaged, or its data key is not known.", true, scopes);
    }
  }

  private static ConnectionOverview without(
      String state, String problem, boolean mustInstall, ScopeCheck scopes) {
    return new ConnectionOverview(
        state,
        problem,
        mustInstall,
        false,
        false,
        false,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        Instant.EPOCH,
        Scopes.of(Optional.empty(), scopes));
  }

  private static ConnectionOverview of(Connection connection, ScopeCheck scopes) {
    ConnectionState state = connection.state();
    Optional<OAuthTokens> tokens = state.presentTokens();
    return new ConnectionOverview(
        state.word(),
        problem(state),
        state instanceof ConnectionState.NeedsReauth || !state.isInstalled(),
        isFailing(state),
        connection.derivedFromCompany(),
        connection.migration() instanceof Migration.Done,
        since(connection),
        tokens.isPresent() ? connection.refreshedAt() : Instant.EPOCH,
        tokens.map(OAuthTokens::expiresAt).orElse(Instant.EPOCH),
        connection.renewAt().equals(Connection.NEVER) ? Instant.EPOCH : connection.renewAt(),
        connection.provedAt(),
        Scopes.of(tokens, scopes));
  }

  private static boolean isFailing(ConnectionState state) {
    return state instanceof ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts)
        && attempts.isLasting();
  }

  private static int attempts(ConnectionState state) {
    return state instanceof ConnectionState.Refreshing(OAuthTokens tokens, Attempts attempts)
        ? attempts.count()
        : 0;
  }

  private static String problem(ConnectionState state) {
    boolean isAskedAgain = attempts(state) > 1 && state.problem().isEmpty();
    return isAskedAgain ? "GoHighLevel is being asked again." : state.problem();
  }

  private static Instant since(Connection connection) {
    return switch (connection.state()) {
      case ConnectionState.Active active -> connection.installedAt();
      case ConnectionState.Refreshing refreshing -> refreshing.attempts().first();
      case ConnectionState.Suspended suspended -> suspended.since();
      case ConnectionState.NeedsReauth needsReauth -> needsReauth.since();
      case ConnectionState.Uninstalled uninstalled -> uninstalled.at();
      case ConnectionState.Legacy legacy -> connection.installedAt();
      case ConnectionState.NeedsInstall needsInstall -> needsInstall.since();
    };
  }
}
