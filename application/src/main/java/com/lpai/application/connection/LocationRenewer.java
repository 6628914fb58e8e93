package com.lpai.application.connection;

import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;

/**
 * The ladder before a person is bothered (spec 3): the refresh token, then the company's token. The
 * first rung, another instance's newer token, is {@link ConnectionKeeper}'s.
 */
final class LocationRenewer implements Renewer<LocationId> {
  private final CrmOAuth oauth;
  private final CrmCompanies companies;

  LocationRenewer(CrmOAuth oauth, CrmCompanies companies) {
    this.oauth = oauth;
    this.companies = companies;
  }

  @Override
  public Outcome renew(LocationId location, Connection connection, Renewal renewal) {
    return switch (renewal) {
      case Renewal.ByRefreshToken(Secret token) -> {
        Outcome refreshed = refreshed(location, token);
        yield switch (refreshed) {
          case Outcome.Refused(String why) -> derived(location, connection.companyId(), why);
          // What the refusal means is not known; the company may give a token all the same.
          case Outcome.Failed failed -> derivedOr(failed, location, connection.companyId());
          case Outcome.Renewed renewed -> renewed;
          case Outcome.NotActive notActive -> notActive;
          case Outcome.Unanswered unanswered -> unanswered;
        };
      }
      case Renewal.FromCompany fromCompany ->
          derived(location, connection.companyId(), "Its tokens come from its agency.");
      case Renewal.Never never ->
          derived(location, connection.companyId(), "No refresh token is left.");
    };
  }

  private Outcome refreshed(LocationId location, Secret token) {
    return switch (oauth.refresh(location, token)) {
      case OAuthAnswer.Granted(TokenGrant grant) when grant.locationId().equals(location) ->
          new Outcome.Renewed(grant.tokens());
      case OAuthAnswer.Granted other ->
          new Outcome.Failed("GoHighLevel answered with the token of another location.");
      case OAuthAnswer.GrantedForCompany company ->
          new Outcome.Failed("GoHighLevel answered with an agency's token for a location.");
      case OAuthAnswer.Refused(String message) -> new Outcome.Refused(message);
      case OAuthAnswer.Suspended(String message) -> new Outcome.NotActive(message);
      case OAuthAnswer.Misconfigured(String message) -> new Outcome.Failed(message);
      case OAuthAnswer.TryAgain(String message) -> new Outcome.Unanswered(message);
    };
  }

  private Outcome derivedOr(Outcome.Failed failed, LocationId location, CompanyId company) {
    return derived(location, company, failed.message()) instanceof Outcome.Renewed renewed
        ? renewed
        : failed;
  }

  /**
   * From the company's token.
   *
   * @param why what is said when the company has none either
   */
  private Outcome derived(LocationId location, CompanyId company, String why) {
    if (company.equals(CompanyId.UNKNOWN)) {
      return new Outcome.Refused(why);
    }
    return switch (companies.locationToken(company, location, CallPriority.USER)) {
      case CrmResult.Done<TokenGrant>(TokenGrant grant) -> new Outcome.Renewed(grant.tokens());
      case CrmResult.Failed<TokenGrant>(CrmFailure failure) -> notDerived(failure, why);
    };
  }

  private static Outcome notDerived(CrmFailure failure, String why) {
    return switch (failure) {
      case CrmFailure.Throttled throttled -> new Outcome.Failed(throttled.message());
      case CrmFailure.Unavailable unavailable -> new Outcome.Failed(unavailable.message());
      case CrmFailure.OutcomeUnknown unknown -> new Outcome.Failed(unknown.message());
      case CrmFailure.RefusedOrDone unknown -> new Outcome.Failed(unknown.message());
      case Unauthorized(Unauthorized.Kind kind, String message)
          when kind == Unauthorized.Kind.NOT_ACTIVE ->
          new Outcome.NotActive(message);
      case Unauthorized(Unauthorized.Kind kind, String message)
          when kind == Unauthorized.Kind.UNKNOWN ->
          new Outcome.Failed(message);
      case Unauthorized noCompanyToken -> new Outcome.Refused(why);
      case CrmFailure.Forbidden forbidden -> refused(why, forbidden);
      case CrmFailure.NotFound notFound -> refused(why, notFound);
      case CrmFailure.AlreadyExists exists -> refused(why, exists);
      case CrmFailure.Rejected rejected -> refused(why, rejected);
    };
  }

  private static Outcome refused(String why, CrmFailure byTheCompany) {
    return new Outcome.Refused(why + " Its agency's token gives none: " + byTheCompany.message());
  }
}
