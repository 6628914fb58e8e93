package com.lpai.application.webhook;

import static com.lpai.application.testing.TestSystem.LOCATION;

import com.lpai.application.testing.TestSystem;
import com.lpai.domain.appointment.Appointment;
import com.lpai.domain.appointment.AppointmentField;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.InMemoryRecords;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Push;
import com.lpai.domain.webhook.WebhookEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A kind of mirrored record, in words that fit all of them. */
enum RecordKind {
  CONTACT("Contact", "find", ContactField.FIRST_NAME.fieldName(), ContactField.CITY.fieldName()) {
    @Override
    InMemoryRecords<?, ?, ?> records(TestSystem system) {
      return system.contacts;
    }

    @Override
    FieldChanges others() {
      return FieldChanges.of(
          ContactField.EMAIL.fieldName(), FieldValue.text("someone@example.com"));
    }

    @Override
    void crmHas(TestSystem system, String id, FieldChanges values) {
      system.crm.hasAgain(LOCATION, new GhlContactId(id), values);
    }

    @Override
    void crmRemoves(TestSystem system, String id) {
      system.crm.removes(LOCATION, new GhlContactId(id));
    }

    @Override
    WebhookEvent changed(String id, FieldChanges said) {
      return new WebhookEvent.ContactChanged(record(new GhlContactId(id), said));
    }

    @Override
    WebhookEvent deleted(String id) {
      return new WebhookEvent.ContactDeleted(new GhlContactId(id));
    }

    @Override
    Optional<Mirrored<?, ?, ?>> stored(TestSystem system, String id) {
      return system.contacts.findByCrmId(LOCATION, new GhlContactId(id)).map(found -> found);
    }

    @Override
    void pushedAt(TestSystem system, String id, FieldChanges values, Instant at) {
      pushed(system.contacts, new GhlContactId(id), values, at);
    }

    @Override
    void creates(TestSystem system, FieldChanges values, Instant leaseUntil) {
      Instant now = system.time.instant();
      Contact made =
          Contact.createdHere(
              system.contacts.nextId(), LOCATION, values, MirrorFixture.SOMEBODY, now);
      system.contacts.save(LOCATION, made.pushStarted(create(values, now, leaseUntil)));
    }
  },

  PROJECT(
      "Opportunity",
      "opportunity",
      ProjectField.TITLE.fieldName(),
      ProjectField.SOURCE.fieldName()) {
    @Override
    InMemoryRecords<?, ?, ?> records(TestSystem system) {
      return system.projects;
    }

    @Override
    FieldChanges others() {
      return FieldChanges.of(ProjectField.PIPELINE_ID.fieldName(), FieldValue.text("pipe1"));
    }

    @Override
    void crmHas(TestSystem system, String id, FieldChanges values) {
      system.lists.hasOpportunity(new GhlOpportunityId(id), values);
    }

    @Override
    void crmRemoves(TestSystem system, String id) {
      system.lists.deletesOpportunity(new GhlOpportunityId(id));
    }

    @Override
    WebhookEvent changed(String id, FieldChanges said) {
      return new WebhookEvent.OpportunityChanged(record(new GhlOpportunityId(id), said));
    }

    @Override
    WebhookEvent deleted(String id) {
      return new WebhookEvent.OpportunityDeleted(new GhlOpportunityId(id));
    }

    @Override
    Optional<Mirrored<?, ?, ?>> stored(TestSystem system, String id) {
      return system.projects.findByCrmId(LOCATION, new GhlOpportunityId(id)).map(found -> found);
    }

    @Override
    void pushedAt(TestSystem system, String id, FieldChanges values, Instant at) {
      pushed(system.projects, new GhlOpportunityId(id), values, at);
    }

    @Override
    void creates(TestSystem system, FieldChanges values, Instant leaseUntil) {
      Instant now = system.time.instant();
      Project made =
          Project.createdHere(
              system.projects.nextId(),
              LOCATION,
              ContactReference.none(),
              values,
              MirrorFixture.SOMEBODY,
              now);
      system.projects.save(LOCATION, made.pushStarted(create(values, now, leaseUntil)));
    }
  },

