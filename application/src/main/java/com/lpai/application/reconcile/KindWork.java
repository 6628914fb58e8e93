package com.lpai.application.reconcile;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.SeenIds;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.Standing;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * Reconciling records of one kind: a page of changes, a page of a proof, a second look, a repair.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
final class KindWork<I, G, R extends Mirrored<I, G, R>> {
  private static final int STANDINGS = 1_000;

  /** What the CRM does not find is looked for again so much later before it counts as gone. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

  private final MirrorKind kind;
  private final MirrorRepository<I, G, R> records;
  private final Intake<G> intake;
  private final RecordSource<G> source;
  private final KindRules<I, G, R> rules;
  private final Runnable pushDue;
  private final Instance instance;
  private final Reading<G> reading;
  private final SecondLooks<I, G, R> looks;

  KindWork(
      MirrorKind kind,
      MirrorRepository<I, G, R> records,
      Intake<G> intake,
      RecordSource<G> source,
      KindRules<I, G, R> rules,
      Runnable pushDue,
      Instance instance) {
    this.kind = kind;
    this.records = records;
    this.intake = intake;
    this.source = source;
    this.rules = rules;
    this.pushDue = pushDue;
    this.instance = instance;
    reading = new Reading<>(source, intake, instance.time());
    looks = new SecondLooks<>(kind, records, intake, source, rules, instance);
  }

  MirrorKind kind() {
    return kind;
  }

  // ---- what changed

  /** What a page of changes came to. */
  sealed interface Absorbed {
    /**
     * It is stored.
     *
     * @param listed records that changed since the watermark
     * @param repaired records that differed although no event had brought the change
     */
    record Stored(String next, long listed, long repaired, String trouble) implements Absorbed {}

    record TooMuch(String cursor) implements Absorbed {}

    /** It must be read again, by whoever took over. */
    record CutShort() implements Absorbed {}

    record Failed(CrmFailure failure) implements Absorbed {}
  }

  /**
   * Takes in a page of changes, and reads one by one what it leaves in doubt.
   *
   * @param attempts how often that failed before, in a row
   */
  Absorbed absorb(
      Location location,
      String cursor,
      Instant since,
      Instant upTo,
      int attempts,
      BooleanSupplier stillOurs) {
    Instant readAt = instance.time().instant();
    return switch (source.changed(location, cursor, since)) {
      case RecordSource.Listed.Failed<G>(CrmFailure failure) -> new Absorbed.Failed(failure);
      case RecordSource.Listed.TooMuch<G>(String less) -> new Absorbed.TooMuch(less);
      case RecordSource.Listed.LeftOut<G>(String what, String next) ->
          new Absorbed.Stored(next, 0, 0, what);
      case RecordSource.Listed.Part<G>(List<CrmRecord<G>> items, String next, long total) ->
          absorb(location, items, next, readAt, upTo, attempts, stillOurs);
    };
  }

  private Absorbed absorb(
      Location location,
      List<CrmRecord<G>> items,
      String next,
      Instant readAt,
      Instant upTo,
      int attempts,
      BooleanSupplier stillOurs) {
    List<CrmRecord<G>> said = intake.normalised(location, items);
    Intake.PageOutcome<G> outcome =
        intake.absorbPage(location, said, readAt, Origin.RECONCILIATION);
    int unread = 0;
    String why = "";
    for (G id : outcome.doubtful()) {
      if (!stillOurs.getAsBoolean()) {
        return new Absorbed.CutShort();
      }
      // What was deleted meanwhile is found by the next proof, if its event does not tell.
      if (reading.absorb(location, id) instanceof Reading.Outcome.Failed(CrmFailure failure)) {
        if (!Pieces.keepsNoOther(failure, attempts)) {
          return new Absorbed.Failed(failure);
        }
        unread++;
        why = failure.message();
      }
    }
    long listed = said.stream().filter(record -> record.changedAt().isAfter(upTo)).count();
    Instant mayStillCome = readAt.minus(SecondLooks.LATELY);
    long repaired =
        said.stream()
            .filter(record -> outcome.changed().contains(record.id()))
            .filter(record -> record.changedAt().isBefore(mayStillCome))
            .count();
    String trouble =
        unread == 0
            ? ""
            : "Of the changed " + kind.key() + ", " + unread + " could not be read: " + why;
    return new Absorbed.Stored(next, listed, repaired, trouble);
  }

  // ---- a page of a proof

  /**
   * What was on a page, and what of it seems to differ.
   *
   * @param ids what it showed
   */
  record Compared(SeenIds ids, List<Difference> suspected, String next, long total) {}

