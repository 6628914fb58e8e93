package com.lpai.application.push;

import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;
import java.util.Set;

/** What locations granted: a call that the CRM is known to refuse is not made. */
final class GrantedScopes {
  private final ConnectionRepository connections;

  GrantedScopes(ConnectionRepository connections) {
    this.connections = connections;
  }

  /**
   * Why a call that needs this scope is not made; empty when it was granted, or nobody knows what
   * was. A connection that cannot be read has no token either.
   */
  Optional<String> obstacle(LocationId locationId, String scope) {
    Set<String> granted;
    try {
      granted =
          connections
              .find(locationId)
              .map(Connection::state)
              .map(GrantedScopes::granted)
              .orElse(Set.of());
    } catch (UnreadableRecordException damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
    return granted.isEmpty() || granted.contains(scope)
        ? Optional.empty()
        : Optional.of(
            "This location did not grant the scope %s. Install the app there again with it."
                .formatted(scope));
  }

  private static Set<String> granted(ConnectionState state) {
    return switch (state) {
      case ConnectionState.Active(OAuthTokens tokens) -> tokens.scopes();
      case ConnectionState.Refreshing refreshing -> refreshing.tokens().scopes();
      case ConnectionState.Suspended suspended -> Set.of();
      case ConnectionState.NeedsReauth needsReauth -> Set.of();
      case ConnectionState.Uninstalled uninstalled -> Set.of();
      case ConnectionState.Legacy legacy -> Set.of();
      case ConnectionState.NeedsInstall needsInstall -> Set.of();
    };
  }
}
