package com.lpai.application.push;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.RetryDecision;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.MirrorRepository;
import com.lpai.domain.sync.MirrorRepository.Removal;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Each call is written down before it is made ({@link Push.InFlight}) and settled after it. A crash
 * between the two leaves a call in flight whose lease runs out: an update or a deletion is
 * repeated, a create is looked up first.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
final class PushRecordsService<I, G, R extends Mirrored<I, G, R>> implements PushUseCase<I> {
  /** How often an update is told of a record that the CRM shows and says not to find. */
  private static final int LOOKS = 3;

  /** How soon it is seen whether a create is known. */
  private static final Duration LOOKED_UP_SOON = Duration.ofSeconds(5);

  private final MirrorRepository<I, G, R> records;
  private final PendingPushes<I> pending;
  private final PushRules<I, G, R> rules;
  private final GrantedScopes scopes;
  private final Adoption<G, R> adoption;
  private final RetryPolicy policy;
  private final Duration callLease;
  private final Instance instance;

  PushRecordsService(
      MirrorRepository<I, G, R> records,
      PendingPushes<I> pending,
      PushRules<I, G, R> rules,
      GrantedScopes scopes,
      Adoption<G, R> adoption,
      RetryPolicy policy,
      Duration callLease,
      Instance instance) {
    this.records = records;
    this.pending = pending;
    this.rules = rules;
    this.scopes = scopes;
    this.adoption = adoption;
    this.policy = policy;
    this.callLease = callLease;
    this.instance = instance;
  }

  @Override
  public List<PendingPushes.Due<I>> due(int limit) {
    return pending.due(instance.time().instant(), limit);
  }

  @Override
  public void push(LocationId locationId, I id) {
    while (pushOnce(locationId, id)) {
      // One call at a time: what was edited during a call is told by the next.
    }
  }

  /** Makes the next call; false when nothing is due. */
  private boolean pushOnce(LocationId locationId, I id) {
    Optional<R> found = records.find(locationId, id).filter(this::isDue);
    if (found.isEmpty()) {
      return false;
    }
    R record = found.get();
    LocationId at = record.locationId();
    NextPush<G> next = record.nextPush();
    if (changesSomething(next)) {
      Optional<String> obstacle = scopes.obstacle(at, rules.scope());
      if (obstacle.isPresent()) {
        return block(record, obstacle.get());
      }
    }
    if (isAChange(next) && mayBeOfACreateInDoubt(record)) {
      return keep(record.withSync(waitsForALookUp(record)));
    }
    return switch (next) {
      case NextPush.Nothing<G> nothing -> close(record);
      case NextPush.Create<G> create -> create(rules.completed(record));
      case NextPush.Update<G>(G crmId, FieldChanges values) ->
          tell(record, Push.Kind.UPDATE, rules.update(record, crmId, values));
      case NextPush.Regroup<G>(G crmId, FieldChanges names) ->
          tell(record, Push.Kind.UPDATE, rules.regroup(record, crmId, names));
      case NextPush.Delete<G>(G crmId) ->
          call(record, Push.Kind.DELETE, FieldChanges.NONE, () -> rules.delete(at, crmId));
      case NextPush.LookUp<G>(FieldChanges values) -> lookUp(record, values);
    };
  }

  private static boolean changesSomething(NextPush<?> next) {
    return !(next instanceof NextPush.Nothing<?> || next instanceof NextPush.LookUp<?>);
  }

  private static boolean isAChange(NextPush<?> next) {
    return next instanceof NextPush.Update<?> || next instanceof NextPush.Regroup<?>;
  }

  /**
   * A copy that was stored since a create was begun may be of what that made, which is looked up by
   * what was sent: told another name now, it would not be found, and be made a second time.
   */
  private boolean mayBeOfACreateInDoubt(R record) {
    return record.createdBySync()
        && record.trace().lastPushAt().equals(Instant.EPOCH)
        && records.findCreatesInFlight(record.locationId()).stream()
            .filter(create -> create.isLive() && create.sync().phase() == SyncPhase.PENDING)
            .anyMatch(create -> wasStoredSince(create, begun(create), record));
  }

