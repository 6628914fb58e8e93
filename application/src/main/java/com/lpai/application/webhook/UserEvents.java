package com.lpai.application.webhook;

import com.lpai.application.directory.DirectoryReading;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Events about users. Who works in a location is what the CRM lists: an event does not tell whether
 * somebody left one location or all, so everybody is read again, once for all events at hand.
 */
final class UserEvents implements EventsOfOneKind<QueuedWebhook> {
  private static final int LOCKS = 64;

  private final DirectoryReading users;
  private final LocationRepository locations;
  private final Results results;

  /** One for some locations each: a list that was read earlier is not stored later. */
  private final List<Lock> reading =
      IntStream.range(0, LOCKS).<Lock>mapToObj(number -> new ReentrantLock()).toList();

  UserEvents(DirectoryReading users, LocationRepository locations, Instance instance) {
    this.users = users;
    this.locations = locations;
    this.results = new Results(instance);
  }

  @Override
  public List<Result> apply(LocationId locationId, List<QueuedWebhook> events) {
    Lock lock = reading.get(Math.floorMod(locationId.hashCode(), LOCKS));
    lock.lock();
    try {
      return Collections.nCopies(events.size(), read(locationId));
    } finally {
      lock.unlock();
    }
  }

  private Result read(LocationId locationId) {
    Optional<Location> location = locations.find(locationId);
    if (location.isEmpty()) {
      return Results.skipped("nothing is known of the location");
    }
    return switch (users.read(location.get(), () -> true)) {
      case DirectoryReading.Outcome.Complete complete ->
          Results.done("users read from GoHighLevel");
      case DirectoryReading.Outcome.Lacking lacking -> Results.done("users read from GoHighLevel");
      case DirectoryReading.Outcome.TakenOver never ->
          throw new IllegalStateException("nobody takes over");
      case DirectoryReading.Outcome.Failed(CrmFailure.NotFound gone) ->
          Results.skipped(gone.message());
      case DirectoryReading.Outcome.Failed(CrmFailure failure) -> results.unanswered(failure);
    };
  }
}
