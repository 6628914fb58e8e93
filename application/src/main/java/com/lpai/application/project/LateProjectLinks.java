package com.lpai.application.project;

import com.lpai.application.contact.ContactLinks;
import com.lpai.application.contact.LateLinks;
import com.lpai.application.work.Versioned;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

final class LateProjectLinks implements LateLinks {
  private final ProjectRepository projects;
  private final ContactLinks links;

  LateProjectLinks(ProjectRepository projects, ContactLinks links) {
    this.projects = projects;
    this.links = links;
  }

  @Override
  public void find(LocationId locationId, BooleanSupplier goOn) {
    String cursor = "";
    while (goOn.getAsBoolean()) {
      Page<Project> page = projects.list(locationId, ProjectQuery.all(Page.LARGEST, cursor));
      link(locationId, page.items());
      if (page.isLast()) {
        return;
      }
      cursor = page.nextCursor();
    }
  }

  private void link(LocationId locationId, List<Project> page) {
    List<Project> linked = new ArrayList<>(links.resolved(locationId, page));
    linked.removeAll(page);
    List<SaveOutcome<GhlOpportunityId, Project>> outcomes = projects.saveAll(locationId, linked);
    for (int i = 0; i < outcomes.size(); i++) {
      if (!(outcomes.get(i) instanceof SaveOutcome.Saved<GhlOpportunityId, Project>)) {
        linkNewest(locationId, linked.get(i).id());
      }
    }
  }

  /** Somebody changed it meanwhile. */
  private void linkNewest(LocationId locationId, ProjectId id) {
    Versioned.change(
        () -> projects.find(locationId, id),
        found ->
            found.flatMap(
                newest ->
                    links.resolved(locationId, List.of(newest)).stream()
                        .filter(linked -> !linked.equals(newest))
                        .findFirst()),
        linked -> saved(projects.save(locationId, linked)));
  }

  private static Optional<Project> saved(SaveOutcome<GhlOpportunityId, Project> outcome) {
    return outcome instanceof SaveOutcome.Saved<GhlOpportunityId, Project>(Project project)
        ? Optional.of(project)
        : Optional.empty();
  }
}