  private SyncState waitsForALookUp(R record) {
    return record
        .sync()
        .deferred(
            instance.time().instant().plus(LOOKED_UP_SOON),
            "It is told when it is known whether it is the %s that GoHighLevel was to create."
                .formatted(rules.words().noun()),
            false);
  }

  private boolean create(R record) {
    return tell(record, Push.Kind.CREATE, rules.create(record, record.toldByACreate()));
  }

  private boolean tell(R record, Push.Kind kind, Outgoing<G> outgoing) {
    return switch (outgoing) {
      case Outgoing.Call<G>(FieldChanges values, Supplier<CrmResult<G>> call) ->
          call(record, kind, values, call);
      case Outgoing.Waits<G>(String why) -> blockForAnother(record, why);
      case Outgoing.Refused<G>(String why) -> keep(record.withSync(record.sync().failed(why)));
    };
  }

  /** What it waits for may have happened before this was stored, and nobody would say so again. */
  private boolean blockForAnother(R record, String why) {
    Instant now = instance.time().instant();
    SyncState blocked = record.sync().blocked(now.plus(policy.blockedDelay()), why);
    if (records.save(record.locationId(), record.withSync(blocked))
            instanceof SaveOutcome.Saved<G, R>(R stored)
        && rules.mayGoOn(stored)) {
      keep(stored.withSync(stored.sync().retried(now)));
    }
    return true;
  }

  private boolean block(R record, String why) {
    Instant lookAgainAt = instance.time().instant().plus(policy.blockedDelay());
    return keep(record.withSync(record.sync().blocked(lookAgainAt, why)));
  }

  private boolean isDue(R record) {
    SyncPhase phase = record.sync().phase();
    return (phase == SyncPhase.PENDING || phase == SyncPhase.BLOCKED)
        && !record.sync().nextAttemptAt().isAfter(instance.time().instant());
  }

  /** Nothing is left to tell: what came in meanwhile linked it, or says the same. */
  private boolean close(R record) {
    if (records.save(record.locationId(), record.pushedWhole())
        instanceof SaveOutcome.Saved<G, R>(R closed)) {
      noticeLink(record, closed);
    }
    return true;
  }

  private boolean keep(R record) {
    records.save(record.locationId(), record);
    return true;
  }

  // ---- one call: intent, call, settlement

  private boolean call(R record, Push.Kind kind, FieldChanges values, Supplier<CrmResult<G>> call) {
    Push.InFlight intent = intent(record, kind, values);
    if (!isStored(record.pushStarted(intent))) {
      return true;
    }
    CrmResult<G> result = call.get();
    settle(record, intent, result);
    return true;
  }

  private Push.InFlight intent(R record, Push.Kind kind, FieldChanges values) {
    Instant now = instance.time().instant();
    Duration lease =
        kind == Push.Kind.CREATE && policy.lookUpDelay().compareTo(callLease) > 0
            ? policy.lookUpDelay()
            : callLease;
    return new Push.InFlight(
        kind, record.sync().revision(), values, now, now.plus(lease), instance.token().get());
  }

  private boolean isStored(R record) {
    return records.save(record.locationId(), record) instanceof SaveOutcome.Saved<G, R>;
  }

  /** Stores what a call came to, on top of whatever was changed while it was under way. */
  private void settle(R called, Push.InFlight intent, CrmResult<G> answer) {
    CrmResult<G> result = answer;
    Optional<R> folded = Optional.empty();
    boolean isToBeLookedUp = false;
    while (true) {
      Optional<R> present = records.find(called.locationId(), called.id());
      if (present.isEmpty() || !mayBeSettled(present.get(), intent)) {
        return;
      }
      R after =
          isToBeLookedUp
              ? notKnownYet(present.get(), intent, instance.time().instant())
              : switch (result) {
                case CrmResult.Done<G>(G crmId) -> succeeded(present.get(), intent, crmId);
                case CrmResult.Failed<G>(CrmFailure failure) ->
                    failed(present.get(), intent, failure);
              };
      R whole = folded.map(after::folding).orElse(after);
      switch (records.save(called.locationId(), whole)) {
        case SaveOutcome.Saved<G, R>(R stored) -> {
          folded.ifPresent(copy -> rules.folded(copy, stored));
          noticeLink(called, stored);
          return;
        }
        case SaveOutcome.Stale<G, R> stale -> {}
        case SaveOutcome.CrmIdTaken<G, R>(G crmId) -> {
          Optional<R> other = linkedTo(crmId, after);
          isToBeLookedUp =
              present.get().isLive()
                  && other.filter(it -> it.canBeFolded() && !it.isOnlyACopy()).isPresent();
          if (!isToBeLookedUp) {
            switch (other.map(this::removed).orElse(Removal.CHANGED)) {
              case REMOVED -> folded = other;
              case NEEDED -> result = CrmResult.failed(cannotBeTaken(result, crmId));
              case CHANGED -> {}
            }
          }
        }
      }
    }
  }

