package com.lpai.domain.connection;

import java.time.Instant;
import java.util.Optional;

/**
 * Whether and how the CRM can be reached for a location or a company (spec 3). Only a definite
 * refusal by the CRM leads to {@link NeedsReauth}; no failure of the network does.
 */
public sealed interface ConnectionState {
  /** It works. */
  record Active(OAuthTokens tokens) implements ConnectionState {}

  /** It works as long as its token lives; a new one is being asked for, or will be. */
  record Refreshing(OAuthTokens tokens, Attempts attempts) implements ConnectionState {}

  /**
   * The CRM says that the location is not active; the tokens are kept.
   *
   * @param notBefore when it is looked at again
   */
  record Suspended(OAuthTokens tokens, String reason, Instant since, Instant notBefore)
      implements ConnectionState {}

  /**
   * The CRM refused the tokens for good; a person must install again.
   *
   * @param renewal what is tried now and then all the same, so that it clears by itself
   * @param notBefore when that is tried
   */
  record NeedsReauth(Renewal renewal, String reason, Instant since, Instant notBefore)
      implements ConnectionState {}

  /** The app was uninstalled; no token is kept. */
  record Uninstalled(Instant at) implements ConnectionState {}

  /**
   * Reached by a private integration token from the time before OAuth.
   *
   * @param oauthProblem why OAuth, which was tried, does not work; empty when it was not tried
   */
  record Legacy(String oauthProblem) implements ConnectionState {
    static final Legacy WITHOUT_OAUTH = new Legacy("");
  }

  /** All there is is a key that the CRM does not accept any more: the app must be installed. */
  record NeedsInstall(String reason, Instant since) implements ConnectionState {}

  /** The state in one word, for the REST API and the console. */
  default String word() {
    return switch (this) {
      case Active active -> "active";
      case Refreshing refreshing -> "refreshing";
      case Suspended suspended -> "suspended";
      case NeedsReauth needsReauth -> "needsReauth";
      case Uninstalled uninstalled -> "uninstalled";
      case Legacy legacy -> "legacy";
      case NeedsInstall needsInstall -> "needsInstall";
    };
  }

  /** The tokens of the states that have them. */
  default Optional<OAuthTokens> presentTokens() {
    return switch (this) {
      case Active(OAuthTokens tokens) -> Optional.of(tokens);
      case Refreshing(OAuthTokens tokens, Attempts attempts) -> Optional.of(tokens);
      case Suspended(OAuthTokens tokens, String reason, Instant since, Instant notBefore) ->
          Optional.of(tokens);
      case NeedsReauth needsReauth -> Optional.empty();
      case Uninstalled uninstalled -> Optional.empty();
      case Legacy legacy -> Optional.empty();
      case NeedsInstall needsInstall -> Optional.empty();
    };
  }

  /** Why it does not work, for a person; empty when it does. */
  default String problem() {
    return switch (this) {
      case Active active -> "";
      case Refreshing refreshing -> refreshing.attempts().trouble();
      case Suspended suspended -> suspended.reason();
      case NeedsReauth needsReauth -> needsReauth.reason();
      case Uninstalled uninstalled -> "The app was uninstalled.";
      case Legacy legacy -> legacy.oauthProblem();
      case NeedsInstall needsInstall -> needsInstall.reason();
    };
  }

  /** True while the app is installed, as far as we know. */
  default boolean isInstalled() {
    return !(this instanceof Uninstalled) && !(this instanceof NeedsInstall);
  }

  /** True when calls may be made now. */
  default boolean isUsable() {
    return this instanceof Active || this instanceof Refreshing || this instanceof Legacy;
  }
}
