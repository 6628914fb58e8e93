package com.lpai.domain.project;

import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;

/**
 * Where projects are kept. What is ours alone in a project's document (milestones, timeline,
 * photos, documents, custom fields of our own) is left as it is by every method that stores, and
 * goes with the project when that is removed.
 */
public interface ProjectRepository
    extends AboutContactRepository<ProjectId, GhlOpportunityId, Project> {

  /** Live projects in a stable order; a project is on one page only. */
  Page<Project> list(LocationId locationId, ProjectQuery query);
}
