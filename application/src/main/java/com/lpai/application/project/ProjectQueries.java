package com.lpai.application.project;

import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/** Reading projects; deleted ones are not seen. */
public interface ProjectQueries {
  Optional<Project> find(LocationId locationId, ProjectId id);

  Page<Project> list(LocationId locationId, ProjectQuery query);
}
