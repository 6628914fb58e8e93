package com.lpai.application.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.work.Instance;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.contact.InMemoryContacts;
import com.lpai.domain.location.InMemoryLocations;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.EventOrder;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final LocationId LOCATION = new LocationId("loc1");
  private static final Location HERE =
      Location.installed(LOCATION, new CompanyId("company"), Instant.EPOCH);

  private final MutableInstantSource time =
      MutableInstantSource.aClockAt(Instant.parse("2026-11-22T10:00:00Z"));
  private final InMemoryContacts contacts = new InMemoryContacts();
  private Runnable beforeStoring = () -> {};
  private final Intake<GhlContactId> intake =
      Intake.of(
          contacts,
          new InMemoryLocations(),
          new Rules(),
          new Instance("instance1", time, () -> "token", () -> 0.5));

  /** Something may happen between what is looked up and what is stored. */
  private final class Rules implements IntakeRules<ContactId, GhlContactId, Contact> {
    @Override
    public MirrorKind kind() {
      return MirrorKind.CONTACTS;
    }

    @Override
    public SetupStep step() {
      return SetupStep.CONTACTS;
    }

    @Override
    public List<FieldName> identifying() {
      return List.of();
    }

    @Override
    public CrmRecord<GhlContactId> normalised(Location location, CrmRecord<GhlContactId> said) {
      return said;
    }

    @Override
    public Contact foundInCrm(
        ContactId id, LocationId locationId, GhlContactId crmId, Instant now) {
      return Contact.foundInCrm(id, locationId, crmId, now);
    }

    @Override
    public List<Resolved<Contact>> resolved(LocationId locationId, List<Contact> records) {
      Runnable happening = beforeStoring;
      beforeStoring = () -> {};
      happening.run();
      return IntakeRules.super.resolved(locationId, records);
    }
  }

  /** Trap 53: in the guide the first twin of a page cost the rest of it. */
  @Test
  void recordsThatOthersStoreWhileAPageIsTakenInAreNeitherDoubledNorLost() {
    List<CrmRecord<GhlContactId>> page =
        List.of(said("1", "Rome"), said("2", "Rome"), said("3", "Rome"));
    beforeStoring =
        () ->
            intake.absorbRead(
                LOCATION, said("2", "Bari"), time.instant().minusSeconds(1), Origin.WEBHOOK);

    Intake.PageOutcome<GhlContactId> outcome = absorbPage(page);

    assertThat(cities()).containsExactlyInAnyOrder("Rome", "Bari", "Rome");
    assertThat(outcome.doubtful()).containsExactly(new GhlContactId("2"));
  }

  /** Trap 53: what others changed while a page is taken in is newer than the page may be. */
  @Test
  void aRecordThatOthersChangeWhileAPageIsTakenInKeepsTheirChangeAndIsReadAlone() {
    absorbPage(List.of(said("1", "Rome"), said("2", "Rome")));
    Contact first = contacts.findByCrmId(LOCATION, new GhlContactId("1")).orElseThrow();
    FieldChanges edit = FieldChanges.of(ContactField.SOURCE.fieldName(), FieldValue.text("fair"));
    time.advance(Duration.ofMinutes(2));
    beforeStoring =
        () -> contacts.save(LOCATION, first.edited(edit, MirrorFixture.SOMEBODY, time.instant()));

    Intake.PageOutcome<GhlContactId> outcome =
        absorbPage(List.of(said("1", "Bari"), said("2", "Bari")));

    assertThat(outcome.doubtful())
        .as("to be read one by one")
        .containsExactly(first.crmId().orElseThrow());
    assertThat(cities()).containsExactly("Rome", "Bari");
    assertThat(contacts.find(LOCATION, first.id()).orElseThrow().fields())
        .extracting(fields -> fields.text(ContactField.SOURCE.fieldName()))
        .isEqualTo("fair");
  }

  /** The same for events: one by one, on what is there then. */
  @Test
  void recordThatOthersChangeWhileEventsAreTakenInGetsItsEventsOnceMore() {
    absorbPage(List.of(said("1", "Rome"), said("2", "Rome")));
    Contact first = contacts.findByCrmId(LOCATION, new GhlContactId("1")).orElseThrow();
    FieldChanges edit = FieldChanges.of(ContactField.SOURCE.fieldName(), FieldValue.text("fair"));
    time.advance(Duration.ofHours(1));
    beforeStoring =
        () -> contacts.save(LOCATION, first.edited(edit, MirrorFixture.SOMEBODY, time.instant()));

    List<Heard.Outcome> outcomes =
        intake
            .absorbEvents(
                LOCATION,
                List.of(heard("1", "Bari"), heard("2", "Bari"), heard("2", "Bonn")),
                EventOrder.STANDARD)
            .outcomes();

    assertThat(outcomes)
        .containsExactly(
            Heard.Outcome.TO_BE_READ_TOO, Heard.Outcome.APPLIED, Heard.Outcome.TO_BE_READ);
    assertThat(cities()).containsExactly("Bari", "Bari");
    assertThat(contacts.find(LOCATION, first.id()).orElseThrow().fields())
        .extracting(fields -> fields.text(ContactField.SOURCE.fieldName()))
        .isEqualTo("fair");
  }

  private Heard<GhlContactId> heard(String id, String city) {
    return new Heard.Changed<>(
        said(id, city), new Heard.Times(time.instant(), time.instant(), false));
  }

  @Test
  void whatWasReadAfterATimeIsNotAmongWhatWasNot() {
    absorbPage(List.of(said("1", "Rome"), said("2", "Rome")));
    Instant later = time.instant().plusSeconds(1);

    intake.noteRead(LOCATION, List.of(new GhlContactId("1"), new GhlContactId("9")), later);

    assertThat(intake.countLinked(LOCATION)).isEqualTo(2);
    assertThat(intake.notReadSince(LOCATION, "", later, 10)).containsExactly(new GhlContactId("2"));
    assertThat(cities()).containsExactly("Rome", "Rome");
  }

  private List<String> cities() {
    return contacts.list(LOCATION, ContactQuery.all(10, "")).items().stream()
        .map(contact -> contact.fields().text(ContactField.CITY.fieldName()))
        .toList();
  }

  private Intake.PageOutcome<GhlContactId> absorbPage(List<CrmRecord<GhlContactId>> page) {
    return intake.absorbPage(HERE, intake.normalised(HERE, page), time.instant(), Origin.SETUP);
  }

  private static CrmRecord<GhlContactId> said(String id, String city) {
    return new CrmRecord<>(
        new GhlContactId(id),
        FieldChanges.of(ContactField.CITY.fieldName(), FieldValue.text(city)),
        Set.of(),
        Instant.EPOCH);
  }
}
