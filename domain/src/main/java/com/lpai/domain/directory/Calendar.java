package com.lpai.domain.directory;

import java.util.List;

/**
 * A calendar of a location (ghl-facts.md 3.3).
 *
 * @param type the CRM's word, for example {@code round_robin}; empty when it does not tell
 * @param slotDuration in {@code slotDurationUnit}; 0 when the CRM does not tell
 * @param slotDurationUnit {@code mins} or {@code hours}; empty when the CRM does not tell
 * @param color as the CRM writes it, for example {@code #039be5}; empty when it does not tell
 * @param teamMembers CRM ids of its users
 */
public record Calendar(
    GhlCalendarId id,
    String name,
    String description,
    String groupId,
    String type,
    boolean isActive,
    int slotDuration,
    String slotDurationUnit,
    String color,
    List<String> teamMembers)
    implements DirectoryEntry {
  public Calendar {
    teamMembers = List.copyOf(teamMembers);
  }

  @Override
  public String crmId() {
    return id.value();
  }

  /** The icon that it is shown with, by its name. */
  public String icon() {
    return CalendarIcons.of(name);
  }
}
