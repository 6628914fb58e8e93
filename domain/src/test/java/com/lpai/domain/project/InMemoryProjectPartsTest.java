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

  @Override
  public void othersPut(Project project, String field, Object value) {
    projects.othersPut(project.id(), field, value);
  }
}
