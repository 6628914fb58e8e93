package com.lpai.architecture.model;

import java.util.Arrays;
import java.util.List;

/**
 * The fields that persons change in the model, on either side. A value is a text, the empty one
 * being none; a word in braces stands for an id that the location has.
 */
enum ModelField {
  FIRST_NAME(ModelKind.CONTACT, "firstName", "Ann", "Bob", "Cid"),
  CITY(ModelKind.CONTACT, "city", "", "Rome", "Oslo", "Bonn"),
  /** Each address is used once: two of one address are one person (spec 5). */
  EMAIL(ModelKind.CONTACT, "email", "{new}"),
  VIP(ModelKind.CONTACT, "tags/vip", "", "true"),
  OLD(ModelKind.CONTACT, "tags/old", "", "true"),
  SIZE(ModelKind.CONTACT, "customFields/{size}", "", "S", "M", "L"),
  DND(ModelKind.CONTACT, "dnd", "true", "false"),
  TITLE(ModelKind.PROJECT, "title", "Roof", "Bath", "Pool"),
  STATUS(ModelKind.PROJECT, "status", "open", "won", "lost", "abandoned"),
  VALUE(ModelKind.PROJECT, "monetaryValue", "100", "250.5", "900"),
  STAGE(ModelKind.PROJECT, "pipelineStageId", "{stage0}", "{stage1}"),
  QUOTE(ModelKind.PROJECT, "quoteNumber", "", "Q1", "Q2", "Q3"),
  SUBJECT(ModelKind.APPOINTMENT, "title", "Visit", "Call", "Check"),
  STATE(ModelKind.APPOINTMENT, "status", "confirmed", "cancelled", "showed", "scheduled"),
  PLACE(ModelKind.APPOINTMENT, "address", "", "Here", "There"),
  /** With it goes the end, an hour later. */
  START(ModelKind.APPOINTMENT, "start", "{hour1}", "{hour2}", "{hour3}");

  private final ModelKind kind;
  private final String ours;

  @SuppressWarnings("ImmutableEnumChecker") // it is made by List.of
  private final List<String> values;

  ModelField(ModelKind kind, String ours, String... values) {
    this.kind = kind;
    this.ours = ours;
    this.values = List.of(values);
  }

  static List<ModelField> of(ModelKind kind) {
    return Arrays.stream(values()).filter(field -> field.kind == kind).toList();
  }

  ModelKind kind() {
    return kind;
  }

  /** Our name of it, with a word in braces where an id belongs. */
  String ours() {
    return ours;
  }

  String value(int which) {
    return values.get(Math.floorMod(which, values.size()));
  }

  /** Whether a create of unknown outcome is looked up by it. */
  boolean identifies() {
    return this == EMAIL || this == TITLE || this == START;
  }
}
