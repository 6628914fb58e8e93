package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** A project as the REST API shows it (docs/rest-api.md). A field without a value is absent. */
final class ProjectJson {
  private ProjectJson() {}

  static JsonObject of(Project project) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("id", project.id().value());
    project.crmId().ifPresent(id -> json.add("ghlOpportunityId", id.value()));
    project.contact().contactId().ifPresent(id -> json.add("contactId", id.value()));
    RecordJson.addFields(json, project);
    json.add(ProjectField.FOLLOWERS, RecordJson.namesOf(project, ProjectField.FOLLOWERS))
        .add(
            ProjectField.CRM_CUSTOM_FIELDS,
            RecordJson.valuesOf(project, ProjectField.CRM_CUSTOM_FIELDS));
    RecordJson.addState(json, project);
    return json.build();
  }
}