  /**
   * Whoever waits for the record is told, also when something else than a push linked it: nothing
   * was pushed to it before then.
   */
  private void noticeLink(R before, R after) {
    boolean isNew = before.crmId().isEmpty() || before.trace().lastPushAt().equals(Instant.EPOCH);
    if (isNew && after.crmId().isPresent()) {
      rules.linked(after);
    }
  }

  /** A claim that was lost settles nothing; a webhook may have linked the record meanwhile. */
  private static boolean mayBeSettled(Mirrored<?, ?, ?> record, Push.InFlight intent) {
    return record.sync().isHeldBy(intent.token());
  }

  private R succeeded(R record, Push.InFlight intent, G crmId) {
    Instant now = instance.time().instant();
    return intent.kind() == Push.Kind.DELETE
        ? record.deletionConfirmed(now)
        : record.pushSucceeded(intent, crmId, now);
  }

  private R failed(R record, Push.InFlight intent, CrmFailure failure) {
    Instant now = instance.time().instant();
    SyncState sync = record.sync();
    boolean create = intent.kind() == Push.Kind.CREATE;
    RetryDecision decision =
        policy.decide(failure, create, sync.attempts(), now, instance.jitter().getAsDouble());
    return switch (decision) {
      case RetryDecision.RetryAt(Instant at) ->
          record.withSync(
              sync.deferred(at, failure.message(), !(failure instanceof CrmFailure.Throttled)));
      case RetryDecision.LookUpAt(Instant at) ->
          record.withSync(sync.inDoubt(intent, at, failure.message()));
      case RetryDecision.BlockUntil(Instant at) ->
          record.withSync(sync.blocked(at, failure.message()));
      case RetryDecision.Park park -> record.withSync(sync.failed(failure.message()));
      case RetryDecision.ParkInDoubt doubt -> parkedInDoubt(record, failure);
      case RetryDecision.Adopt(String existing) -> adopt(record, intent, rules.crmId(existing));
      case RetryDecision.Gone gone -> gone(record, intent, failure, now);
    };
  }

  private R adopt(R record, Push.InFlight intent, G crmId) {
    boolean isLinked =
        linkedTo(crmId, record)
            .filter(other -> other.crmId().filter(crmId::equals).isPresent())
            .isPresent();
    if (isLinked) {
      return record.withSync(record.sync().failed(linkedTwice(crmId).message()));
    }
    return switch (rules.isTheSame(
        record.locationId(), crmId, intent.values(), intent.startedAt())) {
      case CrmResult.Done<Boolean>(Boolean same) ->
          same
              ? adopted(record, crmId, failure -> failed(record, intent, failure))
              : record.withSync(record.sync().failed(hasAnother(crmId)));
      case CrmResult.Failed<Boolean>(CrmFailure failure) -> failed(record, intent, failure);
    };
  }

  private R adopted(R record, G crmId, Function<CrmFailure, R> unread) {
    return switch (adoption.adopted(record, crmId)) {
      case CrmResult.Done<R>(R linked) -> linked;
      case CrmResult.Failed<R>(CrmFailure failure) -> unread.apply(failure);
    };
  }

  private String hasAnother(G crmId) {
    PushRules.Words words = rules.words();
    return "GoHighLevel has another %s (%s) and takes none beside it. %s"
        .formatted(words.noun(), crmId, words.advice());
  }

