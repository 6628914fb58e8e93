package com.lpai.adapter.mongo.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.document.MalformedDocumentException;
import com.lpai.adapter.mongo.mirror.MirrorDocuments;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Provenance;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.MongoClientSettings;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.bson.BsonType;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContactDocumentsTest {
  private static final MirrorDocuments<ContactId, GhlContactId, Contact> DOCUMENTS =
      new MirrorDocuments<>(new ContactForm());
  private static final LocationId LOCATION = new LocationId("loc-1");

  @Test
  void aContactLiesInItsDocumentAsTheGuideHasIt() {
    Contact contact =
        aContact()
            .in(LOCATION)
            .linkedTo(new GhlContactId("ghl-1"))
            .withName("Ann", "Lee")
            .withEmail("ann@example.com")
            .withTag("vip")
            .with(ContactField.DATE_OF_BIRTH.fieldName(), day("1980-02-29"))
            .with(custom("f1"), new FieldValue.Amount(new BigDecimal("12.5")))
            .with(
                FieldName.element(ContactField.DND_SETTINGS, "SMS"),
                new FieldValue.Structure("{\"status\":\"active\"}"))
            .build();

    Document document = document(contact);

    assertThat(document)
        .containsEntry("ghlContactId", "ghl-1")
        .containsEntry("live", true)
        .containsEntry("fullName", "Ann Lee")
        .containsEntry("email", "ann@example.com")
        .containsEntry("dateOfBirth", "1980-02-29")
        .containsEntry("tags", List.of("vip"))
        .containsEntry(
            "customFields",
            List.of(
                new Document("id", "f1").append("value", new Decimal128(new BigDecimal("12.5")))))
        .containsEntry(
            "dndSettings",
            List.of(
                new Document("channel", "SMS")
                    .append("value", new Document("json", "{\"status\":\"active\"}"))))
        .containsEntry("searchTerms", List.of("ann", "ann@example.com", "lee"))
        .containsEntry("version", 1L);
    assertThat(document.get("sync", Document.class)).containsEntry("state", "synced");
    assertThat(document).doesNotContainKeys("phone", "otherFields", "conflicts", "deletedAt");
  }

  /** In the guide it was an empty text, which was then pushed (trap 54). */
  @Test
  void anAbsentEmailIsAnAbsentField() {
    Document document = document(aContact().in(LOCATION).build());

    assertThat(document).doesNotContainKeys("email", "ghlContactId", "fullName", "searchTerms");
  }

  @Test
  void whatIsToBePushedLiesUnderItsFieldsName() {
    Contact contact =
        ContactFixture.linkedContact()
            .in(LOCATION)
            .withEmail("old@example.com")
            .build()
            .edited(
                FieldChanges.of(custom("a.b$"), FieldValue.text("x")),
                MirrorFixture.SOMEBODY,
                START);

    Document sync = document(contact).get("sync", Document.class);

    assertThat(sync.get("dirty", Document.class))
        .containsOnlyKeys("customFields/a%2Eb%24")
        .containsValue(new Document("revision", 1L).append("base", null));
    assertThat(sync).containsEntry("state", "pending").containsEntry("nextAttemptAt", START);
  }

  @Test
  void whatIsSyncedIsInNoIndexOfWhatIsToBePushed() {
    Contact contact = ContactFixture.linkedContact().in(LOCATION).build();

    assertThat(document(contact).get("sync", Document.class))
        .containsEntry("state", "synced")
        .doesNotContainKey("nextAttemptAt");
    assertThat(reread(contact)).isEqualTo(contact.atVersion(1));
  }

  @Test
  void textAndDaysOfOneLookStayApart() {
    FieldName birth = ContactField.DATE_OF_BIRTH.fieldName();
    for (FieldName name : List.of(birth, custom("f1"), FieldName.of("unknown"))) {
      for (FieldValue value : List.of(FieldValue.text("2020-01-01"), day("2020-01-01"))) {
        Contact contact = aContact().in(LOCATION).with(name, value).build();

        assertThat(reread(contact)).isEqualTo(contact.atVersion(1));
      }
    }
  }

  @Test
  void fieldsOfNoKnownKindComeBack() {
    Contact contact =
        aContact()
            .in(LOCATION)
            .with(FieldName.of("sync"), FieldValue.text("not the sync state"))
            .with(FieldName.of("_id"), FieldValue.text("not the id"))
            .with(FieldName.of("$x.y"), FieldValue.text("odd"))
            .with(FieldName.of("group/element"), new FieldValue.Flag(true))
            .with(FieldName.element(ContactField.TAGS, "half"), FieldValue.text("no flag"))
            .with(
                custom("long"), new FieldValue.Amount(new BigDecimal("1e-40").add(BigDecimal.ONE)))
            .build();

    assertThat(reread(contact)).isEqualTo(contact.atVersion(1));
  }

  @Test
  void fieldsThatAnotherVersionAddedAreIgnored() {
    Contact contact = aContact().in(LOCATION).withEmail("a@example.com").build();
    Document document = stored(contact);
    document.append("addedLater", new Document("x", 1));
    document.get("sync", Document.class).append("addedLater", BsonType.NULL.name());

    assertThat(DOCUMENTS.toDomain(document)).isEqualTo(contact.atVersion(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"locationId", "live", "sync", "trace", "createdAt", "updatedAt", "version"})
  void aMissingFieldIsNamed(String field) {
    Document document = stored(aContact().in(LOCATION).build());
    document.remove(field);

    assertThatExceptionOfType(MalformedDocumentException.class)
        .isThrownBy(() -> DOCUMENTS.toDomain(document))
        .withMessageContaining("contact " + document.get("_id"))
        .withMessageContaining("'" + field + "' is missing");
  }

  @Test
  void aFieldOfAnotherTypeIsNamedWithItsPathAndWithoutItsValue() {
    Document document = stored(aContact().in(LOCATION).build());
    document.get("sync", Document.class).append("revision", "personal");

    assertThatExceptionOfType(MalformedDocumentException.class)
        .isThrownBy(() -> DOCUMENTS.toDomain(document))
        .withMessageContaining("'sync.revision' is no Number")
        .withMessageNotContaining("personal");
  }

  private static Document document(Contact contact) {
    return DOCUMENTS.toDocument(contact, new ObjectId(contact.id().value()), 1, new ObjectId());
  }

  private static Document stored(Contact contact) {
    return Documents.throughBson(document(contact).append("locationId", LOCATION.value()));
  }

  private static Contact reread(Contact contact) {
    return DOCUMENTS.toDomain(stored(contact));
  }

  private static FieldName custom(String id) {
    return FieldName.element(ContactField.CUSTOM_FIELDS, id);
  }

  private static FieldValue day(String day) {
    return new FieldValue.Day(LocalDate.parse(day));
  }

  /** What an earlier version stored: who wrote it is unknown, and its conflicts were decided. */
  @Test
  void aDocumentOfAnEarlierVersionIsRead() {
    Contact contact =
        aContact()
            .withProvenance(
                new Provenance(new Provenance.Stamp(Origin.SETUP, START), new TreeMap<>()))
            .withConflict(
                new Conflict(
                    ContactField.EMAIL.fieldName(),
                    3,
                    FieldValue.text("base"),
                    FieldValue.text("ours"),
                    FieldValue.text("theirs"),
                    Conflict.Side.OURS,
                    START,
                    Conflict.Status.OPEN))
            .build();
    Document document = stored(contact);
    assertThat(document.getList("conflictStates", String.class)).containsExactly("open");
    document.remove("origins");
    document.remove("conflictStates");
    Document conflict = document.getList("conflicts", Document.class).getFirst();
    conflict.remove("state");
    conflict.remove("revision");

    Contact read = DOCUMENTS.toDomain(document);

    assertThat(read.provenance()).isEqualTo(Provenance.NONE);
    assertThat(read.conflicts().getFirst().status()).isEqualTo(Conflict.Status.DECIDED);
    assertThat(read.conflicts().getFirst().revision()).isZero();
  }

  /** A copy of 100,000 contacts grows by this times 100,000. */
  @Test
  void whoWroteACopyTakesFewBytes() {
    FieldChanges told = FieldChanges.NONE;
    for (ContactField field : ContactField.values()) {
      told = told.with(field.fieldName(), FieldValue.text("value of " + field.key()));
    }
    GhlContactId id = new GhlContactId("crm1");
    Contact copied =
        Contact.foundInCrm(new ContactId("507f1f77bcf86cd799439011"), LOCATION, id, START)
            .merged(
                new CrmRecord<>(id, told, Set.of(), START),
                CrmTrace.NONE,
                ConflictPolicy.OURS,
                Origin.SETUP,
                START);
    Contact edited =
        copied.edited(
            FieldChanges.of(ContactField.CITY.fieldName(), FieldValue.text("Rome")),
            new Origin.User("somebody@example.com"),
            START);

    assertThat(bytesOfOrigins(copied)).isLessThanOrEqualTo(48);
    assertThat(bytesOfOrigins(edited)).isLessThanOrEqualTo(160);
  }

  private static int bytesOfOrigins(Contact contact) {
    Document document = stored(contact);
    int whole = bytes(document);
    document.remove("origins");
    return whole - bytes(document);
  }

  private static int bytes(Document document) {
    return new RawBsonDocument(
            document, MongoClientSettings.getDefaultCodecRegistry().get(Document.class))
        .getByteBuffer()
        .remaining();
  }
}
