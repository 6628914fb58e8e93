package com.lpai.application.webhook;

import com.lpai.application.connection.ConnectLocationUseCase;
import com.lpai.application.connection.DiscoverLocationsUseCase;
import com.lpai.application.connection.UninstallAppUseCase;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.application.work.Instance;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionRepository;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;

/**
 * INSTALL and UNINSTALL, of a location or a company. Callback, INSTALL events and the company's
 * list of locations may come in any order, any number of times (spec 3).
 */
final class AppEvents implements EventsOfTheApp {
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  /** How long the CRM may go on accepting the tokens of an app that was uninstalled. */
  private static final Duration IN_FORCE_WITHIN = Duration.ofMinutes(15);

  private final ConnectionRepository connections;
  private final Erasures erasures;
  private final ConnectLocationUseCase connecting;
  private final DiscoverLocationsUseCase discovering;
  private final UninstallAppUseCase uninstalling;
  private final SetupUseCase setup;
  private final Patience patience;

  AppEvents(
      ConnectionRepository connections,
      Erasures erasures,
      ConnectLocationUseCase connecting,
      DiscoverLocationsUseCase discovering,
      UninstallAppUseCase uninstalling,
      SetupUseCase setup,
      Instance instance) {
    this.connections = connections;
    this.erasures = erasures;
    this.connecting = connecting;
    this.discovering = discovering;
    this.uninstalling = uninstalling;
    this.setup = setup;
    this.patience = new Patience(instance);
  }

  @Override
  public Result installed(QueuedWebhook event) {
    Envelope envelope = event.envelope();
    if (!envelope.hasLocation()) {
      return discovering.request(new CompanyId(envelope.companyId()))
          ? done("installed for the agency; its locations are looked for")
          : parked(event);
    }
    if (!erasures.lift(envelope.locationId(), envelope.sentAt())) {
      return new Result.Finished(WebhookStatus.SKIPPED, "the location was erased since");
    }
    if (isConnected(envelope.locationId())) {
      return setUp(event);
    }
    if (envelope.companyId().isEmpty()) {
      return parked(event);
    }
    CompanyId company = new CompanyId(envelope.companyId());
    return switch (connecting.ensure(company, envelope.locationId())) {
      case ConnectLocationUseCase.Outcome.Connected(boolean before) ->
          before ? setUp(event) : done("installed by its agency; setup requested");
      case ConnectLocationUseCase.Outcome.Refused(String why) ->
          patience.waits(event, ASK_AGAIN, why);
      case ConnectLocationUseCase.Outcome.NotYet(Duration wait, String why) ->
          patience.waits(event, wait, why);
      case ConnectLocationUseCase.Outcome.Paused(Duration wait, String why) ->
          patience.waits(event, wait, why);
    };
  }

  private boolean isConnected(LocationId locationId) {
    return connections
        .find(locationId)
        .map(Connection::state)
        .filter(ConnectionState::isUsable)
        .filter(state -> !(state instanceof ConnectionState.Legacy))
        .isPresent();
  }

  /** Whoever stored the connection asked for the setup; this only mends what it left. */
  private Result setUp(QueuedWebhook event) {
    LocationId locationId = event.envelope().locationId();
    if (!setup.isOwed(locationId)) {
      return done("installed; its setup was requested before");
    }
    return switch (setup.request(locationId, true)) {
      case SetupUseCase.Requested.Started(Setup requested) -> done("installed; setup requested");
      case SetupUseCase.Requested.AlreadyRunning(Setup running) -> done("installed; setup runs");
      case SetupUseCase.Requested.NotInstalled notInstalled -> parked(event);
    };
  }

  @Override
  public Result uninstalled(QueuedWebhook event) {
    Envelope envelope = event.envelope();
    UninstallAppUseCase.Outcome outcome =
        envelope.hasLocation()
            ? uninstalling.uninstall(envelope.locationId(), envelope.sentAt())
            : uninstalling.uninstall(new CompanyId(envelope.companyId()), envelope.sentAt());
    return switch (outcome) {
      case UNINSTALLED -> done("uninstalled; tokens deleted");
      case NOT_INSTALLED -> done("the app was not installed");
      case STILL_INSTALLED ->
          done("older than the present installation, which GoHighLevel accepts");
      case NOT_CERTAIN ->
          patience.waited(event).compareTo(IN_FORCE_WITHIN) < 0
              ? patience.later(
                  event,
                  ASK_AGAIN,
                  Reason.CRM_AWAY,
                  "asks GoHighLevel again whether the app is installed")
              : done(
                  "about as old as the present installation, which GoHighLevel goes on accepting");
      case UNKNOWN ->
          patience.isTooOld(event)
              ? new Result.Finished(
                  WebhookStatus.DEAD,
                  "GoHighLevel could not be asked whether the app is installed",
                  Reason.CRM_AWAY)
              : patience.later(
                  event,
                  ASK_AGAIN,
                  Reason.CRM_AWAY,
                  "asks GoHighLevel whether the app is still installed");
    };
  }

  @Override
  public Result located(QueuedWebhook event) {
    Envelope envelope = event.envelope();
    if (isConnected(envelope.locationId())) {
      return done("the app is installed there");
    }
    boolean isLookedFor =
        !envelope.companyId().isEmpty()
            && discovering.requestForNewLocation(new CompanyId(envelope.companyId()));
    return isLookedFor
        ? done("made in an agency that has the app in new locations; it is looked for")
        : Results.skipped("the app is not installed there");
  }

  @Override
  public Result parked(QueuedWebhook event) {
    return patience.parked(event);
  }

  private static Result done(String outcome) {
    return new Result.Finished(WebhookStatus.DONE, outcome);
  }
}
