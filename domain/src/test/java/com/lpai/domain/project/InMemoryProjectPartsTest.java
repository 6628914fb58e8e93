package com.lpai.domain.project;

class InMemoryProjectPartsTest implements ProjectPartsContract {
  private final InMemoryProjects projects = new InMemoryProjects();
  private final InMemoryProjectParts parts = new InMemoryProjectParts(projects);

  @Override
  public ProjectRepository projects() {
    return projects;
  }

  @Override
  public ProjectParts parts() {
    return parts;
  }
}
