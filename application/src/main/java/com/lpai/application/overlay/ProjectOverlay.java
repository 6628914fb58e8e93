package com.lpai.application.overlay;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

final class ProjectOverlay extends MirrorOverlay<ProjectId, GhlOpportunityId, Project>
    implements ProjectRepository {
  private final ProjectRepository stored;

  ProjectOverlay(ProjectRepository stored) {
    super(stored);
    this.stored = stored;
  }

  @Override
  Optional<String> contactOf(Project project) {
    return project.contact().contactId().map(ContactId::value);
  }

  @Override
  public List<Project> findAbout(LocationId locationId, ContactId contact) {
    return stored.findAbout(locationId, contact);
  }

  @Override
  public List<Project> findWithoutContact(LocationId locationId, Collection<GhlContactId> named) {
    return stored.findWithoutContact(locationId, named);
  }

  @Override
  public Page<Project> list(LocationId locationId, ProjectQuery query) {
    return stored.list(locationId, query);
  }

  @Override
  public List<Project> findBlockedAbout(LocationId locationId, ContactId contact) {
    return stored.findBlockedAbout(locationId, contact);
  }
}
