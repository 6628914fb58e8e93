package com.lpai.application.webhook;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Events about mirrored records of one kind. What can be believed is taken in by one batch; for the
 * rest each record is read once, and that decides about all events of it, for a read has seen
 * whatever they tell (spec 6, order).
 *
 * <p>Reads are follow-ups, also where an event merely left something out: an event that waits for
 * its read keeps those behind it waiting, which with the priority of a copy could take a day.
 *
 * @param <G> the CRM's id of such a record
 */
final class RecordEvents<G> implements EventsOfOneKind<RecordEvent<G>> {
  /** So long a turn begins reads; the claim must outlive the last of them. */
  private static final Duration READING = Duration.ofSeconds(10);

  /**
   * The CRM's word on one record.
   *
   * @param <G> the CRM's id of such a record
   */
  @FunctionalInterface
  interface Source<G> {
    CrmResult<CrmRecord<G>> find(LocationId locationId, G id);
  }

  private final Intake<G> intake;
  private final Source<G> crm;
  private final EventOrder order;
  private final Results results;
  private final Instance instance;

  RecordEvents(Intake<G> intake, Source<G> crm, EventOrder order, Instance instance) {
    this.intake = intake;
    this.crm = crm;
    this.order = order;
    this.results = new Results(instance);
    this.instance = instance;
  }

  @Override
  public List<Result> apply(LocationId locationId, List<RecordEvent<G>> events) {
    return new Turn(locationId, events).results();
  }

  /** The events of one call. */
  private final class Turn {
    private final LocationId locationId;
    private final List<RecordEvent<G>> events;
    private final Instant begun = now();
    private final Map<Integer, Result> made = new TreeMap<>();

    /** Why nothing more is asked for. */
    private Optional<Result> unanswered = Optional.empty();

    private Turn(LocationId locationId, List<RecordEvent<G>> events) {
      this.locationId = locationId;
      this.events = events;
    }

    private List<Result> results() {
      List<Integer> open = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        open.add(i);
      }
      while (!open.isEmpty()) {
        open = undecidedOf(open);
      }
      return List.copyOf(made.values());
    }

    /** Takes in and reads; answers those that are to be looked at once more. */
    private List<Integer> undecidedOf(List<Integer> open) {
      Intake.EventsOutcome<G> absorbed =
          intake.absorbEvents(
              locationId, open.stream().map(i -> events.get(i).heard()).toList(), order);
      Map<G, Integer> latestTaken = new LinkedHashMap<>();
      Map<G, List<Integer>> toBeRead = new LinkedHashMap<>();
      Map<G, Result> waiting = new LinkedHashMap<>();
      for (int k = 0; k < open.size(); k++) {
        int i = open.get(k);
        G id = events.get(i).id();
        switch (absorbed.outcomes().get(k)) {
          case ECHO -> {
            made.put(i, Results.done("echo: nothing new"));
            latestTaken.put(id, i);
          }
          case APPLIED -> {
            made.put(i, Results.done("applied"));
            latestTaken.put(id, i);
          }
          case DELETED -> made.put(i, Results.done("deleted in GoHighLevel"));
          case NOTHING_TO_DELETE -> made.put(i, Results.done("nothing to delete"));
          case DELETED_HERE -> made.put(i, Results.skipped("it was deleted here"));
          case OUR_CREATE -> {
            Result later = results.afterOurPush("waits for the answer to our own create");
            made.put(i, later);
            waiting.put(id, later);
          }
          case TO_BE_READ, TO_BE_READ_TOO ->
              toBeRead.computeIfAbsent(id, key -> new ArrayList<>()).add(i);
          case BEHIND -> {
            Optional<Result> first = Optional.ofNullable(waiting.get(id));
            if (first.isPresent()) {
              made.put(i, behind(first.get()));
            } else {
              toBeRead.computeIfAbsent(id, key -> new ArrayList<>()).add(i);
            }
          }
        }
      }
      absorbed
          .unanswered()
          .forEach(
              (id, failure) -> {
                if (latestTaken.containsKey(id) && !toBeRead.containsKey(id)) {
                  waitForMore(latestTaken.get(id), failure);
                }
              });
      List<Integer> undecided = new ArrayList<>();
      toBeRead.forEach((id, ofOne) -> undecided.addAll(read(id, ofOne)));
      return undecided;
    }

