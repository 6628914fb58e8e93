package com.lpai.application.reconcile;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks a second time at what seems to differ, and says why it likely does. What was touched on
 * either side since about when it was compared is read on its own; what has stood for long needs no
 * call.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
final class SecondLooks<I, G, R extends Mirrored<I, G, R>> {
  /** The CRM's clock and ours differ by minutes, and events take some (spec 6). */
  static final Duration LATELY = Duration.ofMinutes(10);

  /** A search may tell what was so long ago (ghl-facts.md 3.1: some seconds). */
  private static final Duration SEARCH_LAG = Duration.ofMinutes(1);

  /** Searches and reads need not tell the time of one change equally exactly. */
  private static final Duration EXACTNESS = Duration.ofSeconds(1);

  private final MirrorKind kind;
  private final MirrorRepository<I, G, R> records;
  private final Intake<G> intake;
  private final RecordSource<G> source;
  private final KindRules<I, G, R> rules;
  private final Instance instance;

  SecondLooks(
      MirrorKind kind,
      MirrorRepository<I, G, R> records,
      Intake<G> intake,
      RecordSource<G> source,
      KindRules<I, G, R> rules,
      Instance instance) {
    this.kind = kind;
    this.records = records;
    this.intake = intake;
    this.source = source;
    this.rules = rules;
    this.instance = instance;
  }

  /** What a second look came to. */
  sealed interface Verdict {
    /** It does not differ, or not any more. */
    record Equal() implements Verdict {}

    /** It does. */
    record Differs(Difference difference) implements Verdict {}

    /** A push is about to be made: it is too early to tell. */
    record Later() implements Verdict {}

    /** It could not be asked. */
    record Failed(CrmFailure failure) implements Verdict {}
  }

  /**
   * What it came to.
   *
   * @param calls to the CRM that it took
   */
  record Look(Verdict verdict, int calls) {
    static Look of(Verdict verdict) {
      return new Look(verdict, 0);
    }
  }

  /**
   * Looks again.
   *
   * @param mayCall false when so many were looked for that the rest is taken as it seems
   */
  Look at(Location location, Difference suspected, boolean mayCall) {
    Optional<R> ours = ours(location.id(), suspected);
    return switch (suspected.nature()) {
      case MISSING_HERE -> missingHere(location, suspected, ours, mayCall);
      case FIELDS -> fields(location, suspected, ours, mayCall);
      case MISSING_THERE -> missingThere(location, suspected, ours, mayCall);
      case DELETED_HERE -> deletedHere(location, suspected, ours, mayCall);
      case DUPLICATE -> duplicate(location.id(), suspected, ours);
      case REFERENCE_GONE -> referenceGone(location.id(), suspected, ours);
    };
  }

  private Optional<R> ours(LocationId locationId, Difference suspected) {
    return suspected.ourId().isEmpty()
        ? records.findByCrmId(locationId, rules.crmIds().apply(suspected.crmId()))
        : records.find(locationId, rules.ids().apply(suspected.ourId()));
  }

  private static boolean isLinkedTo(Mirrored<?, ?, ?> record, String crmId) {
    return record.isLive() && record.crmId().filter(id -> id.toString().equals(crmId)).isPresent();
  }

  private Look missingHere(
      Location location, Difference suspected, Optional<R> ours, boolean mayCall) {
    boolean isHereNow = ours.filter(it -> isLinkedTo(it, suspected.crmId())).isPresent();
    boolean hasStood = suspected.changedAt().isBefore(suspected.seenAt().minus(LATELY));
    return mayCall && (isHereNow || !hasStood)
        ? again(location, suspected)
        : Look.of(open(suspected, isHereNow ? Cause.CHANGED_LATELY : Cause.WEBHOOK_LOST));
  }

  private Look fields(Location location, Difference suspected, Optional<R> ours, boolean mayCall) {
    if (suspected.cause() == Cause.NOT_SHOWN) {
      return mayCall ? again(location, suspected) : Look.of(open(suspected, Cause.NOT_SHOWN));
    }
    boolean isAsItWas =
        ours.filter(it -> isLinkedTo(it, suspected.crmId()))
            .filter(it -> it.version() == suspected.version())
            .filter(it -> hasStood(it, suspected))
            .isPresent();
    if (isAsItWas) {
      return Look.of(differs(suspected, ours.get(), suspected.fields(), suspected.changedAt()));
    }
    return mayCall ? again(location, suspected) : Look.of(open(suspected, Cause.CHANGED_LATELY));
  }

