package com.lpai.adapter.web.api;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;

/** Reads the body of a create or of a merge patch of a project; custom fields are patched by id. */
final class ProjectChanges extends RecordChanges {
  private static final Set<String> SET_BY_SERVER =
      Set.of("ghlOpportunityId", "ghlContactId", ProjectField.FOLLOWERS);

  private ProjectChanges(Fields present) {
    super(ProjectField.TABLE, SET_BY_SERVER, present);
  }

  /**
   * The changes that a body asks for.
   *
   * @param present the project's values now; none for a new one
   * @throws ProblemException 400, naming every property that is unknown or not accepted
   */
  static FieldChanges read(JsonObject body, Fields present) {
    return new ProjectChanges(present).read(body);
  }

  @Override
  boolean isSpecial(String name) {
    return name.equals(ProjectField.CRM_CUSTOM_FIELDS);
  }

  @Override
  void special(String name, JsonValue value) {
    customFields(name, value);
  }
}
