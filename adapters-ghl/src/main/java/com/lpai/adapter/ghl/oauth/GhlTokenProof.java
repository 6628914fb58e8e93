package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.call.Acceptance;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlCompaniesClient;
import com.lpai.adapter.ghl.client.GhlLocationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RateBudget;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows a token to GoHighLevel by a call that changes nothing.
 *
 * @param <O> whose token it is
 */
public final class GhlTokenProof<O> implements TokenProof<O> {
  private static final Operation LOCATION =
      new Operation(
          "GET",
          "/locations/{locationId}",
          Operation.Effect.READ,
          "location",
          "locations.readonly");

  /** Makes the call. */
  @FunctionalInterface
  private interface Shown<O> {
    Response to(String authorization, O owner);
  }

  private final Operation operation;
  private final Shown<O> shown;
  private final RateBudget<O> budget;
  private final Duration longestAnswer;

  private GhlTokenProof(
      Operation operation, Shown<O> shown, RateBudget<O> budget, Duration longestAnswer) {
    this.operation = operation;
    this.shown = shown;
    this.budget = budget;
    this.longestAnswer = longestAnswer;
  }

  public static TokenProof<LocationId> ofLocations(
      GhlLocationsClient client, RateBudget<LocationId> budget, Duration longestAnswer) {
    return new GhlTokenProof<>(
        LOCATION,
        (authorization, location) -> client.find(authorization, location.value()),
        budget,
        longestAnswer);
  }

  public static TokenProof<CompanyId> ofCompanies(
      GhlCompaniesClient client,
      String appId,
      RateBudget<CompanyId> budget,
      Duration longestAnswer) {
    return new GhlTokenProof<>(
        GhlCompanies.INSTALLED_LOCATIONS,
        (authorization, company) ->
            client.installedLocations(authorization, company.value(), appId, true, "0", "1"),
        budget,
        longestAnswer);
  }

  @Override
  public Verdict verdict(O owner, Secret token) {
    CrmResult<Boolean> result =
        new GhlCalls<O>(new OneToken<>(token), budget, longestAnswer)
            .call(
                owner,
                CallPriority.USER,
                operation,
                authorization -> shown.to(authorization, owner),
                answer -> Optional.of(true));
    String said =
        result instanceof CrmResult.Failed<Boolean>(CrmFailure failure) ? failure.message() : "";
    return switch (Acceptance.of(result)) {
      case ACCEPTED -> new Verdict.Accepted();
      case REFUSED -> new Verdict.Refused(said);
      case NOT_ACTIVE -> new Verdict.NotActive(said);
      case UNKNOWN -> new Verdict.Unknown(said);
    };
  }

  /** This token and no other. */
  private record OneToken<O>(Secret token) implements AccessTokens<O> {
    @Override
    public Answer current(O owner) {
      return new Answer.Usable(token, false);
    }

    @Override
    public Answer renewed(O owner, Secret refused) {
      return new Answer.Usable(token, false);
    }

    @Override
    public void worked(O owner, Secret shown) {}

    @Override
    public void notActive(O owner, Secret shown, String message) {}
  }
}
