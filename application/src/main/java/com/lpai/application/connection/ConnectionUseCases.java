package com.lpai.application.connection;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Chore;
import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.application.work.Sleeper;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** The door to the connection use cases. */
public final class ConnectionUseCases {
  private static final int DUE_AT_ONCE = 200;

  private final ConnectionKeeper<LocationId> keeper;
  private final ConnectionKeeper<CompanyId> companyKeeper;
  private final InstallAppUseCase installing;
  private final ConnectLocationService connecting;
  private final UninstallAppUseCase uninstalling;
  private final RegisterApiKeyUseCase registering;
  private final DiscoverLocationsService discovering;
  private final Discoveries discoveries;
  private final Instance instance;

  private ConnectionUseCases(
      CompanyConnections companies,
      ConnectionRepository connections,
      Discoveries discoveries,
      LocationRepository locations,
      Erasures erasures,
      OAuthStates states,
      CrmOAuth oauth,
      CrmCompanies crmCompanies,
      TokenProof<LocationId> proof,
      SetupUseCase setup,
      WebhookQueue queue,
      Leases leases,
      Sleeper sleeper,
      Instance instance) {
    this.discoveries = discoveries;
    this.instance = instance;
    Connecting connect = new Connecting(connections, locations, setup, queue, instance);
    companyKeeper = companies.keeper;
    keeper =
        new ConnectionKeeper<>(
            connections, new LocationRenewer(oauth, crmCompanies), proof, sleeper, instance);
    connecting = new ConnectLocationService(connections, crmCompanies, connect, leases, instance);
    discovering =
        new DiscoverLocationsService(
            discoveries,
            companies.repository,
            erasures,
            crmCompanies,
            connecting,
            leases,
            instance);
    installing =
        new InstallAppService(
            oauth, states, companies.repository, discoveries, erasures, connect, instance);
    uninstalling =
        new UninstallAppService(connections, companies.repository, keeper, companyKeeper, instance);
    registering = new RegisterApiKeyService(connections, erasures, connect, instance);
  }

  /**
   * All of them.
   *
   * @param crmCompanies stands on the tokens of {@code companies}
   */
  public static ConnectionUseCases of(
      CompanyConnections companies,
      ConnectionRepository connections,
      Discoveries discoveries,
      LocationRepository locations,
      Erasures erasures,
      OAuthStates states,
      CrmOAuth oauth,
      CrmCompanies crmCompanies,
      TokenProof<LocationId> proof,
      SetupUseCase setup,
      WebhookQueue queue,
      Leases leases,
      Sleeper sleeper,
      Instance instance) {
    return new ConnectionUseCases(
        companies,
        connections,
        discoveries,
        locations,
        erasures,
        states,
        oauth,
        crmCompanies,
        proof,
        setup,
        queue,
        leases,
        sleeper,
        instance);
  }

  public AccessTokens<LocationId> tokens() {
    return keeper;
  }

  public InstallAppUseCase installing() {
    return installing;
  }

  public ConnectLocationUseCase connecting() {
    return connecting;
  }

  public UninstallAppUseCase uninstalling() {
    return uninstalling;
  }

  public RegisterApiKeyUseCase registering() {
    return registering;
  }

  /** Asking for a company's locations again; false for one that has not got the app. */
  public DiscoverLocationsUseCase discovering() {
    return discovering;
  }

  /** Renewals, proofs, probes and discoveries that are due. */
  public Chores chores() {
    return () -> {
      List<Chore> due = new ArrayList<>();
      add(due, "company:", companyKeeper.due(DUE_AT_ONCE), companyKeeper::care);
      add(due, "location:", keeper.due(DUE_AT_ONCE), keeper::care);
      add(
          due,
          "discover:",
          discoveries.due(instance.time().instant(), DUE_AT_ONCE),
          discovering::run);
      // Each instance in an order of its own, so that they do not compete for one after another.
      Collections.shuffle(
          due, new Random(Double.doubleToLongBits(instance.jitter().getAsDouble())));
      return due;
    };
  }

  private static <O> void add(List<Chore> due, String kind, List<O> owners, Consumer<O> work) {
    owners.forEach(owner -> due.add(new Chore(kind + owner, () -> work.accept(owner))));
  }
}
