package com.lpai.application.setup;

import com.lpai.application.contact.LateLinks;
import com.lpai.application.mirror.Intake;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmRecords;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Copies records that the CRM lists in pages: contacts, opportunities.
 *
 * @param <G> the CRM's id of such a record
 */
final class RecordsStep<G> extends PagedStep {
  private final CrmRecords<G> crm;
  private final Intake<G> intake;
  private final LateLinks lateLinks;

  RecordsStep(
      SetupStep step, CrmRecords<G> crm, Intake<G> intake, LateLinks lateLinks, Copying copying) {
    super(step, copying);
    this.crm = crm;
    this.intake = intake;
    this.lateLinks = lateLinks;
  }

  @Override
  PageRead read(Location location, String cursor, Instant since, Course course) {
    Instant readAt = now();
    LocationId id = location.id();
    int pageSize = copying().settings().pageSize();
    return switch (crm.page(id, cursor, pageSize, since, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<G>>>(CrmFailure failure) ->
          new PageRead.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<G>>>(CrmPage<CrmRecord<G>> page) ->
          new PageRead.Fetched(
              page.items().size(),
              page.total(),
              page.nextCursor(),
              () -> store(id, page.items(), readAt, course));
    };
  }

  private Instant now() {
    return copying().instance().time().instant();
  }

  private PageStored store(LocationId id, List<CrmRecord<G>> page, Instant readAt, Course course) {
    return readOneByOne(id, intake.absorbPage(id, page, readAt).doubtful(), course);
  }

  @Override
  void complete(Location location, Course course) {
    lateLinks.find(location.id(), course::isOurs);
  }

  /** What is read stays, so a page that must be fetched again has fewer of them. */
  private PageStored readOneByOne(LocationId locationId, List<G> doubtful, Course course) {
    for (G id : doubtful) {
      if (!course.isOurs()) {
        return new PageStored.CutShort();
      }
      Optional<CrmFailure> failure = readAlone(locationId, id);
      while (failure.isPresent() && copying().turns().came(failure.get())) {
        failure = readAlone(locationId, id);
      }
      if (failure.isPresent()) {
        return new PageStored.Failed(failure.get());
      }
    }
    return new PageStored.Whole();
  }

  private Optional<CrmFailure> readAlone(LocationId locationId, G id) {
    Instant readAt = now();
    return switch (crm.find(locationId, id, CallPriority.BACKFILL)) {
      case CrmResult.Done<CrmRecord<G>>(CrmRecord<G> record) -> {
        intake.absorbRead(locationId, intake.normalised(locationId, record), readAt);
        yield Optional.empty();
      }
      // What was deleted meanwhile is no failure of the copy.
      case CrmResult.Failed<CrmRecord<G>>(CrmFailure.NotFound gone) -> Optional.empty();
      case CrmResult.Failed<CrmRecord<G>>(CrmFailure failure) -> Optional.of(failure);
    };
  }
}
