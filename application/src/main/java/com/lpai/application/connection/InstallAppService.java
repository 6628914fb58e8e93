package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.tenant.CompanyId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class InstallAppService implements InstallAppUseCase {
  private static final Duration STATE_LIFE = Duration.ofMinutes(10);

  private final CrmOAuth oauth;
  private final OAuthStates states;
  private final CompanyRepository companies;
  private final Discoveries discoveries;
  private final Erasures erasures;
  private final Connecting connecting;
  private final Instance instance;

  InstallAppService(
      CrmOAuth oauth,
      OAuthStates states,
      CompanyRepository companies,
      Discoveries discoveries,
      Erasures erasures,
      Connecting connecting,
      Instance instance) {
    this.oauth = oauth;
    this.states = states;
    this.companies = companies;
    this.discoveries = discoveries;
    this.erasures = erasures;
    this.connecting = connecting;
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
    Instant begun = instance.time().instant();
    return switch (oauth.exchange(code)) {
      case OAuthAnswer.Granted(TokenGrant grant) -> connected(grant, begun);
      case OAuthAnswer.GrantedForCompany(CompanyGrant grant) -> {
        connect(withoutErased(grant));
        yield new Outcome.InstalledForCompany(grant.companyId());
      }
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

  private Outcome connected(TokenGrant grant, Instant begun) {
    if (!erasures.lift(grant.locationId(), begun)) {
      return new Outcome.TryAgain("The location was erased at this moment. Install the app again.");
    }
    connecting.connect(grant);
    return new Outcome.Installed(grant.locationId());
  }

  /** What was erased is not named again; its own INSTALL event brings it back. */
  private CompanyGrant withoutErased(CompanyGrant grant) {
    return new CompanyGrant(
        grant.companyId(),
        grant.tokens(),
        grant.bulk(),
        grant.futureLocations(),
        grant.approvedLocations().stream()
            .filter(location -> !erasures.isErased(location))
            .toList());
  }

  /**
   * The wish to find its locations, then the connection: a crash in between leaves a wish that
   * waits, and never a connection that nobody looks for locations with.
   */
  private void connect(CompanyGrant grant) {
    Instant now = instance.time().instant();
    CompanyId company = grant.companyId();
    Versioned.change(
        () -> discoveries.find(company),
        known ->
            Optional.of(
                known
                    .map(discovery -> discovery.granted(grant, now))
                    .orElseGet(() -> Discovery.first(grant, now))),
        discoveries::save);
    Connecting.store(
        companies,
        company,
        Connection.installed(grant, now),
        known -> known.reinstalled(grant, now));
  }
}
