package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Refresh tokens are single use, so a refresh is one flight per connection: threads of this
 * instance queue on a lock, instances on a short lease, and the answer is stored by compare-and-set
 * on the version that was read before the call (spec 3).
 */
final class AccessTokensService implements AccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(5);
  private static final Duration LEASE = Duration.ofSeconds(10);

  /** A little longer than the one call of a refresh. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(6);

  private final ConnectionRepository connections;
  private final CrmOAuth oauth;
  private final Leases leases;
  private final Instance instance;
  private final ConcurrentMap<LocationId, ReentrantLock> refreshing = new ConcurrentHashMap<>();

  AccessTokensService(
      ConnectionRepository connections, CrmOAuth oauth, Leases leases, Instance instance) {
    this.connections = connections;
    this.oauth = oauth;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public Answer current(LocationId locationId) {
    Optional<Connection> connection = connections.find(locationId);
    if (connection.isEmpty()) {
      return new Answer.NotConnected("The app is not installed in this location.");
    }
    if (connection.get().state() instanceof ConnectionState.Active(OAuthTokens tokens)
        && tokens.expiresWithin(margin(), instance.time().instant())) {
      Answer fresh = refreshed(locationId, tokens.access());
      return fresh instanceof Answer.NotNow && stillValid(tokens)
          ? new Answer.Usable(tokens.access())
          : fresh;
    }
    return answer(connection.get());
  }

  /** Jittered, so that a thousand connections made together are not refreshed together. */
  private Duration margin() {
    return MARGIN.plusMillis(Math.round(MARGIN.toMillis() * instance.jitter().getAsDouble()));
  }

  @Override
  public Answer renewed(LocationId locationId, Secret refused) {
    return refreshed(locationId, refused);
  }

  private static Answer answer(Connection connection) {
    return switch (connection.state()) {
      case ConnectionState.Active(OAuthTokens tokens) -> new Answer.Usable(tokens.access());
      case ConnectionState.Suspended(OAuthTokens tokens, String reason) ->
          new Answer.NotConnected(reason);
      case ConnectionState.NeedsReauth needsReauth ->
          new Answer.NotConnected(
              "GoHighLevel refused the connection for good: install the app again. "
                  + needsReauth.reason());
      case ConnectionState.Uninstalled uninstalled ->
          new Answer.NotConnected("The app was uninstalled from this location.");
    };
  }

  /**
   * A token other than {@code old}: somebody else's if there is one by now, else a refreshed one.
   */
  private Answer refreshed(LocationId locationId, Secret old) {
    ReentrantLock flight = refreshing.computeIfAbsent(locationId, id -> new ReentrantLock());
    if (!isMine(flight)) {
      return new Answer.NotNow("Another call is refreshing the token and takes long.");
    }
    try {
      return connections
          .find(locationId)
          .map(connection -> refreshedUnlessDone(connection, old))
          .orElse(new Answer.NotConnected("The app is not installed in this location."));
    } finally {
      flight.unlock();
    }
  }

  /** Bounded: a call must not be sent after the lease under which it was written down. */
  private static boolean isMine(ReentrantLock flight) {
    try {
      return flight.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Answer refreshedUnlessDone(Connection connection, Secret old) {
    if (!(connection.state() instanceof ConnectionState.Active(OAuthTokens tokens))
        || !tokens.access().equals(old)) {
      return answer(connection);
    }
    LocationId locationId = connection.locationId();
    Optional<Lease> lease =
        leases.acquire("token:" + locationId, instance.name(), instance.time().instant(), LEASE);
    if (lease.isEmpty()) {
      return stillValid(tokens)
          ? new Answer.Usable(tokens.access())
          : new Answer.NotNow("Another instance is refreshing the token.");
    }
    try {
      return underLease(locationId, old);
    } finally {
      leases.release(lease.get());
    }
  }

  private boolean stillValid(OAuthTokens tokens) {
    return !tokens.expiresWithin(Duration.ZERO, instance.time().instant());
  }

  private Answer underLease(LocationId locationId, Secret old) {
    Optional<Connection> reread = connections.find(locationId);
    if (reread.isEmpty()
        || !(reread.get().state() instanceof ConnectionState.Active(OAuthTokens tokens))
        || !tokens.access().equals(old)) {
      return reread
          .map(AccessTokensService::answer)
          .orElse(new Answer.NotConnected("The app is not installed in this location."));
    }
    Connection connection = reread.get();
    return switch (oauth.refresh(tokens.refresh())) {
      case OAuthAnswer.Granted(TokenGrant grant) ->
          store(connection.refreshed(grant.tokens(), instance.time().instant()));
      case OAuthAnswer.Refused(String message) ->
          store(connection.in(new ConnectionState.NeedsReauth(message, instance.time().instant())));
      case OAuthAnswer.Suspended(String message) ->
          store(connection.in(new ConnectionState.Suspended(tokens, message)));
      case OAuthAnswer.GrantedForCompany company ->
          new Answer.NotNow("GoHighLevel answered with a company's token.");
      case OAuthAnswer.Misconfigured(String message) -> new Answer.NotNow(message);
      case OAuthAnswer.TryAgain(String message) -> new Answer.NotNow(message);
    };
  }

  /** Stores the outcome; when somebody stored another one meanwhile, theirs counts. */
  private Answer store(Connection after) {
    return connections
        .save(after.locationId(), after)
        .or(() -> connections.find(after.locationId()))
        .map(AccessTokensService::answer)
        .orElse(new Answer.NotConnected("The app is not installed in this location."));
  }
}
