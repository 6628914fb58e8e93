package com.lpai.application.setup;

import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Checkpoint;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Copies all contacts, one page a piece. The checkpoint is written after the page, so a crash
 * between the two fetches one page again, which changes nothing. Memory holds one page.
 */
final class ContactsStep implements StepRunner {
  private final CrmContacts crm;
  private final Intake<GhlContactId> intake;
  private final Checkpoints checkpoints;
  private final int pageSize;
  private final SetupProgress progress;
  private final Instance instance;

  ContactsStep(
      CrmContacts crm,
      Intake<GhlContactId> intake,
      Checkpoints checkpoints,
      int pageSize,
      SetupProgress progress,
      Instance instance) {
    this.crm = crm;
    this.intake = intake;
    this.checkpoints = checkpoints;
    this.pageSize = pageSize;
    this.progress = progress;
    this.instance = instance;
  }

  @Override
  public Piece next(Location location, BooleanSupplier stillOurs) {
    LocationId id = location.id();
    long run = location.setup().run();
    Instant now = instance.time().instant();
    Checkpoint from =
        checkpoints
            .find(id, SetupStep.CONTACTS)
            .filter(checkpoint -> checkpoint.run() == run)
            .orElse(new Checkpoint(run, "", 0, now));
    return switch (crm.page(id, from.cursor(), pageSize, Instant.EPOCH, CallPriority.BACKFILL)) {
      case CrmResult.Failed<CrmPage<CrmRecord<GhlContactId>>>(CrmFailure failure) ->
          new Piece.Failed(failure);
      case CrmResult.Done<CrmPage<CrmRecord<GhlContactId>>>(
              CrmPage<CrmRecord<GhlContactId>> page) ->
          store(id, from, page, now, stillOurs);
    };
  }

  private Piece store(
      LocationId id,
      Checkpoint from,
      CrmPage<CrmRecord<GhlContactId>> page,
      Instant readAt,
      BooleanSupplier stillOurs) {
    Intake.PageOutcome<GhlContactId> outcome = intake.absorbPage(id, page.items(), readAt);
    Optional<Piece> cutShort = readOneByOne(id, outcome.doubtful(), stillOurs);
    if (cutShort.isPresent()) {
      return cutShort.get();
    }
    long done = from.done() + page.items().size();
    progress.counted(id, SetupStep.CONTACTS, done, page.total());
    if (page.nextCursor().isEmpty()) {
      return new Piece.Finished();
    }
    checkpoints.put(
        id, SetupStep.CONTACTS, new Checkpoint(from.run(), page.nextCursor(), done, readAt));
    return new Piece.More();
  }

  /** What is read stays, so a page that must be fetched again has fewer of them. */
  private Optional<Piece> readOneByOne(
      LocationId locationId, List<GhlContactId> doubtful, BooleanSupplier stillOurs) {
    for (GhlContactId id : doubtful) {
      if (!stillOurs.getAsBoolean()) {
        return Optional.of(new Piece.More());
      }
      Instant readAt = instance.time().instant();
      switch (crm.find(locationId, id, CallPriority.BACKFILL)) {
        case CrmResult.Done<CrmRecord<GhlContactId>>(CrmRecord<GhlContactId> contact) ->
            intake.absorbRead(locationId, intake.normalised(locationId, contact), readAt);
        case CrmResult.Failed<CrmRecord<GhlContactId>>(CrmFailure failure) -> {
          // What was deleted meanwhile is no failure of the copy.
          if (!(failure instanceof CrmFailure.NotFound)) {
            return Optional.of(new Piece.Failed(failure));
          }
        }
      }
    }
    return Optional.empty();
  }
}