  /** What our create made stays in doubt: tried again, it is looked up and not made twice. */
  private CrmFailure cannotBeTaken(CrmResult<G> result, G crmId) {
    CrmFailure linkedTwice = linkedTwice(crmId);
    return result instanceof CrmResult.Done<G>
        ? new CrmFailure.RefusedOrDone(List.of(), linkedTwice.message())
        : linkedTwice;
  }

  private CrmFailure linkedTwice(G crmId) {
    PushRules.Words words = rules.words();
    return new CrmFailure.Rejected(
        List.of(),
        "GoHighLevel has this %s already (%s), and it is linked to another %s here. %s"
            .formatted(words.noun(), crmId, words.noun(), words.advice()));
  }

  /** The CRM says that it has no such record: a deletion is done, an update gets a second look. */
  private R gone(R record, Push.InFlight intent, CrmFailure failure, Instant now) {
    if (intent.kind() == Push.Kind.DELETE) {
      return record.deletionConfirmed(now);
    }
    Optional<G> crmId = record.crmId();
    if (crmId.isEmpty()) {
      return record.withSync(record.sync().failed(failure.message()));
    }
    CrmResult<CrmRecord<G>> secondLook = rules.find(record.locationId(), crmId.get());
    if (secondLook instanceof CrmResult.Failed<CrmRecord<G>>(CrmFailure second)
        && second instanceof CrmFailure.NotFound) {
      return record.orphaned(
          "GoHighLevel no longer has this "
              + rules.words().noun()
              + ". Try again to create it there anew, or delete it here.",
          now);
    }
    // What it does not find is something else that the update names, or its answers lag behind.
    boolean isShown = secondLook instanceof CrmResult.Done<CrmRecord<G>>;
    return isShown && record.sync().attempts() + 1 >= LOOKS
        ? record.withSync(record.sync().failed(failure.message()))
        : record.withSync(
            record.sync().deferred(now.plus(policy.blockedDelay()), failure.message(), true));
  }

  private Optional<R> linkedTo(G crmId, R ours) {
    return records
        .findByCrmId(ours.locationId(), crmId)
        .filter(record -> !record.id().equals(ours.id()));
  }

  /**
   * A webhook stored the record that our create made before the create was settled: its document is
   * folded into ours. The order matters: a crash in between leaves our create in doubt, and the
   * look-up finds the record again. One to which somebody gave parts of ours meanwhile is needed: a
   * person decides which of the two stays.
   */
  private Removal removed(R other) {
    return other.isOnlyACopy() ? records.removeCopy(other.locationId(), other) : Removal.NEEDED;
  }

  /**
   * One that was edited here meanwhile goes, too, once ours has what is to be told of it: a crash
   * in between leaves both, and the next look-up does the same again.
   */
  private Removal removed(R ours, R other) {
    if (other.isOnlyACopy() || !isFoldable(ours, other)) {
      return removed(other);
    }
    R carrying = ours.carrying(other, instance.time().instant());
    return carrying.equals(ours) || isStored(carrying)
        ? records.removeCopy(other.locationId(), other)
        : Removal.CHANGED;
  }

  private boolean isFoldable(R ours, R other) {
    return ours.isLive() && other.canBeFolded() && !other.sync().hasOpenCall();
  }

  // ---- a create whose outcome is unknown

  /** Looks for what was sent: an edit made since says nothing of what the CRM may have created. */
  private boolean lookUp(R record, FieldChanges sent) {
    Instant begun = begun(record);
    Optional<Supplier<CrmResult<List<CrmRecord<G>>>>> call =
        rules.lookUp(record.locationId(), sent, begun);
    if (call.isEmpty()) {
      return keep(record.withSync(record.sync().failedInDoubt(cannotBeLookedUp())));
    }
    Push.InFlight intent = intent(record, Push.Kind.CREATE, sent).begunAt(begun);
    if (isStored(record.pushStarted(intent))) {
      settleLookUp(record, intent, call.get().get());
    }
    return true;
  }

  /** When the create in doubt was begun, however often it was looked up since. */
  private Instant begun(R record) {
    return record.sync().push() instanceof Push.InFlight create
        ? create.startedAt()
        : instance.time().instant();
  }

  private String cannotBeLookedUp() {
    PushRules.Words words = rules.words();
    return ("Please check: it is not known whether GoHighLevel created this %s, and it was sent with"
            + " %s to look it up by. Delete it here, and make it anew if GoHighLevel does not have"
            + " it.")
        .formatted(words.noun(), words.sentWithout());
  }

