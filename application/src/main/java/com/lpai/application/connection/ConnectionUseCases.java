package com.lpai.application.connection;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthStates;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.Leases;

/** The door to the connection use cases. */
public final class ConnectionUseCases {
  private ConnectionUseCases() {}

  public static AccessTokens accessTokens(
      ConnectionRepository connections, CrmOAuth oauth, Leases leases, Instance instance) {
    return new AccessTokensService(connections, oauth, leases, instance);
  }

  public static InstallAppUseCase installing(
      CrmOAuth oauth,
      OAuthStates states,
      ConnectionRepository connections,
      LocationRepository locations,
      SetupUseCase setup,
      Instance instance) {
    return new InstallAppService(oauth, states, connections, locations, setup, instance);
  }
}
