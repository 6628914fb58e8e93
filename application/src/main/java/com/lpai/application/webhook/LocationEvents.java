package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.CrmLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Events about the location itself, which tell little of it: it is read, once for all of them. */
final class LocationEvents implements EventsOfOneKind<QueuedWebhook> {
  private final CrmLocations crm;
  private final LocationRepository locations;
  private final Results results;

  LocationEvents(CrmLocations crm, LocationRepository locations, Instance instance) {
    this.crm = crm;
    this.locations = locations;
    this.results = new Results(instance);
  }

  @Override
  public List<Result> apply(LocationId locationId, List<QueuedWebhook> events) {
    return Collections.nCopies(events.size(), read(locationId));
  }

  private Result read(LocationId locationId) {
    return switch (crm.details(locationId, CallPriority.FOLLOW_UP)) {
      case CrmResult.Done<LocationDetails>(LocationDetails details) -> store(locationId, details);
      case CrmResult.Failed<LocationDetails>(CrmFailure.NotFound gone) ->
          Results.skipped(gone.message());
      case CrmResult.Failed<LocationDetails>(CrmFailure failure) -> results.unanswered(failure);
    };
  }

  private Result store(LocationId locationId, LocationDetails details) {
    Optional<Location> changed =
        Versioned.change(
            () -> locations.find(locationId),
            found ->
                found
                    .filter(location -> !location.details().equals(details))
                    .map(location -> location.withDetails(details)),
            location -> locations.save(locationId, location));
    return Results.done(
        changed.isPresent() ? "details read from GoHighLevel" : "details are as they were");
  }
}
