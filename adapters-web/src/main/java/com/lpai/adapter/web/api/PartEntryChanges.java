package com.lpai.adapter.web.api;

import com.lpai.domain.project.ProjectPart;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Set;

/** Reads the body of a new entry of a part of a project, or of a merge patch of one. */
final class PartEntryChanges extends RecordChanges {
  private static final Set<String> SET_BY_SERVER = Set.of("createdBy", "version");

  private PartEntryChanges(ProjectPart part) {
    super(part.table(), SET_BY_SERVER, Fields.NONE);
  }

  /**
   * The changes that a body asks for.
   *
   * @throws com.lpai.adapter.web.problem.ProblemException 400, naming every property that is
   *     unknown or not accepted
   */
  static FieldChanges read(ProjectPart part, JsonObject body) {
    return new PartEntryChanges(part).read(body);
  }

  @Override
  boolean isSpecial(String name) {
    return false;
  }

  @Override
  void special(String name, JsonValue value) {
    throw new IllegalStateException("an entry has plain fields only");
  }
}
