package com.lpai.domain.connection;

import java.time.Instant;

/** Whether and how a location can be reached. Tokens exist only in the states that keep them. */
public sealed interface ConnectionState {
  /** It works. */
  record Active(OAuthTokens tokens) implements ConnectionState {}

  /** The CRM says that the location is not active; the tokens are kept. */
  record Suspended(OAuthTokens tokens, String reason) implements ConnectionState {}

  /** The CRM refused the tokens for good; a person must install again. */
  record NeedsReauth(String reason, Instant since) implements ConnectionState {}

  /** The app was uninstalled; no token is kept. */
  record Uninstalled(Instant at) implements ConnectionState {}

  /** The state in one word, for the REST API and the console. */
  default String word() {
    return switch (this) {
      case Active active -> "active";
      case Suspended suspended -> "suspended";
      case NeedsReauth needsReauth -> "needsReauth";
      case Uninstalled uninstalled -> "uninstalled";
    };
  }
}
