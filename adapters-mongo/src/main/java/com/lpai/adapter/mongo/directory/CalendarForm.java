package com.lpai.adapter.mongo.directory;

import com.lpai.adapter.mongo.copy.CopyForm;
import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.GhlCalendarId;
import org.bson.Document;

/** A calendar as a document, and back. */
final class CalendarForm implements CopyForm<Calendar> {
  @Override
  public String kind() {
    return "calendar";
  }

  @Override
  public String idField() {
    return "ghlCalendarId";
  }

  @Override
  public String id(Calendar calendar) {
    return calendar.crmId();
  }

  @Override
  public Document toDocument(Calendar calendar) {
    return new Sparse()
        .text("description", calendar.description())
        .text("groupId", calendar.groupId())
        .text("calendarType", calendar.type())
        .number("slotDuration", calendar.slotDuration())
        .text("slotDurationUnit", calendar.slotDurationUnit())
        .text("eventColor", calendar.color())
        .texts("teamMembers", calendar.teamMembers())
        .document()
        .append("name", calendar.name())
        .append("isActive", calendar.isActive())
        .append("icon", calendar.icon());
  }

  @Override
  public Calendar toDomain(StoredDocument stored) {
    return new Calendar(
        new GhlCalendarId(stored.text(idField())),
        stored.text("name"),
        stored.textOrEmpty("description"),
        stored.textOrEmpty("groupId"),
        stored.textOrEmpty("calendarType"),
        stored.flagOrFalse("isActive"),
        Math.toIntExact(stored.numberOrZero("slotDuration")),
        stored.textOrEmpty("slotDurationUnit"),
        stored.textOrEmpty("eventColor"),
        stored.texts("teamMembers"));
  }
}
