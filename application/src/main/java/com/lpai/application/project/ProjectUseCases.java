package com.lpai.application.project;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.mirror.Intake;
import com.lpai.application.work.Instance;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectRepository;

/** The door to the project use cases. */
public final class ProjectUseCases {
  private ProjectUseCases() {}

  public static Intake<GhlOpportunityId> intake(
      ProjectRepository projects,
      ContactRepository contacts,
      LocationRepository locations,
      Instance instance) {
    return Intake.of(projects, locations, new ProjectRules(new ContactLinks(contacts)), instance);
  }
}
