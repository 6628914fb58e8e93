package com.lpai.application.health;

import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.ScopeCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One connection at a glance, without any token.
 *
 * @param state in one word; {@code none} without a connection, {@code unreadable} when the stored
 *     one is damaged
 * @param problem why it does not work, for a person; empty when it does
 * @param needsInstallation only a person who installs the app can help
 * @param tokenSince since when it has its present tokens; {@link Instant#EPOCH} without
 * @param tokenExpiresAt when its access token ends; {@link Instant#EPOCH} without
 * @param provedAt when a token of it was last seen to work; {@link Instant#EPOCH} when never
 * @param missingScopes what our features need and was not granted
 */
public record ConnectionOverview(
    String state,
    String problem,
    boolean needsInstallation,
    boolean derivedFromCompany,
    Instant tokenSince,
    Instant tokenExpiresAt,
    Instant provedAt,
    List<String> missingScopes,
    boolean migratedToOAuth) {
  private static final ConnectionOverview NONE = without("none", "The app is not installed.");

  static final ConnectionOverview UNREADABLE =
      without(
          "unreadable",
          "What is stored of the connection cannot be read: restore the key vault, or install the"
              + " app again.");

  private static ConnectionOverview without(String state, String problem) {
    return new ConnectionOverview(
        state, problem, true, false, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, List.of(), false);
  }

  static ConnectionOverview of(Optional<Connection> connection, ScopeCheck scopes) {
    return connection.map(present -> of(present, scopes)).orElse(NONE);
  }

  private static ConnectionOverview of(Connection connection, ScopeCheck scopes) {
    ConnectionState state = connection.state();
    Optional<OAuthTokens> tokens = state.presentTokens();
    Set<String> missing = tokens.map(t -> scopes.missing(t.scopes())).orElse(Set.of());
    return new ConnectionOverview(
        state.word(),
        state.problem(),
        state instanceof ConnectionState.NeedsReauth || !state.isInstalled(),
        connection.derivedFromCompany(),
        tokens.isPresent() ? connection.refreshedAt() : Instant.EPOCH,
        tokens.map(OAuthTokens::expiresAt).orElse(Instant.EPOCH),
        connection.provedAt(),
        missing.stream().sorted().toList(),
        connection.migration() instanceof Migration.Done);
  }
}
