package com.lpai.application.webhook;

import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.util.Optional;

/**
 * INSTALL and UNINSTALL. Callback and INSTALL may come in any order, any number of times (spec 3).
 */
final class AppEvents {
  private final ConnectionRepository connections;
  private final SetupUseCase setup;
  private final Instance instance;

  AppEvents(ConnectionRepository connections, SetupUseCase setup, Instance instance) {
    this.connections = connections;
    this.setup = setup;
    this.instance = instance;
  }

  /** The callback stores the connection and asks for the setup; this only mends what it left. */
  Result installed(LocationId locationId) {
    boolean wasSetUp = setup.progress(locationId).filter(s -> s.run() > 0).isPresent();
    if (wasSetUp) {
      return done("installed; its setup was requested before");
    }
    return switch (setup.request(locationId, true)) {
      case SetupUseCase.Requested.Started(Setup requested) -> done("installed; setup requested");
      case SetupUseCase.Requested.AlreadyRunning(Setup running) -> done("installed; setup runs");
      case SetupUseCase.Requested.NotInstalled notInstalled ->
          new Result.Later(
              instance.time().instant().plusSeconds(1), "waits for the connection", false);
    };
  }

  /** Tokens and their key go; what was copied stays. */
  Result uninstalled(LocationId locationId) {
    while (true) {
      Optional<Connection> connection = connections.find(locationId);
      if (connection.isEmpty() || connection.get().state() instanceof ConnectionState.Uninstalled) {
        return done("already uninstalled");
      }
      Connection after =
          connection.get().in(new ConnectionState.Uninstalled(instance.time().instant()));
      if (connections.save(locationId, after).isPresent()) {
        return done("uninstalled; tokens deleted");
      }
    }
  }

  private static Result done(String outcome) {
    return new Result.Finished(WebhookStatus.DONE, outcome);
  }
}