  /** True when nothing was done to it on either side about when it was compared. */
  private boolean hasStood(R ours, Difference suspected) {
    Instant before = suspected.seenAt().minus(SEARCH_LAG);
    CrmTrace trace = ours.trace();
    return ours.updatedAt().isBefore(before)
        && trace.lastReadAt().isBefore(before)
        && trace.lastPushAt().isBefore(before)
        && suspected.changedAt().isBefore(suspected.seenAt().minus(LATELY));
  }

  private Look missingThere(
      Location location, Difference suspected, Optional<R> ours, boolean mayCall) {
    if (ours.isEmpty() || !ours.get().isLive()) {
      return Look.of(new Verdict.Equal());
    }
    R record = ours.get();
    if (suspected.crmId().isEmpty()) {
      return Look.of(
          record.crmId().isPresent()
              ? new Verdict.Equal()
              : untold(suspected, record, neverTold(record)));
    }
    if (!isLinkedTo(record, suspected.crmId())) {
      return Look.of(new Verdict.Equal());
    }
    return mayCall ? again(location, suspected) : Look.of(open(suspected, Cause.NOT_LISTED));
  }

  private static Cause neverTold(Mirrored<?, ?, ?> record) {
    return record.sync().phase() == SyncPhase.SYNCED ? Cause.NEVER_TOLD : waiting(record);
  }

  private static Cause waiting(Mirrored<?, ?, ?> record) {
    return switch (record.sync().phase()) {
      case SYNCED, PENDING -> Cause.PUSH_WAITING;
      case BLOCKED -> Cause.PUSH_BLOCKED;
      case FAILED -> Cause.PUSH_FAILED;
    };
  }

  private Look deletedHere(
      Location location, Difference suspected, Optional<R> ours, boolean mayCall) {
    boolean isDeletedHere =
        ours.filter(it -> it.presence() instanceof Presence.DeletedHere).isPresent();
    if (!isDeletedHere) {
      return mayCall ? again(location, suspected) : Look.of(open(suspected, Cause.CAME_BACK));
    }
    R record = ours.get();
    if (record.crmId().isEmpty()) {
      boolean wasJustConfirmed =
          !record.trace().lastPushAt().isBefore(suspected.seenAt().minus(SEARCH_LAG));
      return wasJustConfirmed && mayCall
          ? again(location, suspected)
          : Look.of(open(suspected, Cause.CAME_BACK));
    }
    Cause cause =
        record.sync().phase() == SyncPhase.FAILED ? Cause.DELETION_REFUSED : Cause.DELETION_WAITING;
    return Look.of(untold(suspected, record, cause));
  }

  private Look duplicate(LocationId locationId, Difference suspected, Optional<R> ours) {
    return Look.of(
        ours.filter(Mirrored::isLive)
            .filter(record -> record.crmId().isEmpty())
            .flatMap(record -> rules.twin(locationId, record))
            .<Verdict>map(
                twin ->
                    open(suspected.noted("Of the same as " + twin.id() + "."), Cause.UNLINKED_TWIN))
            .orElseGet(Verdict.Equal::new));
  }

  private Look referenceGone(LocationId locationId, Difference suspected, Optional<R> ours) {
    boolean stands =
        ours.filter(it -> isLinkedTo(it, suspected.crmId())).isPresent()
            && (suspected.cause() != Cause.CONTACT_GONE
                || !rules.isContactHere(locationId, suspected.note()));
    return Look.of(stands ? open(suspected, suspected.cause()) : new Verdict.Equal());
  }

  // ---- one call

