package com.lpai.application.project;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.idempotency.Once;
import com.lpai.domain.project.PartEntries;
import com.lpai.domain.project.PartEntry;
import com.lpai.domain.project.PartEntryId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The parts of projects that are ours alone: milestones, timeline, photos and documents. The CRM is
 * told nothing of them, and nothing that it tells changes them (spec 5).
 */
public interface EditProjectPartsUseCase {

  /** What it holds; empty when there is no such project. */
  Optional<PartEntries> list(LocationId locationId, ProjectId projectId, ProjectPart part);

  /**
   * Adds an entry at the end, or answers the one that this request has added already.
   *
   * @param by who adds it
   * @return {@link EditOutcome.NotFound} when there is no such project
   */
  EditOutcome<PartEntry> add(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      Once once,
      FieldChanges values,
      String by);

  /**
   * Changes the mentioned fields; of a part that grows only, nothing.
   *
   * @param expectedVersion the version that the caller saw; empty when any will do
   */
  EditOutcome<PartEntry> edit(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId entry,
      FieldChanges changes,
      OptionalLong expectedVersion);

  /** Removes an entry; of a part that grows only, none. */
  EditOutcome<PartEntry> remove(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId entry,
      OptionalLong expectedVersion);
}