  private void settleLookUp(R asked, Push.InFlight intent, CrmResult<List<CrmRecord<G>>> answer) {
    Optional<R> folded = Optional.empty();
    Set<G> needed = new HashSet<>();
    while (true) {
      Optional<R> present = records.find(asked.locationId(), asked.id());
      if (present.isEmpty() || !mayBeSettled(present.get(), intent)) {
        return;
      }
      R after =
          switch (answer) {
            case CrmResult.Done<List<CrmRecord<G>>>(List<CrmRecord<G>> candidates) ->
                lookedUp(present.get(), intent, candidates, needed);
            case CrmResult.Failed<List<CrmRecord<G>>>(CrmFailure failure) ->
                lookUpFailed(present.get(), intent, failure);
          };
      R whole = folded.map(after::folding).orElse(after);
      switch (records.save(asked.locationId(), whole)) {
        case SaveOutcome.Saved<G, R>(R stored) -> {
          folded.ifPresent(copy -> rules.folded(copy, stored));
          noticeLink(asked, stored);
          return;
        }
        case SaveOutcome.Stale<G, R> stale -> {}
        case SaveOutcome.CrmIdTaken<G, R>(G crmId) -> {
          Optional<R> other = linkedTo(crmId, after);
          switch (other.map(copy -> removed(present.get(), copy)).orElse(Removal.CHANGED)) {
            case REMOVED -> folded = other;
            // Shown to a person in the next round.
            case NEEDED -> needed.add(crmId);
            case CHANGED -> {}
          }
        }
      }
    }
  }

  /**
   * What was found is adopted, when it can only be ours.
   *
   * @param needed what another record here has and cannot be folded into ours
   */
  private R lookedUp(R record, Push.InFlight intent, List<CrmRecord<G>> candidates, Set<G> needed) {
    Instant now = instance.time().instant();
    Instant begun = intent.startedAt();
    Set<G> found = candidates.stream().map(CrmRecord::id).collect(Collectors.toSet());
    Set<G> possible =
        found.stream()
            .filter(crmId -> !needed.contains(crmId) && mayBeOurs(record, begun, crmId))
            .collect(Collectors.toSet());
    if (possible.size() == 1) {
      return adopted(
          record, possible.iterator().next(), failure -> lookUpFailed(record, intent, failure));
    }
    boolean areOthers =
        rules.lookUpShowsAll()
            && found.stream().allMatch(crmId -> isAnothers(record, begun, crmId));
    if (found.isEmpty() || areOthers) {
      return rules.mayCreateAgain() ? neverCreated(record, now) : notFoundYet(record, intent, now);
    }
    if (possible.isEmpty() && found.stream().anyMatch(crmId -> isBeingTold(record, begun, crmId))) {
      return notKnownYet(record, intent, now.plus(policy.lookUpDelay()));
    }
    boolean areElsewhere = possible.isEmpty() && rules.lookUpShowsAll();
    if (areElsewhere && record.presence() instanceof Presence.DeletedHere) {
      // Whatever was found is kept by the record that has it.
      return record.withSync(record.sync().closed());
    }
    return record.withSync(
        record
            .sync()
            .failedInDoubt(possible.isEmpty() ? belongsToAnother(found) : isOneOf(possible)));
  }

  /** The CRM may show it later: it is looked for again before a person is asked. */
  private R notFoundYet(R record, Push.InFlight intent, Instant now) {
    return rules.looksAgainAfter().stream()
        .map(intent.startedAt()::plus)
        .filter(at -> !at.isBefore(now.plus(policy.lookUpDelay())))
        .findFirst()
        .map(at -> notKnownYet(record, intent, at))
        .orElseGet(() -> record.withSync(record.sync().failedInDoubt(notFound())));
  }

  private R notKnownYet(R record, Push.InFlight intent, Instant lookUpAt) {
    String why =
        "It is not known yet whether GoHighLevel took this %s: it is looked for again."
            .formatted(rules.words().noun());
    return record.withSync(record.sync().inDoubt(intent, lookUpAt, why));
  }