  private Look again(Location location, Difference suspected) {
    G id = rules.crmIds().apply(suspected.crmId());
    return new Look(
        switch (source.find(location, id)) {
          case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) ->
              notThere(location.id(), suspected, id);
          case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> new Verdict.Failed(failure);
          case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> said) ->
              compared(location.id(), suspected, intake.normalised(location.id(), said));
        },
        1);
  }

  private Verdict notThere(LocationId locationId, Difference suspected, G id) {
    return records
        .findByCrmId(locationId, id)
        .filter(record -> isLinkedTo(record, suspected.crmId()))
        .<Verdict>map(
            record ->
                open(
                    anew(suspected, Nature.MISSING_THERE, Cause.DELETED_THERE, record),
                    Cause.DELETED_THERE))
        .orElseGet(Verdict.Equal::new);
  }

  private Verdict compared(LocationId locationId, Difference suspected, CrmRecord<G> said) {
    Optional<R> ours = records.findByCrmId(locationId, said.id());
    if (ours.filter(it -> it.presence() instanceof Presence.DeletedHere).isPresent()) {
      R record = ours.get();
      return record.crmId().isEmpty()
          ? open(anew(suspected, Nature.DELETED_HERE, Cause.CAME_BACK, record), Cause.CAME_BACK)
          : untold(
              anew(suspected, Nature.DELETED_HERE, Cause.DELETION_WAITING, record),
              record,
              record.sync().phase() == SyncPhase.FAILED
                  ? Cause.DELETION_REFUSED
                  : Cause.DELETION_WAITING);
    }
    if (ours.filter(it -> isLinkedTo(it, suspected.crmId())).isEmpty()) {
      return open(
          suspected.nature() == Nature.MISSING_HERE
              ? suspected
              : Difference.suspected(
                  kind,
                  Nature.MISSING_HERE,
                  Cause.WEBHOOK_LOST,
                  "",
                  suspected.crmId(),
                  suspected.seenAt()),
          lately(said.changedAt()) ? Cause.CHANGED_LATELY : Cause.WEBHOOK_LOST);
    }
    R record = ours.get();
    List<FieldName> differing = record.differing(said);
    if (!differing.isEmpty()) {
      Difference found = anew(suspected, Nature.FIELDS, Cause.WEBHOOK_LOST, record);
      return differs(
          found.seen(differing, said.changedAt(), record.version()),
          record,
          differing,
          said.changedAt());
    }
    return suspected.nature() == Nature.MISSING_THERE && rules.isHidden(locationId, record)
        ? open(
            anew(suspected, Nature.REFERENCE_GONE, Cause.CALENDAR_GONE, record),
            Cause.CALENDAR_GONE)
        : new Verdict.Equal();
  }

  private Difference anew(Difference suspected, Nature nature, Cause cause, R record) {
    return suspected.nature() == nature
        ? suspected
        : Difference.suspected(
            kind,
            nature,
            cause,
            String.valueOf(record.id()),
            suspected.crmId(),
            suspected.seenAt());
  }

  // ---- why

  private Verdict differs(
      Difference suspected, R ours, List<FieldName> differing, Instant theirChange) {
    Set<FieldName> edited = ours.sync().dirty().keySet();
    List<FieldName> notEdited = differing.stream().filter(name -> !edited.contains(name)).toList();
    return notEdited.isEmpty()
        ? untold(suspected, ours, waiting(ours))
        : open(suspected.seen(notEdited, theirChange, ours.version()), theirs(ours, theirChange));
  }

  /** Theirs is another value than both sides agreed on. */
  private Cause theirs(R ours, Instant theirChange) {
    if (theirChange.equals(Instant.EPOCH)) {
      return Cause.WEBHOOK_LOST;
    }
    CrmTrace trace = ours.trace();
    boolean wasKnown =
        List.of(trace.changedAt(), trace.lastReadAt(), trace.lastHeardAt(), trace.lastPushAt())
            .stream()
            .anyMatch(known -> !theirChange.isAfter(known.plus(EXACTNESS)));
    if (wasKnown) {
      return Cause.ALTERED_HERE;
    }
    return lately(theirChange) ? Cause.CHANGED_LATELY : Cause.WEBHOOK_LOST;
  }

  private boolean lately(Instant theirChange) {
    return !theirChange.isBefore(instance.time().instant().minus(LATELY));
  }

  /** Something of ours is to be told: one that is just being told is given its time. */
  private Verdict untold(Difference suspected, R ours, Cause cause) {
    Instant now = instance.time().instant();
    boolean isFirstTry =
        ours.sync().phase() == SyncPhase.PENDING
            && ours.sync().attempts() == 0
            && ours.updatedAt().isAfter(now.minus(SEARCH_LAG));
    return isFirstTry ? new Verdict.Later() : open(suspected.noted(ours.sync().problem()), cause);
  }

  private Verdict open(Difference suspected, Cause cause) {
    return new Verdict.Differs(suspected.open(cause, instance.time().instant()));
  }
}
