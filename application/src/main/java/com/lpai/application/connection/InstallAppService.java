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
  private final Connecting connecting;
  private final Instance instance;

  InstallAppService(
      CrmOAuth oauth,
      OAuthStates states,
      CompanyRepository companies,
      Discoveries discoveries,
      Connecting connecting,
      Instance instance) {
    this.oauth = oauth;
    this.states = states;
    this.companies = companies;
    this.discoveries = discoveries;
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
    return switch (oauth.exchange(code)) {
      case OAuthAnswer.Granted(TokenGrant grant) -> {
        connecting.connect(grant);
        yield new Outcome.Installed(grant.locationId());
      }
      case OAuthAnswer.GrantedForCompany(CompanyGrant grant) -> {
        connect(grant);
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

  /** The connection, then the wish to find its locations; INSTALL events ask for that as well. */
  private void connect(CompanyGrant grant) {
    Instant now = instance.time().instant();
    CompanyId company = grant.companyId();
    Versioned.change(
        () -> companies.find(company),
        known ->
            Optional.of(
                known
                    .map(connection -> connection.reinstalled(grant, now))
                    .orElseGet(() -> Connection.installed(grant, now))),
        after -> companies.save(company, after));
    Versioned.change(
        () -> discoveries.find(company),
        known ->
            Optional.of(
                known
                    .map(discovery -> discovery.granted(grant, now))
                    .orElseGet(() -> Discovery.first(grant, now))),
        discoveries::save);
  }
}