  /** What a page of a proof came to. */
  sealed interface Paged {
    record Done(Compared compared) implements Paged {}

    record TooMuch(String cursor) implements Paged {}

    record LeftOut(String what, String next) implements Paged {}

    record Failed(CrmFailure failure) implements Paged {}
  }

  /**
   * Compares one page; nothing is changed.
   *
   * @param contacts the contacts that the CRM has, where they were listed whole
   */
  Paged compare(Location location, String cursor, Instant begunAt, Optional<SeenIds> contacts) {
    Instant readAt = instance.time().instant();
    return switch (source.all(location, cursor, begunAt)) {
      case RecordSource.Listed.Failed<G>(CrmFailure failure) -> new Paged.Failed(failure);
      case RecordSource.Listed.TooMuch<G>(String less) -> new Paged.TooMuch(less);
      case RecordSource.Listed.LeftOut<G>(String what, String next) ->
          new Paged.LeftOut(what, next);
      case RecordSource.Listed.Part<G>(List<CrmRecord<G>> items, String next, long total) ->
          new Paged.Done(
              compared(
                  location.id(),
                  intake.normalised(location, items),
                  readAt,
                  contacts,
                  next,
                  total));
    };
  }

  private Compared compared(
      LocationId locationId,
      List<CrmRecord<G>> page,
      Instant readAt,
      Optional<SeenIds> contacts,
      String next,
      long total) {
    Map<G, R> known =
        page.isEmpty()
            ? Map.of()
            : records.findByCrmIds(locationId, page.stream().map(CrmRecord::id).toList());
    SeenIds ids = new SeenIds();
    List<Difference> suspected = new ArrayList<>();
    for (CrmRecord<G> said : page) {
      ids.add(said.id().toString());
      Optional<R> ours =
          Optional.ofNullable(known.get(said.id()))
              .filter(record -> !record.isLinkedElsewhere(said.id()));
      suspicion(ours, said, readAt).ifPresent(suspected::add);
      if (contacts.isPresent() && ours.filter(Mirrored::isLive).isPresent()) {
        String contact = rules.contactNamed(said);
        if (!contact.isEmpty() && !contacts.get().contains(contact)) {
          suspected.add(
              suspected(Nature.REFERENCE_GONE, Cause.CONTACT_GONE, ours.get(), said.id(), readAt)
                  .noted(contact));
        }
      }
    }
    return new Compared(ids, suspected, next, total);
  }

