package com.lpai.application.mirror;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

final class IntakeService<I, G, R extends Mirrored<I, G, R>> implements Intake<G> {
  /** A search may tell what was so long ago (ghl-facts.md 3.1: some seconds). */
  private static final Duration SEARCH_LAG = Duration.ofMinutes(1);

  /** Searches and reads need not tell the time of one change equally exactly. */
  private static final Duration EXACTNESS = Duration.ofSeconds(1);

  private final MirrorRepository<I, G, R> records;
  private final LocationRepository locations;
  private final IntakeRules<I, G, R> rules;
  private final Instance instance;

  IntakeService(
      MirrorRepository<I, G, R> records,
      LocationRepository locations,
      IntakeRules<I, G, R> rules,
      Instance instance) {
    this.records = records;
    this.locations = locations;
    this.rules = rules;
    this.instance = instance;
  }

  @Override
  public CrmRecord<G> normalised(LocationId locationId, CrmRecord<G> said) {
    return rules.normalised(location(locationId), said);
  }

  @Override
  public List<CrmRecord<G>> normalised(Location location, List<CrmRecord<G>> page) {
    List<CrmRecord<G>> said = new ArrayList<>();
    Set<G> seen = new HashSet<>();
    for (CrmRecord<G> record : page) {
      if (seen.add(record.id())) {
        said.add(rules.normalised(location, record));
      }
    }
    return said;
  }

  private Location location(LocationId locationId) {
    return locations
        .find(locationId)
        .orElseGet(() -> Location.installed(locationId, CompanyId.UNKNOWN, Instant.EPOCH));
  }

  // ---- a page

  /** One record of a page: what we had, what was said, and what it comes to. */
  private record Change<G, R>(CrmRecord<G> said, R before, R after) {}