  APPOINTMENT(
      "Appointment",
      "event",
      AppointmentField.TITLE.fieldName(),
      AppointmentField.ADDRESS.fieldName()) {
    @Override
    InMemoryRecords<?, ?, ?> records(TestSystem system) {
      return system.appointments;
    }

    @Override
    FieldChanges others() {
      return FieldChanges.of(AppointmentField.CALENDAR_ID.fieldName(), FieldValue.text("cal1"))
          .with(
              AppointmentField.START.fieldName(),
              new FieldValue.Moment(Instant.parse("2026-12-01T09:00:00Z")));
    }

    @Override
    void crmHas(TestSystem system, String id, FieldChanges values) {
      system.lists.hasAppointment(new GhlAppointmentId(id), values);
    }

    @Override
    void crmRemoves(TestSystem system, String id) {
      system.lists.deletesAppointment(new GhlAppointmentId(id));
    }

    @Override
    WebhookEvent changed(String id, FieldChanges said) {
      return new WebhookEvent.AppointmentChanged(record(new GhlAppointmentId(id), said));
    }

    @Override
    WebhookEvent deleted(String id) {
      return new WebhookEvent.AppointmentDeleted(new GhlAppointmentId(id));
    }

    @Override
    Optional<Mirrored<?, ?, ?>> stored(TestSystem system, String id) {
      return system
          .appointments
          .findByCrmId(LOCATION, new GhlAppointmentId(id))
          .map(found -> found);
    }

    @Override
    void pushedAt(TestSystem system, String id, FieldChanges values, Instant at) {
      pushed(system.appointments, new GhlAppointmentId(id), values, at);
    }

    @Override
    void creates(TestSystem system, FieldChanges values, Instant leaseUntil) {
      Instant now = system.time.instant();
      Appointment made =
          Appointment.createdHere(
              system.appointments.nextId(),
              LOCATION,
              ContactReference.none(),
              values,
              MirrorFixture.SOMEBODY,
              now);
      system.appointments.save(LOCATION, made.pushStarted(create(values, now, leaseUntil)));
    }
  };

  private final String word;
  private final String call;
  private final String title;
  private final String place;

  RecordKind(String word, String call, FieldName title, FieldName place) {
    this.word = word;
    this.call = call;
    this.title = title.value();
    this.place = place.value();
  }

  abstract InMemoryRecords<?, ?, ?> records(TestSystem system);

  /** What a record has beside its name and place. */
  abstract FieldChanges others();

  abstract void crmHas(TestSystem system, String id, FieldChanges values);

  abstract void crmRemoves(TestSystem system, String id);

  abstract WebhookEvent changed(String id, FieldChanges said);

  abstract WebhookEvent deleted(String id);

  abstract Optional<Mirrored<?, ?, ?>> stored(TestSystem system, String id);

  /** Ours was edited and pushed at this time. */
  abstract void pushedAt(TestSystem system, String id, FieldChanges values, Instant at);

  /** A record of ours is just being created in the CRM. */
  abstract void creates(TestSystem system, FieldChanges values, Instant leaseUntil);

  FieldName title() {
    return FieldName.of(title);
  }

  FieldName place() {
    return FieldName.of(place);
  }

  FieldChanges named(String text) {
    return others().with(title(), FieldValue.text(text));
  }

  FieldChanges named(String text, String where) {
    return named(text).with(place(), FieldValue.text(where));
  }

  /** An event with these values; without a time when {@code secondsAfterTen} is empty. */
  void receive(
      TestSystem system, String webhookId, String id, FieldChanges said, String secondsAfterTen) {
    system.receive(
        system.webhooks.body(webhookId, word + "Update", id, changed(id, said), secondsAfterTen));
  }

  void receive(TestSystem system, String webhookId, String id, FieldChanges said, long seconds) {
    receive(system, webhookId, id, said, String.valueOf(seconds));
  }

  void receiveDeletion(TestSystem system, String webhookId, String id, long secondsAfterTen) {
    system.receive(
        system.webhooks.body(
            webhookId, word + "Delete", id, deleted(id), String.valueOf(secondsAfterTen)));
  }

  int reads(TestSystem system) {
    return system.crm.calls(call).size();
  }

  /** What a read of one record is called where calls can be made to fail. */
  String call() {
    return call;
  }

  String text(TestSystem system, String id, FieldName field) {
    return stored(system, id).orElseThrow().fields().text(field);
  }

  boolean isLive(TestSystem system, String id) {
    return stored(system, id).filter(Mirrored::isLive).isPresent();
  }

  private static <G> CrmRecord<G> record(G id, FieldChanges said) {
    return new CrmRecord<>(id, said, Set.of(), Instant.EPOCH);
  }

  private static <I, G, R extends Mirrored<I, G, R>> void pushed(
      InMemoryRecords<I, G, R> records, G id, FieldChanges values, Instant at) {
    R edited =
        records.findByCrmId(LOCATION, id).orElseThrow().edited(values, MirrorFixture.SOMEBODY, at);
    Push.InFlight call =
        new Push.InFlight(Push.Kind.UPDATE, edited.sync().revision(), values, at, at, "token");
    records.save(LOCATION, edited.pushStarted(call).pushSucceeded(call, id, at));
  }

  private static Push.InFlight create(FieldChanges values, Instant now, Instant leaseUntil) {
    return new Push.InFlight(Push.Kind.CREATE, 1, values, now, leaseUntil, "token");
  }
}
