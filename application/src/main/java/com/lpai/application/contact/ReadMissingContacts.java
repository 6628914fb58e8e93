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
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Reads them one by one. A contact and what names it are often made at the same moment, and their
 * events applied side by side: whichever comes first stores the contact.
 */
final class ReadMissingContacts implements MissingContacts {
  private static final int MOST_AT_ONCE = 10;

  private final CrmContacts crm;
  private final Intake<GhlContactId> intake;
  private final Instance instance;

  ReadMissingContacts(CrmContacts crm, Intake<GhlContactId> intake, Instance instance) {
    this.crm = crm;
    this.intake = intake;
    this.instance = instance;
  }

  @Override
  public void bring(LocationId locationId, Set<GhlContactId> ids) {
    List<GhlContactId> some = ids.stream().limit(MOST_AT_ONCE).toList();
    for (GhlContactId id : some) {
      Instant begun = instance.time().instant();
      switch (crm.find(locationId, id, CallPriority.FOLLOW_UP)) {
        case CrmResult.Done<CrmRecord<GhlContactId>>(CrmRecord<GhlContactId> raw) ->
            intake.absorbRead(locationId, intake.normalised(locationId, raw), begun);
        case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure.NotFound nobody) -> {
          // What names it is kept, and says whom it named.
        }
        case CrmResult.Failed<CrmRecord<GhlContactId>> failed -> {
          return;
        }
      }
    }
  }
}