  private String notFound() {
    PushRules.Words words = rules.words();
    return ("Please check: it is not known whether GoHighLevel took this %s, and it shows none of"
            + " this %s. It is not sent again by itself.")
        .formatted(words.noun(), words.lookedUpBy());
  }

  private String belongsToAnother(Set<G> found) {
    PushRules.Words words = rules.words();
    return ("Please check: it is not known whether GoHighLevel created this %s. What it has with"
            + " this %s belongs to another %s here: %s")
        .formatted(words.noun(), words.lookedUpBy(), words.noun(), listed(found));
  }

  private String isOneOf(Set<G> possible) {
    return "Please check: several %ss in GoHighLevel could be this one: %s"
        .formatted(rules.words().noun(), listed(possible));
  }

  private static String listed(Set<?> crmIds) {
    return crmIds.stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
  }

  /** Linked to nobody else, or only to what an event stored of it since we made the record. */
  private boolean mayBeOurs(R record, Instant begun, G crmId) {
    return linkedTo(crmId, record)
        .map(
            other ->
                (other.isOnlyACopy() || isFoldable(record, other))
                    && wasStoredSince(record, begun, other))
        .orElse(true);
  }

  /** It may be ours, which is to be seen when the call that tells what was edited in it is over. */
  private boolean isBeingTold(R record, Instant begun, G crmId) {
    return linkedTo(crmId, record)
        .filter(other -> record.isLive() && other.canBeFolded() && other.sync().hasOpenCall())
        .filter(other -> wasStoredSince(record, begun, other))
        .isPresent();
  }

  private boolean wasStoredSince(R record, Instant begun, R other) {
    return !other.createdAt().isBefore(record.createdAt()) && !wasHereBefore(begun, other);
  }

  /**
   * Not what is merely not ours to take: a copy that was stored since, by whatever clock, may be of
   * what our create made, and to create that again would make it twice.
   */
  private boolean isAnothers(R record, Instant begun, G crmId) {
    return linkedTo(crmId, record)
        .filter(other -> !other.createdBySync() || wasHereBefore(begun, other))
        .isPresent();
  }

  /** Another instance may have stored it, by another clock. */
  private boolean wasHereBefore(Instant begun, R other) {
    return other.createdAt().isBefore(begun.minus(PushRules.CLOCK_SKEW));
  }

  /** It can be created now: at once after the first doubt, later after each further one. */
  private R neverCreated(R record, Instant now) {
    if (record.presence() instanceof Presence.DeletedHere) {
      return record.withSync(record.sync().closed());
    }
    int attempts = record.sync().attempts();
    if (attempts >= policy.giveUpAfter()) {
      return record.withSync(record.sync().failed(record.sync().problem()));
    }
    Duration wait =
        attempts <= 1 ? Duration.ZERO : policy.delay(attempts, instance.jitter().getAsDouble());
    return record.withSync(record.sync().deferred(now.plus(wait), "", false));
  }

  private R lookUpFailed(R record, Push.InFlight intent, CrmFailure failure) {
    Instant now = instance.time().instant();
    RetryDecision decision =
        policy.decide(
            failure, false, record.sync().attempts(), now, instance.jitter().getAsDouble());
    return switch (decision) {
      case RetryDecision.RetryAt(Instant at) -> stillInDoubt(record, intent, at, failure);
      case RetryDecision.LookUpAt(Instant at) -> stillInDoubt(record, intent, at, failure);
      case RetryDecision.BlockUntil(Instant at) -> stillInDoubt(record, intent, at, failure);
      case RetryDecision.Adopt adopt -> parkedInDoubt(record, failure);
      case RetryDecision.Gone gone -> parkedInDoubt(record, failure);
      case RetryDecision.Park park -> parkedInDoubt(record, failure);
      case RetryDecision.ParkInDoubt doubt -> parkedInDoubt(record, failure);
    };
  }

  private R stillInDoubt(R record, Push.InFlight intent, Instant at, CrmFailure failure) {
    return record.withSync(record.sync().inDoubt(intent, at, failure.message()));
  }

  private R parkedInDoubt(R record, CrmFailure failure) {
    return record.withSync(record.sync().failedInDoubt(failure.message()));
  }
}
