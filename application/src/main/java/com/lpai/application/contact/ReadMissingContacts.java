package com.lpai.application.contact;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads them one by one. A contact and what names it are often made at the same moment, and their
 * events applied side by side: whichever comes first stores the contact.
 */
final class ReadMissingContacts implements MissingContacts {
  private static final int MOST_AT_ONCE = 10;
  private static final String MANY = "more contacts are named than are read at once";

  private final CrmContacts crm;
  private final Intake<GhlContactId> intake;
  private final Instance instance;

  ReadMissingContacts(CrmContacts crm, Intake<GhlContactId> intake, Instance instance) {
    this.crm = crm;
    this.intake = intake;
    this.instance = instance;
  }

  @Override
  public Map<GhlContactId, CrmFailure> bring(LocationId locationId, Set<GhlContactId> ids) {
    Map<GhlContactId, CrmFailure> unanswered = new HashMap<>();
    int asked = 0;
    Optional<CrmFailure> nobodyMore = Optional.empty();
    for (GhlContactId id : ids) {
      if (nobodyMore.isEmpty() && asked == MOST_AT_ONCE) {
        nobodyMore = Optional.of(new CrmFailure.Throttled(Duration.ZERO, MANY));
      }
      if (nobodyMore.isEmpty()) {
        asked++;
        nobodyMore = bring(locationId, id);
      }
      nobodyMore.ifPresent(why -> unanswered.put(id, why));
    }
    return unanswered;
  }

  /** Answers why neither this one nor another can be asked for now. */
  private Optional<CrmFailure> bring(LocationId locationId, GhlContactId id) {
    Instant begun = instance.time().instant();
    return switch (crm.find(locationId, id, CallPriority.FOLLOW_UP)) {
      case CrmResult.Done<CrmRecord<GhlContactId>>(CrmRecord<GhlContactId> raw) -> {
        intake.absorbRead(locationId, intake.normalised(locationId, raw), begun);
        yield Optional.empty();
      }
      case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure failure) ->
          switch (failure) {
            case CrmFailure.Throttled throttled -> Optional.of(throttled);
            case CrmFailure.Unavailable away -> Optional.of(away);
            case CrmFailure.OutcomeUnknown unknown -> Optional.of(unknown);
            case CrmFailure.Unauthorized unauthorized -> Optional.of(unauthorized);
            // What names it is kept, and says whom it named.
            case CrmFailure.NotFound nobody -> Optional.empty();
            case CrmFailure.Forbidden forbidden -> Optional.empty();
            case CrmFailure.AlreadyExists exists -> Optional.empty();
            case CrmFailure.RefusedOrDone refused -> Optional.empty();
            case CrmFailure.Rejected rejected -> Optional.empty();
          };
    };
  }
}
