package com.lpai.application.connection;

import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;

/** A company's token has nothing above it: what its refresh token does not give, a person must. */
final class CompanyRenewer implements Renewer<CompanyId> {
  private final CrmOAuth oauth;

  CompanyRenewer(CrmOAuth oauth) {
    this.oauth = oauth;
  }

  @Override
  public Outcome renew(CompanyId company, Connection connection, Renewal renewal) {
    if (!(renewal instanceof Renewal.ByRefreshToken(Secret token))) {
      return new Outcome.Refused("No refresh token is left.");
    }
    return switch (oauth.refresh(company, token)) {
      case OAuthAnswer.GrantedForCompany(CompanyGrant grant)
          when grant.companyId().equals(company) ->
          new Outcome.Renewed(grant.tokens());
      case OAuthAnswer.GrantedForCompany other ->
          new Outcome.Failed("GoHighLevel answered with the token of another agency.");
      case OAuthAnswer.Granted location ->
          new Outcome.Failed("GoHighLevel answered with a location's token for an agency.");
      case OAuthAnswer.Refused(String message) -> new Outcome.Refused(message);
      case OAuthAnswer.Suspended(String message) -> new Outcome.NotActive(message);
      case OAuthAnswer.Misconfigured(String message) -> new Outcome.Failed(message);
      case OAuthAnswer.TryAgain(String message) -> new Outcome.Unanswered(message);
    };
  }
}
