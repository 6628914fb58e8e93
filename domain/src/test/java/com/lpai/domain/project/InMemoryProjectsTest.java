package com.lpai.domain.project;

import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;

class InMemoryProjectsTest
    implements ProjectRepositoryContract,
        PendingPushesContract<ProjectId, GhlOpportunityId, Project> {
  private final InMemoryProjects projects = new InMemoryProjects();

  @Override
  public ProjectRepository projects() {
    return projects;
  }

  @Override
  public PendingPushes<ProjectId> pending() {
    return projects;
  }
}
