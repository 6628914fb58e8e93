package com.lpai.application.webhook;

import com.lpai.application.work.Instance;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Events about a user of several locations: the list of each of ours is read again. A company's own
 * users are in the lists of none. One whose tokens are not accepted is read when it is connected
 * again.
 */
final class UsersOfSeveral {
  /** So long a turn begins reads; the claim must outlive the last of them. */
  private static final Duration READING = Duration.ofSeconds(10);

  private static final int REMEMBERED = 1_000;
  private static final String READ = "users read from GoHighLevel";

  private final EventsOfOneKind<QueuedWebhook> users;
  private final Predicate<LocationId> isUsable;
  private final Results results;
  private final Instance instance;

  /**
   * Where was read for an event, by its id, while it waits for another location. Without it an
   * event of more locations than a turn can read would never come to its end.
   */
  private final Map<String, Set<LocationId>> readFor = new LinkedHashMap<>();

  UsersOfSeveral(
      EventsOfOneKind<QueuedWebhook> users, Predicate<LocationId> isUsable, Instance instance) {
    this.users = users;
    this.isUsable = isUsable;
    this.results = new Results(instance);
    this.instance = instance;
  }

  /** Applies the events of one batch: each location is read once for all of them. */
  Turn turn() {
    return new Turn();
  }

  final class Turn {
    private final Instant begun = instance.time().instant();
    private final Map<LocationId, Result> made = new HashMap<>();

    private Turn() {}

    /**
     * Applies one event.
     *
     * @param named the locations that the user belongs to, ours among them
     */
    Result apply(QueuedWebhook event, Set<LocationId> named) {
      Set<LocationId> before = takeReadFor(event.id());
      Set<LocationId> read = new HashSet<>(before);
      Map<LocationId, Result> ofEach = new LinkedHashMap<>();
      named.stream()
          .sorted(Comparator.comparing(LocationId::value))
          .filter(location -> !before.contains(location))
          .filter(isUsable)
          .forEach(location -> ofEach.put(location, in(location, event)));
      ofEach.forEach(
          (location, result) -> {
            if (result instanceof Result.Finished && !isDead(result)) {
              read.add(location);
            }
          });
      Result worst =
          Stream.<Predicate<Result>>of(
                  Result.Later.class::isInstance, UsersOfSeveral::isDead, result -> true)
              .flatMap(wanted -> ofEach.values().stream().filter(wanted))
              .findFirst()
              .orElseGet(
                  () ->
                      before.isEmpty()
                          ? Results.skipped("the app is installed in none of the user's locations")
                          : Results.done(READ));
      if (worst instanceof Result.Later) {
        remember(event.id(), read);
      }
      return worst;
    }

    private Result in(LocationId location, QueuedWebhook event) {
      Result already = made.get(location);
      if (already != null) {
        return already;
      }
      Result result =
          instance.time().instant().isBefore(begun.plus(READING))
              ? users.apply(location, List.of(event)).getFirst()
              : results.nextTurn();
      made.put(location, result);
      return result;
    }
  }

  private static boolean isDead(Result result) {
    return result instanceof Result.Finished finished && finished.status() == WebhookStatus.DEAD;
  }

  private Set<LocationId> takeReadFor(String id) {
    synchronized (readFor) {
      Set<LocationId> read = readFor.remove(id);
      return read == null ? Set.of() : read;
    }
  }

  private void remember(String id, Set<LocationId> read) {
    if (read.isEmpty()) {
      return;
    }
    synchronized (readFor) {
      if (readFor.size() == REMEMBERED) {
        readFor.remove(readFor.keySet().iterator().next());
      }
      readFor.put(id, read);
    }
  }
}
