package com.lpai.application.project;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.mirror.IntakeRules;
import com.lpai.domain.location.Location;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectNormalizer;
import com.lpai.domain.sync.CrmRecord;
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
  public List<Project> resolved(LocationId locationId, List<Project> projects) {
    return links.resolved(locationId, projects);
  }
}