    /** Reads one record for all of these events; answers those that it does not decide. */
    private List<Integer> read(G id, List<Integer> ofOne) {
      if (unanswered.isEmpty() && !now().isBefore(begun.plus(READING))) {
        unanswered = Optional.of(results.nextTurn());
      }
      if (unanswered.isPresent()) {
        return wait(ofOne, unanswered.get());
      }
      Instant readAt = now();
      return switch (crm.find(locationId, id)) {
        case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> raw) ->
            taken(
                ofOne,
                intake.absorbRead(
                    locationId,
                    intake.normalised(locationId, raw),
                    readAt,
                    latestOf(ofOne),
                    Origin.WEBHOOK));
        case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) -> notFound(id, ofOne);
        case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> failed(failure, ofOne);
      };
    }

    private List<Integer> taken(List<Integer> ofOne, Intake.ReadOutcome read) {
      if (!read.isFresh()) {
        return wait(
            ofOne, results.afterOurPush("a push was accepted while it was read; it is read again"));
      }
      List<Integer> decided = decide(ofOne, "read from GoHighLevel", "covered by a read");
      read.unanswered().ifPresent(failure -> waitForMore(ofOne.getLast(), failure));
      return decided;
    }

    /** It is stored; what it refers to is asked for again with the latest event about it. */
    private void waitForMore(int latest, CrmFailure failure) {
      if (results.unanswered(failure) instanceof Result.Later later) {
        made.put(latest, later);
      }
    }

    private Instant latestOf(List<Integer> ofOne) {
      return ofOne.stream()
          .map(i -> events.get(i).heard().times().sentAt())
          .max(Comparator.naturalOrder())
          .orElse(Instant.EPOCH);
    }

    private List<Integer> failed(CrmFailure failure, List<Integer> ofOne) {
      Result result = results.unanswered(failure);
      if (result instanceof Result.Later) {
        if (Results.isOfTheWholeLocation(failure)) {
          unanswered = Optional.of(result);
        }
        return wait(ofOne, result);
      }
      made.put(ofOne.getFirst(), result);
      return ofOne.subList(1, ofOne.size());
    }

    /**
     * The CRM must say twice that it has a record no longer; its own deletion event, which may be
     * lost, is one of the two.
     */
    private List<Integer> notFound(G id, List<Integer> ofOne) {
      Optional<RecordEvent<G>> deletion =
          ofOne.stream().map(events::get).filter(RecordEvent::isDeletion).findFirst();
      if (deletion.isPresent()) {
        intake.deleted(locationId, id, deletion.get().heard().times().sentAt());
        for (int i : ofOne) {
          made.put(
              i,
              events.get(i).isDeletion()
                  ? Results.done("deleted in GoHighLevel")
                  : Results.skipped("GoHighLevel no longer has it"));
        }
        return List.of();
      }
      return switch (intake.missed(locationId, id)) {
        case Intake.Missed.Deleted deleted -> skip(ofOne);
        case Intake.Missed.Unknown unknown -> unknownAndNotFound(ofOne);
        case Intake.Missed.Live(Instant since) -> {
          if (!results.isSecondLook(since)) {
            yield wait(ofOne, Results.secondLook(since));
          }
          intake.deleted(locationId, id, latestOf(ofOne));
          yield decide(
              ofOne,
              "GoHighLevel no longer has it: marked as deleted there",
              "GoHighLevel no longer has it");
        }
      };
    }

    private List<Integer> skip(List<Integer> some) {
      some.forEach(i -> made.put(i, Results.skipped("GoHighLevel no longer has it")));
      return List.of();
    }

    /** What an event told of a moment ago, the CRM's answers may not show yet. */
    private List<Integer> unknownAndNotFound(List<Integer> ofOne) {
      List<Integer> young =
          ofOne.stream().filter(i -> !results.isSecondLook(events.get(i).receivedAt())).toList();
      skip(ofOne.stream().filter(i -> !young.contains(i)).toList());
      return young.isEmpty()
          ? List.of()
          : wait(young, Results.secondLook(events.get(young.getFirst()).receivedAt()));
    }

    private List<Integer> decide(List<Integer> ofOne, String first, String rest) {
      ofOne.forEach(i -> made.put(i, Results.done(rest)));
      made.put(ofOne.getFirst(), Results.done(first));
      return List.of();
    }

    private List<Integer> wait(List<Integer> ofOne, Result first) {
      ofOne.forEach(i -> made.put(i, behind(first)));
      made.put(ofOne.getFirst(), first);
      return List.of();
    }

    private Result behind(Result first) {
      return first instanceof Result.Later(Instant until, Reason reason, String why)
          ? Results.behind(until)
          : first;
    }
  }

  private Instant now() {
    return instance.time().instant();
  }
}
