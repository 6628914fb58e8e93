package com.lpai.application.connection;

import com.lpai.application.work.Instance;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.Lease;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.util.Optional;

/** One at a time for each company: INSTALL events and the company's list often come together. */
final class ConnectLocationService implements ConnectLocationUseCase {
  /** Longer than one call with a renewed company token. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration SOON = Duration.ofSeconds(2);

  private final ConnectionRepository connections;
  private final CrmCompanies companies;
  private final Connecting connecting;
  private final Leases leases;
  private final Instance instance;

  ConnectLocationService(
      ConnectionRepository connections,
      CrmCompanies companies,
      Connecting connecting,
      Leases leases,
      Instance instance) {
    this.connections = connections;
    this.companies = companies;
    this.connecting = connecting;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public Outcome ensure(CompanyId companyId, LocationId locationId) {
    if (isConnected(locationId)) {
      return new Outcome.Connected(true);
    }
    Optional<Lease> lease =
        leases.acquire(leaseName(companyId), instance.name(), instance.time().instant(), LEASE);
    if (lease.isEmpty()) {
      return new Outcome.NotYet(SOON, "the agency's locations are being connected");
    }
    try {
      return ensureAlone(companyId, locationId);
    } finally {
      leases.release(lease.get());
    }
  }

  /** Calls with one company's token come from one place at a time, so that they keep its budget. */
  static String leaseName(CompanyId companyId) {
    return "company:" + companyId;
  }

  /** The same for who holds the company's lease; one that cannot be read must not stop it. */
  Outcome ensureAlone(CompanyId companyId, LocationId locationId) {
    try {
      return isConnected(locationId)
          ? new Outcome.Connected(true)
          : connected(companyId, locationId);
    } catch (UnreadableRecordException damaged) {
      return new Outcome.Refused(
          "What is stored of its connection cannot be read: restore the key vault, or install the"
              + " app in this location.");
    }
  }

  boolean isConnected(LocationId locationId) {
    return connections
        .find(locationId)
        .map(Connection::state)
        .filter(
            state ->
                state instanceof ConnectionState.Active
                    || state instanceof ConnectionState.Refreshing
                    || state instanceof ConnectionState.Suspended)
        .isPresent();
  }

  private Outcome connected(CompanyId companyId, LocationId locationId) {
    return switch (companies.locationToken(companyId, locationId, CallPriority.BACKFILL)) {
      case CrmResult.Done<TokenGrant>(TokenGrant grant) -> {
        connecting.connect(grant);
        yield new Outcome.Connected(false);
      }
      case CrmResult.Failed<TokenGrant>(CrmFailure failure) -> notConnected(failure);
    };
  }

  private static Outcome notConnected(CrmFailure failure) {
    return switch (failure) {
      case CrmFailure.Throttled(Duration wait, String message) -> new Outcome.Paused(wait, message);
      case CrmFailure.Unavailable(String message) -> new Outcome.NotYet(SOON, message);
      case CrmFailure.OutcomeUnknown(String message) -> new Outcome.NotYet(SOON, message);
      case CrmFailure.RefusedOrDone refused -> new Outcome.NotYet(SOON, refused.message());
      case Unauthorized(Unauthorized.Kind kind, String message) ->
          kind == Unauthorized.Kind.NOT_CONNECTED
              ? new Outcome.Paused(SOON, message)
              : new Outcome.Refused(message);
      case CrmFailure.Forbidden(String message) -> new Outcome.Refused(message);
      case CrmFailure.NotFound(String message) -> new Outcome.Refused(message);
      case CrmFailure.AlreadyExists exists -> new Outcome.Refused(exists.message());
      case CrmFailure.Rejected rejected -> new Outcome.Refused(rejected.message());
    };
  }
}
