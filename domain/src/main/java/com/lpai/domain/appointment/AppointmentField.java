package com.lpai.domain.appointment;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The plain fields of an appointment that both sides keep (ghl-facts.md 3.3). REST, MongoDB and the
 * CRM's payloads are all mapped from this table.
 */
public enum AppointmentField implements MirroredField {
  TITLE("title", "title", FieldType.TEXT, FieldAccess.WRITABLE, true),
  CALENDAR_ID("calendarId", "calendarId", FieldType.TEXT, FieldAccess.WRITABLE, true),
  /** The CRM's id of the contact; an update of the CRM has no such property. */
  GHL_CONTACT_ID("ghlContactId", "contactId", FieldType.TEXT, FieldAccess.CREATE_ONLY, true),
  /** The CRM's id of the user it is assigned to. */
  USER_ID("userId", "assignedUserId", FieldType.TEXT, FieldAccess.WRITABLE, true),
  START("start", "startTime", FieldType.MOMENT, FieldAccess.WRITABLE, true),
  END("end", "endTime", FieldType.MOMENT, FieldAccess.WRITABLE, true),
  ADDRESS("address", "address", FieldType.TEXT, FieldAccess.WRITABLE, true),
  /** One of {@link AppointmentStatus}. */
  STATUS("status", "appointmentStatus", FieldType.WORD, FieldAccess.WRITABLE, true),
  DESCRIPTION("description", "description", FieldType.TEXT, FieldAccess.WRITABLE, false),
  /** Told by the CRM's events and reads, and by no schema of its writes. */
  NOTES("notes", "notes", FieldType.TEXT, FieldAccess.READ_ONLY, true),
  GROUP_ID("groupId", "groupId", FieldType.TEXT, FieldAccess.READ_ONLY, true),
  MASTER_EVENT_ID("masterEventId", "masterEventId", FieldType.TEXT, FieldAccess.READ_ONLY, false),
  RECURRENCE("rrule", "rrule", FieldType.TEXT, FieldAccess.READ_ONLY, false);

  /** All of them. */
  public static final FieldTable TABLE = FieldTable.of(values());

  private final String key;
  private final String crmKey;
  private final FieldType type;
  private final FieldAccess access;
  private final boolean inEvents;

  AppointmentField(
      String key, String crmKey, FieldType type, FieldAccess access, boolean inEvents) {
    this.key = key;
    this.crmKey = crmKey;
    this.type = type;
    this.access = access;
    this.inEvents = inEvents;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public String crmKey() {
    return crmKey;
  }

  @Override
  public FieldType type() {
    return type;
  }

  @Override
  public FieldAccess access() {
    return access;
  }

  @Override
  public boolean isInEvents() {
    return inEvents;
  }

  @Override
  public List<String> words() {
    return statuses(status -> true);
  }

  @Override
  public List<String> writableWords() {
    return statuses(AppointmentStatus::isWritable);
  }

  private List<String> statuses(Predicate<AppointmentStatus> chosen) {
    return this == STATUS
        ? Arrays.stream(AppointmentStatus.values())
            .filter(chosen)
            .map(AppointmentStatus::word)
            .toList()
        : List.of();
  }
}
