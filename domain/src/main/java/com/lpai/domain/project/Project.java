package com.lpai.domain.project;

import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A project as we hold it; the CRM calls it an opportunity. Its milestones, timeline, photos,
 * documents and custom fields of our own are no part of this: no sync can reach them.
 */
public final class Project extends AboutContact<ProjectId, GhlOpportunityId, Project> {

  public Project(MirrorState<ProjectId, GhlOpportunityId> state, ContactReference contact) {
    super(state, contact);
  }

  /** A project that a user made here; it is pushed as soon as it is stored. */
  public static Project createdHere(
      ProjectId id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now) {
    return new Project(MirrorState.createdHere(id, locationId, values, by, now), contact);
  }

  /** A project that the CRM had first, before anything of it is merged in. */
  public static Project foundInCrm(
      ProjectId id, LocationId locationId, GhlOpportunityId crmId, Instant now) {
    return new Project(MirrorState.foundInCrm(id, locationId, crmId, now), ContactReference.none());
  }

  @Override
  protected Project with(MirrorState<ProjectId, GhlOpportunityId> changed, ContactReference about) {
    return new Project(changed, about);
  }

  @Override
  protected Project self() {
    return this;
  }

  @Override
  protected FieldName ghlContactField() {
    return ProjectField.GHL_CONTACT_ID.fieldName();
  }

  @Override
  public FieldTable table() {
    return ProjectField.TABLE;
  }

  /** With the status the reason of a loss and a time change, with the stage another time. */
  @Override
  public boolean impliesMoreThan(CrmRecord<GhlOpportunityId> said) {
    return Stream.of(ProjectField.STATUS, ProjectField.PIPELINE_STAGE_ID)
        .map(ProjectField::fieldName)
        .anyMatch(
            name ->
                said.fields()
                    .get(name)
                    .filter(value -> !value.equals(fields().get(name)))
                    .isPresent());
  }

  public String title() {
    return fields().text(ProjectField.TITLE.fieldName());
  }
}
