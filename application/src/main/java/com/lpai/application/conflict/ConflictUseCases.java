package com.lpai.application.conflict;

import com.lpai.application.edit.RecordEditor;
import com.lpai.application.work.Instance;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.AppointmentId;
import com.lpai.domain.appointment.AppointmentRepository;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactRepository;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.sync.MirrorKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The door to conflicts. */
public final class ConflictUseCases {
  private ConflictUseCases() {}

  /** Conflicts of all kinds of records. */
  public static ConflictsUseCase of(
      ContactRepository contacts,
      ProjectRepository projects,
      AppointmentRepository appointments,
      LocationRepository locations,
      WorkSignals signals,
      Instance instance) {
    return new ConflictsService(
        List.of(
            new ConflictsOfKind<>(
                MirrorKind.CONTACTS,
                contacts,
                new RecordEditor<>(contacts, signals, instance),
                ContactId::new,
                ConflictUseCases::name,
                instance.time()),
            new ConflictsOfKind<>(
                MirrorKind.PROJECTS,
                projects,
                new RecordEditor<>(projects, signals, instance),
                ProjectId::new,
                Project::title,
                instance.time()),
            new ConflictsOfKind<>(
                MirrorKind.APPOINTMENTS,
                appointments,
                new RecordEditor<>(appointments, signals, instance),
                AppointmentId::new,
                appointment -> appointment.fields().text(AppointmentField.TITLE.fieldName()),
                instance.time())),
        Map.of(
            MirrorKind.CONTACTS, ContactField.TABLE,
            MirrorKind.PROJECTS, ProjectField.TABLE,
            MirrorKind.APPOINTMENTS, AppointmentField.TABLE),
        locations);
  }

  private static String name(Contact contact) {
    return Stream.of(contact.fullName(), contact.email(), contact.phone())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
