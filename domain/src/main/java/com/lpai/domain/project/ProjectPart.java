package com.lpai.domain.project;

import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The lists that belong to a project and are ours alone: no sync touches them (spec 5). */
@SuppressWarnings("ImmutableEnumChecker") // both are made here, and never changed
public enum ProjectPart {
  MILESTONES(
      "milestones",
      "milestone",
      100,
      false,
      PartField.needed("title", FieldType.TEXT),
      PartField.of("description", FieldType.TEXT),
      PartField.of("dueOn", FieldType.DAY),
      PartField.of("status", FieldType.WORD, "planned", "started", "done"),
      PartField.of("completedAt", FieldType.MOMENT)),
  /** What happened; what was said stays said. */
  TIMELINE(
      "timeline",
      "timeline entry",
      500,
      true,
      PartField.needed("text", FieldType.TEXT),
      PartField.of("kind", FieldType.TEXT),
      PartField.of("at", FieldType.MOMENT)),
  PHOTOS(
      "photos",
      "photo",
      200,
      false,
      PartField.needed("url", FieldType.TEXT),
      PartField.of("caption", FieldType.TEXT),
      PartField.of("takenAt", FieldType.MOMENT)),
  DOCUMENTS(
      "documents",
      "document",
      200,
      false,
      PartField.needed("name", FieldType.TEXT),
      PartField.needed("url", FieldType.TEXT),
      PartField.of("description", FieldType.TEXT),
      PartField.of("contentType", FieldType.TEXT),
      PartField.of("size", FieldType.AMOUNT));

  /** In characters. */
  public static final int LONGEST_TEXT = 2_000;

  private final String key;
  private final String noun;
  private final int most;
  private final boolean appendOnly;
  private final List<PartField> fields;
  private final FieldTable table;

  ProjectPart(String key, String noun, int most, boolean appendOnly, PartField... fields) {
    this.key = key;
    this.noun = noun;
    this.most = most;
    this.appendOnly = appendOnly;
    this.fields = List.of(fields);
    this.table = FieldTable.of(fields);
  }

  /** Its name in the REST API and in the project's document. */
  public String key() {
    return key;
  }

  /** What a person calls an entry. */
  public String noun() {
    return noun;
  }

  /** How many entries a project may have. */
  public int most() {
    return most;
  }

  /** True when entries are neither changed nor removed. */
  public boolean isAppendOnly() {
    return appendOnly;
  }

  /** What an entry consists of. */
  public FieldTable table() {
    return table;
  }

  /** What an entry must have. */
  public List<MirroredField> needed() {
    return fields.stream().filter(PartField::needed).map(MirroredField.class::cast).toList();
  }

  public static Optional<ProjectPart> named(String key) {
    return Arrays.stream(values()).filter(part -> part.key.equals(key)).findFirst();
  }
}