  private Optional<Difference> suspicion(Optional<R> ours, CrmRecord<G> said, Instant readAt) {
    if (ours.isEmpty() || ours.get().presence() instanceof Presence.DeletedInCrm) {
      return Optional.of(
          Difference.suspected(
                  kind, Nature.MISSING_HERE, Cause.WEBHOOK_LOST, "", said.id().toString(), readAt)
              .seen(List.of(), said.changedAt(), 0));
    }
    R record = ours.get();
    if (record.presence() instanceof Presence.DeletedHere) {
      return Optional.of(
          suspected(Nature.DELETED_HERE, Cause.DELETION_WAITING, record, said.id(), readAt));
    }
    if (record.crmId().isEmpty()) {
      return Optional.of(
          Difference.suspected(
                  kind, Nature.MISSING_HERE, Cause.WEBHOOK_LOST, "", said.id().toString(), readAt)
              .seen(List.of(), said.changedAt(), record.version()));
    }
    List<FieldName> differing = record.differing(said);
    if (!differing.isEmpty()) {
      return Optional.of(
          suspected(Nature.FIELDS, Cause.WEBHOOK_LOST, record, said.id(), readAt)
              .seen(differing, said.changedAt(), record.version()));
    }
    List<FieldName> notShown = record.notShown(said);
    return notShown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            suspected(Nature.FIELDS, Cause.NOT_SHOWN, record, said.id(), readAt)
                .seen(notShown, said.changedAt(), record.version()));
  }

  private Difference suspected(Nature nature, Cause cause, R record, G crmId, Instant seenAt) {
    return Difference.suspected(
        kind, nature, cause, String.valueOf(record.id()), crmId.toString(), seenAt);
  }

  // ---- what is here

  /**
   * What is here, held against what the pages showed.
   *
   * @param here records that the CRM should have
   * @param unlisted records without a link that are counted only, because there are too many; not
   *     those that wait for their push, which most often ends before anybody could look again
   */
  record Held(long here, List<Difference> suspected, long unlisted) {}

  /** Empty when somebody else took over. */
  Optional<Held> hold(
      LocationId locationId, SeenIds seen, Proof proof, int most, BooleanSupplier stillOurs) {
    long here = 0;
    long unlisted = 0;
    List<Difference> suspected = new ArrayList<>();
    String cursor = "";
    do {
      if (!stillOurs.getAsBoolean()) {
        return Optional.empty();
      }
      Instant now = instance.time().instant();
      Page<Standing<I, G>> page = records.standings(locationId, cursor, STANDINGS);
      List<G> unseen = new ArrayList<>();
      for (Standing<I, G> standing : page.items()) {
        if (standing.isLive()) {
          Optional<G> crmId = standing.link().crmId();
          if (crmId.isEmpty()) {
            here++;
            if (suspected.size() < most) {
              suspected.add(unlinked(locationId, standing.id(), now));
            } else if (standing.phase() != SyncPhase.PENDING) {
              unlisted++;
            }
          } else if (seen.contains(crmId.get().toString())) {
            here++;
          } else {
            unseen.add(crmId.get());
          }
        }
      }
      if (!unseen.isEmpty()) {
        for (R record : records.findByCrmIds(locationId, unseen).values()) {
          if (record.isLive() && rules.isCompared(record, proof.begunAt())) {
            here++;
            record
                .crmId()
                .map(id -> suspected(Nature.MISSING_THERE, Cause.DELETED_THERE, record, id, now))
                .ifPresent(suspected::add);
          }
        }
      }
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return Optional.of(new Held(here, suspected, unlisted));
  }

  private Difference unlinked(LocationId locationId, I id, Instant now) {
    boolean hasTwin =
        records.find(locationId, id).flatMap(it -> rules.twin(locationId, it)).isPresent();
    return hasTwin
        ? Difference.suspected(
            kind, Nature.DUPLICATE, Cause.UNLINKED_TWIN, String.valueOf(id), "", now)
        : Difference.suspected(
            kind, Nature.MISSING_THERE, Cause.PUSH_WAITING, String.valueOf(id), "", now);
  }

  // ---- second looks, values

  SecondLooks.Look lookAgain(Location location, Difference suspected, boolean mayCall) {
    return looks.at(location, suspected, mayCall);
  }

  /** Both sides' values of the fields that differ now; one call where the CRM has the record. */
  ProofUseCase.Values values(Location location, Difference difference) {
    Optional<R> ours =
        difference.ourId().isEmpty()
            ? Optional.empty()
            : records.find(location.id(), rules.ids().apply(difference.ourId()));
    if (difference.crmId().isEmpty()) {
      return values(ours, Optional.empty());
    }
    return switch (source.find(location, rules.crmIds().apply(difference.crmId()))) {
      case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) ->
          values(ours, Optional.empty());
      case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) ->
          new ProofUseCase.Values.NotTold(failure.message());
      case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> said) ->
          values(ours, Optional.of(intake.normalised(location.id(), said)));
    };
  }

  private ProofUseCase.Values values(Optional<R> ours, Optional<CrmRecord<G>> said) {
    Map<FieldName, ProofUseCase.Both> values = new TreeMap<>();
    List<FieldName> names = new ArrayList<>();
    ours.ifPresent(
        record ->
            names.addAll(
                said.map(record::differing)
                    .orElseGet(() -> List.copyOf(record.fields().values().keySet()))));
    if (ours.isEmpty()) {
      said.ifPresent(
          record ->
              record
                  .fields()
                  .values()
                  .forEach(
                      (name, value) -> {
                        if (!value.isCleared()) {
                          names.add(name);
                        }
                      }));
    }
    for (FieldName name : names) {
      values.put(
          name,
          new ProofUseCase.Both(
              ours.map(record -> record.fields().get(name)).orElse(FieldValue.cleared()),
              said.flatMap(record -> record.fields().get(name)).orElse(FieldValue.cleared())));
    }
    return new ProofUseCase.Values.Told(values);
  }

  // ---- repairs

  /** What a repair came to. */
  sealed interface Repaired {
    /** It is over. */
    record Over(Difference difference) implements Repaired {}

    /** The second look must wait. */
    record Later(Instant at) implements Repaired {}

    record Failed(CrmFailure failure) implements Repaired {}
  }

  Repaired repair(Location location, Difference difference) {
    return switch (difference.cause().repair()) {
      case READ -> read(location, difference);
      case REMOVE -> lookAndRemove(location, difference);
      case PUSH -> push(location.id(), difference);
      case FOLD -> fold(location.id(), difference);
      case PERSON -> left(difference, "A person decides: keep it here, or delete it again.");
    };
  }

  private static Repaired mended(Difference difference, String how) {
    return new Repaired.Over(difference.at(Stage.REPAIRED, how));
  }

  private static Repaired left(Difference difference, String why) {
    return new Repaired.Over(difference.at(Stage.LEFT, why));
  }

  private Repaired read(Location location, Difference difference) {
    G id = rules.crmIds().apply(difference.crmId());
    return switch (reading.absorb(location, id)) {
      case Reading.Outcome.Failed(CrmFailure failure) -> new Repaired.Failed(failure);
      case Reading.Outcome.Absorbed absorbed ->
          difference.cause() == Cause.CALENDAR_GONE || difference.cause() == Cause.CONTACT_GONE
              ? reread(location.id(), difference)
              : mended(difference, "Read and merged.");
      case Reading.Outcome.Gone gone ->
          difference.nature() == Nature.MISSING_HERE
              ? mended(difference, "GoHighLevel does not have it any more.")
              : remove(location.id(), difference, id);
    };
  }

  private Repaired reread(LocationId locationId, Difference difference) {
    boolean isMended =
        difference.cause() == Cause.CONTACT_GONE
            && rules.isContactHere(locationId, difference.note());
    return isMended
        ? mended(difference, "Read, and what it refers to is here.")
        : left(difference, "Read and merged. GoHighLevel still names what is gone.");
  }

  /** A deletion needs two looks, some time apart: the proof's, or a first one that is noted now. */
  private Repaired remove(LocationId locationId, Difference difference, G id) {
    Instant now = instance.time().instant();
    boolean wasLookedFor = difference.cause() == Cause.DELETED_THERE;
    Instant since =
        wasLookedFor
            ? difference.seenAt()
            : switch (intake.missed(locationId, id)) {
              case Intake.Missed.Live(Instant first) -> first;
              case Intake.Missed.Unknown unknown -> Instant.EPOCH;
              case Intake.Missed.Deleted deleted -> Instant.EPOCH;
            };
    Instant earliest = since.plus(BETWEEN_LOOKS);
    if (now.isBefore(earliest)) {
      return new Repaired.Later(earliest);
    }
    intake.deleted(locationId, id, Instant.EPOCH);
    return mended(difference, "Twice not found in GoHighLevel: marked as deleted there.");
  }

  private Repaired lookAndRemove(Location location, Difference difference) {
    Instant earliest = difference.seenAt().plus(BETWEEN_LOOKS);
    boolean wasLookedFor = difference.cause() == Cause.DELETED_THERE;
    if (wasLookedFor && instance.time().instant().isBefore(earliest)) {
      return new Repaired.Later(earliest);
    }
    return read(location, difference);
  }

  private Repaired push(LocationId locationId, Difference difference) {
    Optional<R> found = records.find(locationId, rules.ids().apply(difference.ourId()));
    if (found.isEmpty()) {
      return mended(difference, "It is not here any more.");
    }
    if (found.get().sync().waitsForDecision()) {
      return left(difference, "A person decides: see Conflicts.");
    }
    UnaryOperator<R> due =
        difference.cause() == Cause.NEVER_TOLD
            ? record -> record.withSync(record.sync().touched(instance.time().instant()))
            : record -> record.retried(instance.time().instant());
    if (!(records.save(locationId, due.apply(found.get())) instanceof SaveOutcome.Saved<G, R>)) {
      return push(locationId, difference);
    }
    pushDue.run();
    return mended(difference, "Its push is due now.");
  }

  /** Only what the CRM alone has told goes without a person: a linked record tells the same. */
  private Repaired fold(LocationId locationId, Difference difference) {
    Optional<R> copy = records.find(locationId, rules.ids().apply(difference.ourId()));
    if (copy.isEmpty()) {
      return mended(difference, "It is not here any more.");
    }
    Optional<R> twin = rules.twin(locationId, copy.get());
    boolean saysNothingElse =
        copy.get().isOnlyACopy() && twin.filter(it -> holdsAll(it, copy.get())).isPresent();
    return saysNothingElse
            && records.removeCopy(locationId, copy.get()) == MirrorRepository.Removal.REMOVED
        ? mended(difference, "The copy was removed; " + twin.get().id() + " says all it said.")
        : left(difference, "A person decides which of the two stays: both may hold something.");
  }

  private boolean holdsAll(R twin, R copy) {
    return twin.crmId().isPresent()
        && copy.fields().values().entrySet().stream()
            .allMatch(field -> field.getValue().equals(twin.fields().get(field.getKey())));
  }
}
