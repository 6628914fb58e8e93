package com.lpai.architecture.model;

import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentQuery;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectQuery;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Our records of one location, wherever they are kept; it only looks. */
final class Here {
  private static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");
  private static final int PAGE = 200;

  private final LocationId location;
  private final ContactRepository contacts;
  private final ProjectRepository projects;
  private final AppointmentRepository appointments;

  Here(
      LocationId location,
      ContactRepository contacts,
      ProjectRepository projects,
      AppointmentRepository appointments) {
    this.location = location;
    this.contacts = contacts;
    this.projects = projects;
    this.appointments = appointments;
  }

  List<? extends Mirrored<?, ?, ?>> live(ModelKind kind) {
    return switch (kind) {
      case CONTACT -> all(cursor -> contacts.list(location, ContactQuery.all(PAGE, cursor)));
      case PROJECT -> all(cursor -> projects.list(location, ProjectQuery.all(PAGE, cursor)));
      case APPOINTMENT ->
          all(
              cursor ->
                  appointments.list(
                      location, AppointmentQuery.between(Instant.EPOCH, FAR, PAGE, cursor)));
    };
  }

  private static <R> List<R> all(Function<String, Page<R>> list) {
    List<R> all = new ArrayList<>();
    String cursor = "";
    do {
      Page<R> page = list.apply(cursor);
      all.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return all;
  }

  /** Also one that was deleted. */
  Optional<? extends Mirrored<?, ?, ?>> find(ModelKind kind, String id) {
    return switch (kind) {
      case CONTACT -> contacts.find(location, new ContactId(id));
      case PROJECT -> projects.find(location, new ProjectId(id));
      case APPOINTMENT -> appointments.find(location, new AppointmentId(id));
    };
  }

  /** The contact that GoHighLevel has, or once had, under this id. */
  Optional<? extends Mirrored<?, ?, ?>> contactOf(String crmId) {
    return contacts.findByCrmId(location, new GhlContactId(crmId));
  }

  /** What is not in step with GoHighLevel, or to be pushed at any time, in words. */
  List<String> restless() {
    List<String> found = new ArrayList<>();
    for (ModelKind kind : ModelKind.values()) {
      for (Mirrored<?, ?, ?> record : live(kind)) {
        if (record.sync().phase() != SyncPhase.SYNCED) {
          found.add(record + " " + record.sync().problem());
        }
      }
    }
    long due =
        contacts.countDue(location, FAR)
            + projects.countDue(location, FAR)
            + appointments.countDue(location, FAR);
    if (due > 0) {
      found.add(due + " to be pushed");
    }
    return found;
  }
}
