package com.lpai.application.project;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.mirror.IntakeRules;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/** How projects are taken in: known by the CRM's id alone, about the contact that it names. */
final class ProjectRules implements IntakeRules<ProjectId, GhlOpportunityId, Project> {
  private final ProjectNormalizer normalizer = new ProjectNormalizer();
  private final ContactLinks links;

  ProjectRules(ContactLinks links) {
    this.links = links;
  }

  @Override
  public MirrorKind kind() {
    return MirrorKind.PROJECTS;
  }

  @Override
  public SetupStep step() {
    return SetupStep.OPPORTUNITIES;
  }

  @Override
  public List<FieldName> identifying() {
    return List.of(ProjectField.TITLE.fieldName(), ProjectField.PIPELINE_ID.fieldName());
  }

  /** They carry no custom fields, and no time of the change (ghl-facts.md 6.7). */
  @Override
  public boolean eventsShowEveryChange() {
    return false;
  }

  @Override
  public CrmRecord<GhlOpportunityId> normalised(
      Location location, CrmRecord<GhlOpportunityId> said) {
    return normalizer.normalise(said, location.customFields());
  }

  @Override
  public Project foundInCrm(
      ProjectId id, LocationId locationId, GhlOpportunityId crmId, Instant now) {
    return Project.foundInCrm(id, locationId, crmId, now);
  }

  @Override
  public List<Resolved<Project>> resolved(LocationId locationId, List<Project> projects) {
    return links.resolved(locationId, projects);
  }
}
