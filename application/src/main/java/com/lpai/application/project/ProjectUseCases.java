package com.lpai.application.project;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.contact.MissingContacts;
import com.lpai.application.directory.DirectoryReadings;
import com.lpai.application.edit.EditAboutContactUseCase;
import com.lpai.application.edit.EditUseCases;
import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectParts;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** The door to the project use cases. */
public final class ProjectUseCases {
  private ProjectUseCases() {}

  /**
   * Taking in what the CRM tells.
   *
   * @param missing for contacts that are named and not here
   */
  public static Intake<GhlOpportunityId> intake(
      ProjectRepository projects,
      ContactRepository contacts,
      LocationRepository locations,
      MissingContacts missing,
      Instance instance) {
    return Intake.of(
        projects, locations, new ProjectRules(new ContactLinks(contacts, missing)), instance);
  }

  /** Writing projects here. */
  public static EditAboutContactUseCase<ProjectId, Project> editing(
      ProjectRepository projects,
      ContactRepository contacts,
      LocationRepository locations,
      DirectoryReadings.Stores directory,
      WorkSignals signals,
      Instance instance) {
    return EditUseCases.aboutContacts(
        projects,
        contacts,
        new ProjectEditRules(
            directory.pipelines(), directory.users(), directory.customFields(), locations),
        signals,
        instance);
  }

  /** The parts of projects that are ours alone. */
  public static EditProjectPartsUseCase parts(ProjectParts parts, Instance instance) {
    return new EditProjectPartsService(parts, instance);
  }

  public static ProjectQueries queries(ProjectRepository projects) {
    return new ProjectQueries() {
      @Override
      public Optional<Project> find(LocationId locationId, ProjectId id) {
        return projects.find(locationId, id).filter(Project::isLive);
      }

      @Override
      public Page<Project> list(LocationId locationId, ProjectQuery query) {
        return projects.list(locationId, query);
      }
    };
  }
}
