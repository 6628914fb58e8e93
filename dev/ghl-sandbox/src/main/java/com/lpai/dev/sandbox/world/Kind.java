package com.lpai.dev.sandbox.world;

import java.util.List;

/** The kinds of records that a location holds. */
public enum Kind {
  /** People, {@code dateAdded} and {@code dateUpdated}. */
  CONTACTS("contacts", "dateAdded", "dateUpdated", List.of("email", "phone"), true),
  /** Deals of people. */
  OPPORTUNITIES("opportunities", "createdAt", "updatedAt", List.of("contactId"), true),
  /** With their stages. */
  PIPELINES("pipelines", "createdAt", "updatedAt", List.of(), false),
  /** Why deals are lost. */
  LOST_REASONS("lostReasons", "createdAt", "updatedAt", List.of(), false),
  /** What more is known of people and deals; without times. */
  CUSTOM_FIELDS("customFields", "createdAt", "updatedAt", List.of("fieldKey"), false),
  /** Texts of the location that templates name; without times. */
  CUSTOM_VALUES("customValues", "createdAt", "updatedAt", List.of(), false),
  /** With their team and hours; without times. */
  CALENDARS("calendars", "createdAt", "updatedAt", List.of(), false),
  /** Events with people, {@code dateAdded} and {@code dateUpdated}. */
  APPOINTMENTS(
      "appointments",
      "dateAdded",
      "dateUpdated",
      List.of("calendarId", "assignedUserId", "groupId", "contactId", "masterEventId"),
      false),
  /** Times at which nobody can book. */
  BLOCKED_SLOTS(
      "blockedSlots",
      "dateAdded",
      "dateUpdated",
      List.of("calendarId", "assignedUserId", "groupId"),
      false),
  /** Talks with people, at most one with each. */
  CONVERSATIONS("conversations", "dateAdded", "dateUpdated", List.of("contactId"), true),
  /** What was said in them. */
  MESSAGES("messages", "dateAdded", "dateUpdated", List.of("conversationId", "mailIds"), false);

  private final String plural;
  private final String added;
  private final String updated;

  @SuppressWarnings("ImmutableEnumChecker") // always a List.of
  private final List<String> lookups;

  private final boolean searched;

  Kind(String plural, String added, String updated, List<String> lookups, boolean searched) {
    this.plural = plural;
    this.added = added;
    this.updated = updated;
    this.lookups = lookups;
    this.searched = searched;
  }

  /** The name of many: of the storage, of the counts when seeding, and in the control API. */
  public String plural() {
    return plural;
  }

  /** The field with the time of creation. */
  String added() {
    return added;
  }

  /** The field with the time of the last change. */
  String updated() {
    return updated;
  }

  /** Fields with a text, or texts, by which records are found at once. */
  List<String> lookups() {
    return lookups;
  }

  /** Whether lists of this kind come from GoHighLevel's search index, which may be behind. */
  boolean isSearched() {
    return searched;
  }
}