  @Override
  public PageOutcome<G> absorbPage(
      Location location, List<CrmRecord<G>> said, Instant readAt, Origin by) {
    LocationId locationId = location.id();
    Source source = new Source(policy(location), by);
    Map<G, R> known = known(locationId, said.stream().map(CrmRecord::id).toList());
    IntakeRules.Matcher<G, R> matcher = matcher(locationId, said, known);
    List<R> before = new ArrayList<>();
    List<R> merged = new ArrayList<>();
    Set<G> doubtful = new LinkedHashSet<>();
    for (CrmRecord<G> each : said) {
      R present =
          Optional.ofNullable(known.get(each.id()))
              .or(() -> matcher.take(each))
              .orElseGet(() -> fresh(locationId, each));
      Optional<R> believed = afterPage(present, each, readAt, source);
      if (believed.isEmpty()) {
        doubtful.add(each.id());
      }
      before.add(present);
      merged.add(believed.orElse(present));
    }
    List<R> after = records(rules.resolved(locationId, merged));
    List<Change<G, R>> changes = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Change<G, R> change = new Change<>(said.get(i), before.get(i), after.get(i));
      if (!rules.isWellTold(change.after(), change.said())
          || !change.after().notShown(change.said()).isEmpty()) {
        doubtful.add(change.said().id());
      }
      if (!change.after().equals(change.before())) {
        changes.add(change);
      }
    }
    doubtful.addAll(store(locationId, changes, readAt, source));
    return new PageOutcome<>(
        changes.stream().map(change -> change.said().id()).toList(), List.copyOf(doubtful));
  }

  /** The record after what a page said of it; empty when only a read of its own can be believed. */
  private Optional<R> afterPage(R record, CrmRecord<G> said, Instant readAt, Source source) {
    R after = afterRead(record, said, readAt, source);
    boolean isDoubtful =
        isStale(record, readAt) || (!after.equals(record) && isPerhapsOlder(record, said, readAt));
    return isDoubtful ? Optional.empty() : Optional.of(after);
  }

  /**
   * Pages come from a search, which lags: what it says may be older than what a read, an event or a
   * push of ours told since. A deletion is taken back by nothing but a read of the record itself.
   */
  private static boolean isPerhapsOlder(
      Mirrored<?, ?, ?> record, CrmRecord<?> said, Instant readAt) {
    if (record.version() == 0) {
      return false;
    }
    CrmTrace trace = record.trace();
    boolean isOlder =
        said.changedAt().isAfter(Instant.EPOCH)
            && said.changedAt().plus(EXACTNESS).isBefore(trace.changedAt());
    Instant mayBeSeen = readAt.minus(SEARCH_LAG);
    return isOlder
        || record.presence() instanceof Presence.DeletedInCrm
        || record.updatedAt().isAfter(mayBeSeen)
        || trace.lastReadAt().isAfter(mayBeSeen)
        || trace.lastPushAt().isAfter(mayBeSeen);
  }

  private Map<G, R> known(LocationId locationId, List<G> ids) {
    Map<G, R> known = new HashMap<>(records.findByCrmIds(locationId, ids));
    known.entrySet().removeIf(entry -> entry.getValue().isLinkedElsewhere(entry.getKey()));
    return known;
  }

  private IntakeRules.Matcher<G, R> matcher(
      LocationId locationId, List<CrmRecord<G>> said, Map<G, R> known) {
    List<CrmRecord<G>> unknown =
        said.stream().filter(record -> !known.containsKey(record.id())).toList();
    return unknown.isEmpty() ? record -> Optional.empty() : rules.matching(locationId, unknown);
  }

  /** Stores the changes; answers those that must be read once more. */
  private List<G> store(
      LocationId locationId, List<Change<G, R>> changes, Instant readAt, Source source) {
    List<G> doubtful = new ArrayList<>();
    List<R> arrived = new ArrayList<>();
    List<SaveOutcome<G, R>> outcomes =
        records.saveAll(locationId, changes.stream().map(Change::after).toList());
    for (int i = 0; i < outcomes.size(); i++) {
      CrmRecord<G> said = changes.get(i).said();
      if (outcomes.get(i) instanceof SaveOutcome.Saved<G, R>(R saved)) {
        signalIfPending(saved);
        if (isNew(changes.get(i).before())) {
          arrived.add(saved);
        }
      } else if (!absorbPart(locationId, said, readAt, source)) {
        doubtful.add(said.id());
      }
    }
    if (!arrived.isEmpty()) {
      rules.arrived(locationId, arrived);
    }
    return doubtful;
  }

  private static boolean isNew(Mirrored<?, ?, ?> before) {
    return before.version() == 0 || before.crmId().isEmpty();
  }

  /** One record of a page, which somebody else stored at the same moment. */
  private boolean absorbPart(
      LocationId locationId, CrmRecord<G> said, Instant readAt, Source source) {
    boolean[] believed = {true};
    change(
        locationId,
        said,
        record -> {
          Optional<R> after = afterPage(record, said, readAt, source);
          believed[0] = after.isPresent();
          return after.orElse(record);
        });
    return believed[0];
  }

  /** A read that began before a push was accepted may not have seen what was pushed. */
  private boolean isStale(R record, Instant readAt) {
    return record.trace().lastPushAt().isAfter(readAt);
  }

  // ---- a single record

  @Override
  public ReadOutcome absorbRead(
      LocationId locationId, CrmRecord<G> said, Instant readAt, Instant heardAt, Origin by) {
    Source source = new Source(policy(locationId), by);
    boolean[] fresh = {true};
    Optional<CrmFailure> unanswered =
        change(
            locationId,
            said,
            record -> {
              fresh[0] = !isStale(record, readAt);
              R after = afterRead(record, said, readAt, source);
              return fresh[0] && (record.version() > 0 || !after.equals(record))
                  ? after.withTrace(
                      after.trace().read(readAt, said.changedAt()).heard(heardAt).complete())
                  : after;
            });
    return new ReadOutcome(fresh[0], unanswered);
  }

  @Override
  public Missed missed(LocationId locationId, G id) {
    while (true) {
      Optional<R> known = records.findByCrmId(locationId, id);
      if (known.isEmpty()) {
        return new Missed.Unknown();
      }
      R record = known.get();
      if (!record.isLive() || !isLinkedTo(record, id)) {
        return new Missed.Deleted();
      }
      CrmTrace trace = record.trace().missed(instance.time().instant());
      if (trace.equals(record.trace())
          || records.save(locationId, record.withTrace(trace)) instanceof SaveOutcome.Saved<G, R>) {
        return new Missed.Live(trace.missedAt());
      }
    }
  }

  private static <G> boolean isLinkedTo(Mirrored<?, G, ?> record, G id) {
    return record.crmId().filter(id::equals).isPresent();
  }

  @Override
  public boolean deleted(LocationId locationId, G id, Instant eventAt) {
    while (true) {
      Optional<R> known = records.findByCrmId(locationId, id);
      if (known.isEmpty() || !isLinkedTo(known.get(), id)) {
        return false;
      }
      R before = known.get();
      R after = before.deletedInCrm(before.trace().applied(eventAt), instance.time().instant());
      if (records.save(locationId, after) instanceof SaveOutcome.Saved<G, R>) {
        return true;
      }
    }
  }

  // ---- events

  /** What the events of one record come to, which was known before. */
  private record Told<R>(R before, R after, List<Heard.Outcome> outcomes) {}

  @Override
  public EventsOutcome<G> absorbEvents(
      LocationId locationId, List<Heard<G>> events, EventOrder order) {
    Location location = location(locationId);
    Map<G, List<Heard<G>>> byRecord = new LinkedHashMap<>();
    for (Heard<G> event : events) {
      byRecord
          .computeIfAbsent(event.id(), id -> new ArrayList<>())
          .add(normalised(location, event));
    }
    EventJudge judge =
        new EventJudge(
            order,
            location.setup().result(rules.step()).finishedAt(),
            rules.eventsShowEveryChange());
    Source source = new Source(policy(location), Origin.WEBHOOK);
    Map<G, Iterator<Heard.Outcome>> outcomes = new HashMap<>();
    Map<G, CrmFailure> unanswered = new HashMap<>();
    absorb(locationId, byRecord, judge, source, unanswered)
        .forEach((id, ofOne) -> outcomes.put(id, ofOne.iterator()));
    return new EventsOutcome<>(
        events.stream()
            .map(event -> Objects.requireNonNull(outcomes.get(event.id())).next())
            .toList(),
        unanswered);
  }

  private Heard<G> normalised(Location location, Heard<G> event) {
    return switch (event) {
      case Heard.Changed<G>(CrmRecord<G> said, Heard.Times times) ->
          new Heard.Changed<>(rules.normalised(location, said), times);
      case Heard.Deleted<G> deleted -> deleted;
    };
  }

  private Map<G, List<Heard.Outcome>> absorb(
      LocationId locationId,
      Map<G, List<Heard<G>>> byRecord,
      EventJudge judge,
      Source source,
      Map<G, CrmFailure> unanswered) {
    Map<G, R> known = known(locationId, List.copyOf(byRecord.keySet()));
    Map<G, List<Heard.Outcome>> outcomes = new HashMap<>();
    List<G> ids = new ArrayList<>();
    List<Told<R>> told = new ArrayList<>();
    Map<G, List<Heard<G>>> unknown = new LinkedHashMap<>();
    byRecord.forEach(
        (id, events) -> {
          R before = known.get(id);
          if (before == null) {
            unknown.put(id, events);
          } else {
            ids.add(id);
            told.add(told(before, events, judge, source));
          }
        });
    outcomes.putAll(ofUnknown(locationId, unknown));
    for (int i = 0; i < ids.size(); i++) {
      outcomes.put(ids.get(i), told.get(i).outcomes());
    }
    List<IntakeRules.Resolved<R>> after =
        told.isEmpty()
            ? List.of()
            : rules.resolved(locationId, told.stream().map(Told::after).toList());
    for (int i = 0; i < ids.size(); i++) {
      G id = ids.get(i);
      after.get(i).unanswered().ifPresent(failure -> unanswered.put(id, failure));
    }
    for (int i : refused(locationId, told, records(after))) {
      // Somebody else stored it at the same moment: its events once more, on what is there now.
      G id = ids.get(i);
      unanswered.remove(id);
      outcomes.putAll(
          absorb(
              locationId,
              Map.of(id, byRecord.getOrDefault(id, List.of())),
              judge,
              source,
              unanswered));
    }
    return outcomes;
  }

  /** Stores what changed; answers the places of those that somebody else stored meanwhile. */
  private List<Integer> refused(LocationId locationId, List<Told<R>> told, List<R> after) {
    List<Integer> changed =
        IntStream.range(0, told.size())
            .filter(i -> !after.get(i).equals(told.get(i).before()))
            .boxed()
            .toList();
    List<Integer> refused = new ArrayList<>();
    List<SaveOutcome<G, R>> saved =
        changed.isEmpty()
            ? List.of()
            : records.saveAll(locationId, changed.stream().map(after::get).toList());
    for (int i = 0; i < saved.size(); i++) {
      if (saved.get(i) instanceof SaveOutcome.Saved<G, R>(R record)) {
        signalIfPending(record);
      } else {
        refused.add(changed.get(i));
      }
    }
    return refused;
  }

  private Told<R> told(R before, List<Heard<G>> events, EventJudge judge, Source source) {
    R present = before;
    List<Heard.Outcome> outcomes = new ArrayList<>();
    for (Heard<G> event : events) {
      Heard.Outcome outcome =
          isBehind(outcomes) ? Heard.Outcome.BEHIND : judge.judge(present, event);
      outcomes.add(outcome);
      present = after(present, event, outcome, judge, source);
    }
    return new Told<>(before, present, outcomes);
  }

  private static boolean isBehind(List<Heard.Outcome> before) {
    return !before.isEmpty() && !before.getLast().isOver();
  }

  private R after(
      R record, Heard<G> event, Heard.Outcome outcome, EventJudge judge, Source source) {
    Instant sentAt = event.times().sentAt();
    CrmTrace applied = record.trace().applied(sentAt);
    return switch (event) {
      case Heard.Deleted<G> deleted ->
          outcome == Heard.Outcome.DELETED
              ? record.deletedInCrm(applied, instance.time().instant())
              : record;
      case Heard.Changed<G>(CrmRecord<G> said, Heard.Times times) ->
          switch (outcome) {
            case APPLIED -> merged(record, timed(said, sentAt), applied, source);
            case TO_BE_READ_TOO ->
                merged(record, timed(said, sentAt), applied.incomplete(sentAt), source);
            case ECHO ->
                judge.isToBeNoted(record, times)
                    ? record.withTrace(record.trace().heard(sentAt))
                    : record;
            case DELETED, NOTHING_TO_DELETE, DELETED_HERE, OUR_CREATE, TO_BE_READ, BEHIND -> record;
          };
    };
  }

  /**
   * Only a read tells enough of a record that is not here: an update may come before its create.
   */
  private Map<G, List<Heard.Outcome>> ofUnknown(
      LocationId locationId, Map<G, List<Heard<G>>> unknown) {
    if (unknown.isEmpty()) {
      return Map.of();
    }
    List<R> creates = createsUnderWay(locationId);
    Map<G, List<Heard.Outcome>> outcomes = new HashMap<>();
    unknown.forEach(
        (id, events) -> {
          List<Heard.Outcome> ofOne = new ArrayList<>();
          for (Heard<G> event : events) {
            ofOne.add(isBehind(ofOne) ? Heard.Outcome.BEHIND : ofUnknown(event, creates));
          }
          outcomes.put(id, ofOne);
        });
    return outcomes;
  }

  private Heard.Outcome ofUnknown(Heard<G> event, List<R> creates) {
    return switch (event) {
      case Heard.Deleted<G> deleted -> Heard.Outcome.NOTHING_TO_DELETE;
      case Heard.Changed<G>(CrmRecord<G> said, Heard.Times times) ->
          creates.stream().anyMatch(ours -> mayBeSame(ours, said))
              ? Heard.Outcome.OUR_CREATE
              : Heard.Outcome.TO_BE_READ;
    };
  }

  /**
   * A Create event can overtake the answer of our own create. Once the create is in doubt nobody
   * waits any more: a read, and matching where there is one, links the two.
   */
  private List<R> createsUnderWay(LocationId locationId) {
    Instant now = instance.time().instant();
    return records.findCreatesInFlight(locationId).stream()
        .filter(record -> record.sync().problem().isEmpty())
        .filter(record -> isCallUnderWay(record, now))
        .toList();
  }

  private static boolean isCallUnderWay(Mirrored<?, ?, ?> record, Instant now) {
    return record.sync().push() instanceof Push.InFlight call && call.leaseUntil().isAfter(now);
  }

  /** What we sent may have been changed again here meanwhile. */
  private boolean mayBeSame(R ours, CrmRecord<G> said) {
    return rules.identifying().stream()
        .allMatch(
            name ->
                said.fields()
                    .get(name)
                    .map(
                        value ->
                            value.equals(sent(ours, name)) || value.equals(ours.fields().get(name)))
                    .orElse(true));
  }

  private static FieldValue sent(Mirrored<?, ?, ?> ours, FieldName name) {
    return ours.sync().push() instanceof Push.InFlight call
        ? call.values().get(name).orElse(FieldValue.cleared())
        : FieldValue.cleared();
  }

  // ---- what the CRM has no longer

  @Override
  public long countLinked(LocationId locationId) {
    return records.countLinked(locationId);
  }

  /** One that somebody stores meanwhile goes without the note, and is looked up on its own. */
  @Override
  public void noteRead(LocationId locationId, List<G> ids, Instant readAt) {
    records.saveAll(
        locationId,
        known(locationId, ids).values().stream()
            .map(record -> record.withTrace(record.trace().read(readAt, Instant.EPOCH)))
            .toList());
  }

  @Override
  public List<G> notReadSince(LocationId locationId, String after, Instant since, int limit) {
    return records.findNotReadSince(locationId, after, since, limit);
  }

  // ---- the merge

  /** What is known of a word of the CRM beside what it says. */
  private record Source(ConflictPolicy policy, Origin by) {}

  private ConflictPolicy policy(Location location) {
    return location.conflictRules().of(rules.kind());
  }

  @Override
  public ConflictPolicy policy(LocationId locationId) {
    return field -> policy(location(locationId)).rule(field);
  }

  /** An event is sent soon after the change that it tells of, where that has no time of its own. */
  private static <G> CrmRecord<G> timed(CrmRecord<G> said, Instant sentAt) {
    return said.changedAt().equals(Instant.EPOCH) ? said.changed(sentAt) : said;
  }

  private R afterRead(R record, CrmRecord<G> said, Instant readAt, Source source) {
    if (record.presence() instanceof Presence.DeletedHere || isStale(record, readAt)) {
      return record;
    }
    R present = record.revived(instance.time().instant());
    return merged(present, said, present.trace().read(readAt, said.changedAt()), source);
  }

  private R merged(R record, CrmRecord<G> said, CrmTrace trace, Source source) {
    if (record.presence() instanceof Presence.DeletedHere) {
      return record;
    }
    Instant now = instance.time().instant();
    boolean adopts = record.crmId().isEmpty() && record.version() > 0;
    R linked = adopts ? record.adopted(said.id(), now) : record;
    return linked.merged(said, trace, source.policy(), source.by(), now);
  }

  private R fresh(LocationId locationId, CrmRecord<G> said) {
    return rules.foundInCrm(records.nextId(), locationId, said.id(), instance.time().instant());
  }

  private static <R> List<R> records(List<IntakeRules.Resolved<R>> resolved) {
    return resolved.stream().map(IntakeRules.Resolved::record).toList();
  }

  /**
   * Finds, changes and stores until nobody interferes; answers why what the record refers to could
   * not be asked for.
   */
  private Optional<CrmFailure> change(
      LocationId locationId, CrmRecord<G> said, UnaryOperator<R> change) {
    while (true) {
      Map<G, R> known = known(locationId, List.of(said.id()));
      R before =
          Optional.ofNullable(known.get(said.id()))
              .or(() -> matcher(locationId, List.of(said), known).take(said))
              .orElseGet(() -> fresh(locationId, said));
      IntakeRules.Resolved<R> resolved =
          rules.resolved(locationId, List.of(change.apply(before))).getFirst();
      R after = resolved.record();
      if (after.equals(before)) {
        return resolved.unanswered();
      }
      if (records.save(locationId, after) instanceof SaveOutcome.Saved<G, R>(R saved)) {
        signalIfPending(saved);
        if (isNew(before)) {
          rules.arrived(locationId, List.of(saved));
        }
        return resolved.unanswered();
      }
    }
  }

  private void signalIfPending(R record) {
    if (record.sync().phase() == SyncPhase.PENDING) {
      rules.pending(record);
    }
  }
}
