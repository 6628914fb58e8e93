package com.lpai.application.contact;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads them one by one. A contact and what names it are often made at the same moment, and their
 * events applied side by side: whichever comes first stores the contact. One that the CRM has not
 * got is not asked for again for a while, for it is named by every event of such a record; should
 * it come, its own event tells.
 */
final class ReadMissingContacts implements MissingContacts {
  private static final int MOST_AT_ONCE = 10;
  private static final Duration READING = Duration.ofSeconds(10);
  private static final Duration NOT_ASKED_AGAIN = Duration.ofMinutes(5);
  private static final int REMEMBERED = 10_000;
  private static final String MANY = "more contacts are named than are read at once";

  private final CrmContacts crm;
  private final Intake<GhlContactId> intake;
  private final Instance instance;

  /** Until when those are not asked for again that the CRM has not got. */
  private final Map<Named, Instant> notThere = new ConcurrentHashMap<>();

  private record Named(LocationId locationId, GhlContactId id) {}

  ReadMissingContacts(CrmContacts crm, Intake<GhlContactId> intake, Instance instance) {
    this.crm = crm;
    this.intake = intake;
    this.instance = instance;
  }

  @Override
  public Map<GhlContactId, CrmFailure> bring(LocationId locationId, Set<GhlContactId> ids) {
    Instant begun = now();
    Map<GhlContactId, CrmFailure> unanswered = new HashMap<>();
    int asked = 0;
    Optional<CrmFailure> nobodyMore = Optional.empty();
    for (GhlContactId id : ids) {
      if (isKnownNotToBeThere(locationId, id)) {
        continue;
      }
      if (nobodyMore.isEmpty() && (asked == MOST_AT_ONCE || !now().isBefore(begun.plus(READING)))) {
        nobodyMore = Optional.of(new CrmFailure.Throttled(Duration.ZERO, MANY));
      }
      Optional<CrmFailure> failure = nobodyMore;
      if (nobodyMore.isEmpty()) {
        asked++;
        failure = bring(locationId, id);
        nobodyMore = failure.filter(ReadMissingContacts::isOfTheWholeLocation);
      }
      failure.ifPresent(why -> unanswered.put(id, why));
    }
    return unanswered;
  }

  private boolean isKnownNotToBeThere(LocationId locationId, GhlContactId id) {
    return now().isBefore(notThere.getOrDefault(new Named(locationId, id), Instant.EPOCH));
  }

  private static boolean isOfTheWholeLocation(CrmFailure failure) {
    return failure instanceof CrmFailure.Throttled || failure instanceof CrmFailure.Unauthorized;
  }

  /** Answers why this one cannot be asked for now. */
  private Optional<CrmFailure> bring(LocationId locationId, GhlContactId id) {
    Instant begun = now();
    return switch (crm.find(locationId, id, CallPriority.FOLLOW_UP)) {
      case CrmResult.Done<CrmRecord<GhlContactId>>(CrmRecord<GhlContactId> raw) -> {
        intake.absorbRead(locationId, intake.normalised(locationId, raw), begun, Origin.WEBHOOK);
        yield Optional.empty();
      }
      case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure failure) ->
          switch (failure) {
            case CrmFailure.Throttled throttled -> Optional.of(throttled);
            case CrmFailure.Unavailable away -> Optional.of(away);
            case CrmFailure.OutcomeUnknown unknown -> Optional.of(unknown);
            case CrmFailure.Unauthorized unauthorized -> Optional.of(unauthorized);
            // What names it is kept, and says whom it named.
            case CrmFailure.NotFound nobody -> {
              remember(new Named(locationId, id));
              yield Optional.empty();
            }
            case CrmFailure.Forbidden forbidden -> Optional.empty();
            case CrmFailure.AlreadyExists exists -> Optional.empty();
            case CrmFailure.RefusedOrDone refused -> Optional.empty();
            case CrmFailure.Rejected rejected -> Optional.empty();
          };
    };
  }

  private void remember(Named named) {
    if (notThere.size() >= REMEMBERED) {
      notThere.clear();
    }
    notThere.put(named, now().plus(NOT_ASKED_AGAIN));
  }

  private Instant now() {
    return instance.time().instant();
  }
}
