package com.lpai.application.connection;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class InstallAppService implements InstallAppUseCase {
  private static final Duration STATE_LIFE = Duration.ofMinutes(10);

  private final CrmOAuth oauth;
  private final OAuthStates states;
  private final ConnectionRepository connections;
  private final LocationRepository locations;
  private final SetupUseCase setup;
  private final Instance instance;

  InstallAppService(
      CrmOAuth oauth,
      OAuthStates states,
      ConnectionRepository connections,
      LocationRepository locations,
      SetupUseCase setup,
      Instance instance) {
    this.oauth = oauth;
    this.states = states;
    this.connections = connections;
    this.locations = locations;
    this.setup = setup;
    this.instance = instance;
  }

  @Override
  public Begun begin() {
    String state = instance.token().get();
    states.issue(state, instance.time().instant().plus(STATE_LIFE));
    return new Begun(oauth.authorizeUri(state), state);
  }

  @Override
  public Outcome complete(Secret code, String state, String browserState) {
    if (!state.isEmpty() && !isOurs(state, browserState)) {
      return new Outcome.StateInvalid();
    }
    return switch (oauth.exchange(code)) {
      case OAuthAnswer.Granted(TokenGrant grant) -> connect(grant);
      case OAuthAnswer.GrantedForCompany company -> new Outcome.CompanyNotServed();
      case OAuthAnswer.Refused(String message) -> new Outcome.CodeRefused(message);
      case OAuthAnswer.Suspended(String message) -> new Outcome.TryAgain(message);
      case OAuthAnswer.TryAgain(String message) -> new Outcome.TryAgain(message);
      case OAuthAnswer.Misconfigured(String message) -> new Outcome.Misconfigured(message);
    };
  }

  private boolean isOurs(String state, String browserState) {
    boolean sameBrowser =
        MessageDigest.isEqual(
            state.getBytes(StandardCharsets.UTF_8), browserState.getBytes(StandardCharsets.UTF_8));
    return sameBrowser && states.consume(state, instance.time().instant());
  }

  /**
   * Stores the connection, then the location, then the wish for a setup. Each is safe to repeat,
   * and a crash in between is mended by the next INSTALL event or sweep: a location that is
   * connected and was never set up gets its setup.
   */
  private Outcome connect(TokenGrant grant) {
    Instant now = instance.time().instant();
    storeConnection(grant, now);
    storeLocation(grant, now);
    setup.request(grant.locationId(), true);
    return new Outcome.Installed(grant.locationId());
  }

  private void storeConnection(TokenGrant grant, Instant now) {
    while (true) {
      Optional<Connection> known = connections.find(grant.locationId());
      Connection after =
          known
              .map(connection -> connection.reinstalled(grant, now))
              .orElseGet(() -> Connection.installed(grant, now));
      if (connections.save(grant.locationId(), after).isPresent()) {
        return;
      }
    }
  }

  private void storeLocation(TokenGrant grant, Instant now) {
    LocationId id = grant.locationId();
    while (true) {
      Optional<Location> known = locations.find(id);
      Location after =
          known
              .map(location -> location.reinstalled(grant.companyId(), now))
              .orElseGet(() -> Location.installed(id, grant.companyId(), now));
      if (locations.save(id, after).isPresent()) {
        return;
      }
    }
  }
}
