package com.lpai.adapter.ghl.contact;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmFailure.Unauthorized.Kind;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GhlContactsTest {
  private static final FieldName NOTE = FieldName.element(ContactField.CUSTOM_FIELDS, "noteField");
  private static final FieldName COUNT =
      FieldName.element(ContactField.CUSTOM_FIELDS, "countField");
  private static final FieldName CHOICES =
      FieldName.element(ContactField.CUSTOM_FIELDS, "choicesField");
  private static final FieldName SMS = FieldName.element(ContactField.DND_SETTINGS, "SMS");

  private SandboxFixture fixture;

  @BeforeAll
  void start() {
    fixture =
        SandboxFixture.start(config -> config.withoutRateLimits(), it -> it.withContacts(250, 7));
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void forgetCalls() {
    fixture.sandbox.clearCalls();
    fixture.sandbox.clearFaults();
  }

  /** Traps 46 and 47: the supported search, with its cursor, to the end. */
  @Test
  void pagesReachEveryContactOnce() {
    Set<GhlContactId> seen = new HashSet<>();
    List<Integer> sizes = new ArrayList<>();
    String cursor = "";
    do {
      CrmPage<CrmRecord<GhlContactId>> page =
          done(fixture.contacts().page(LOCATION, cursor, 100, Instant.EPOCH, CallPriority.USER));
      page.items().forEach(contact -> seen.add(contact.id()));
      sizes.add(page.items().size());
      assertThat(page.total()).isGreaterThanOrEqualTo(250);
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(seen).hasSize(fixture.sandbox.contactCount(LOCATION.value()));
    assertThat(sizes.getFirst()).isEqualTo(100);
    assertThat(fixture.lastCall().getJsonObject("body").keySet())
        .containsExactlyInAnyOrder("locationId", "pageLimit", "sort", "searchAfter");
  }

  @Test
  void aPageIsReadAgainFromItsText() {
    CrmContacts contacts = fixture.contacts();
    SentPage<CrmRecord<GhlContactId>> sent =
        done(contacts.fetch(LOCATION, "", 5, Instant.EPOCH, CallPriority.USER));

    assertThat(sent.page().items()).hasSize(5);
    assertThat(contacts.read(LOCATION, "", 5, sent.text())).contains(sent.page());
    assertThat(contacts.read(LOCATION, "", 5, PageText.of(new byte[] {'['}))).isEmpty();
  }

  /** A server may give fewer than it was asked for; only an empty page is the end. */
  @Test
  void aShortPageIsNotTheEnd() {
    try (FakeGhl ghl =
            FakeGhl.answering(
                200, "{\"contacts\":[{\"id\":\"c\",\"searchAfter\":[7,\"c\"]}],\"total\":250}");
        FakeGhl atItsEnd = FakeGhl.answering(200, "{\"contacts\":[],\"total\":250}")) {
      CrmPage<CrmRecord<GhlContactId>> page = page(ghl, "");
      CrmPage<CrmRecord<GhlContactId>> again = page(ghl, page.nextCursor());
      CrmPage<CrmRecord<GhlContactId>> end = page(atItsEnd, page.nextCursor());

      assertThat(page.nextCursor()).isEqualTo("[7,\"c\"]");
      assertThat(again.nextCursor()).as("it does not move any more").isEmpty();
      assertThat(end.nextCursor()).isEmpty();
    }
  }

  private static CrmPage<CrmRecord<GhlContactId>> page(FakeGhl ghl, String cursor) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return done(adapter.contacts().page(LOCATION, cursor, 100, Instant.EPOCH, CallPriority.USER));
    }
  }

  @Test
  void aSearchItemSaysTheSameAsTheContactItself() {
    CrmRecord<GhlContactId> item =
        done(fixture.contacts().page(LOCATION, "", 5, Instant.EPOCH, CallPriority.USER))
            .items()
            .getFirst();

    CrmRecord<GhlContactId> whole =
        done(fixture.contacts().find(LOCATION, item.id(), CallPriority.USER));

    assertThat(item.fields().values())
        .allSatisfy((name, value) -> assertThat(whole.fields().get(name)).contains(value));
    assertThat(item.completeGroups()).containsExactly(ContactField.TAGS);
    assertThat(whole.completeGroups())
        .containsExactlyInAnyOrder(
            ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS);
    assertThat(whole.changedAt()).isEqualTo(item.changedAt()).isAfter(Instant.EPOCH);
  }

  @Test
  void aCreateSendsWhatIsKnownAndAReadGivesItBack() {
    FieldChanges values =
        changes(
            Map.of(
                ContactField.FIRST_NAME.fieldName(),
                FieldValue.text("Ána"),
                ContactField.LAST_NAME.fieldName(),
                FieldValue.text("de la \"O\""),
                ContactField.EMAIL.fieldName(),
                FieldValue.text("ana+1@example.com"),
                ContactField.PHONE.fieldName(),
                FieldValue.text("+14155550123"),
                ContactField.COMPANY_NAME.fieldName(),
                FieldValue.text("O & Co"),
                ContactField.DATE_OF_BIRTH.fieldName(),
                new FieldValue.Day(LocalDate.of(1990, 9, 25)),
                ContactField.DND.fieldName(),
                new FieldValue.Flag(true),
                NOTE,
                FieldValue.text("a note"),
                COUNT,
                new FieldValue.Amount(new BigDecimal("12.50")),
                FieldName.element(ContactField.TAGS, "vip"),
                new FieldValue.Flag(true)));

    GhlContactId id =
        done(
            fixture
                .contacts()
                .create(
                    LOCATION,
                    values
                        .with(CHOICES, new FieldValue.Texts(List.of("a", "b")))
                        .with(
                            SMS,
                            new FieldValue.Structure(
                                "{\"code\":\"1\",\"message\":\"no\",\"status\":\"active\"}"))
                        .with(ContactField.CITY.fieldName(), FieldValue.cleared())));
    CrmRecord<GhlContactId> read = done(fixture.contacts().find(LOCATION, id, CallPriority.USER));

    values.values().forEach((name, value) -> assertThat(read.fields().get(name)).contains(value));
    assertThat(read.fields().get(CHOICES)).contains(new FieldValue.Texts(List.of("a", "b")));
    assertThat(read.fields().get(SMS))
        .contains(
            new FieldValue.Structure("{\"code\":\"1\",\"message\":\"no\",\"status\":\"active\"}"));
    assertThat(read.fields().get(ContactField.CITY.fieldName())).contains(FieldValue.cleared());
    assertThat(fixture.calls().getFirst().getJsonObject("body").keySet()).doesNotContain("city");
  }

  /** Traps 61 and 74. */
  @Test
  void aSingleFieldUpdateSendsExactlyThatField() {
    GhlContactId id = aContact("single@example.com");
    for (ContactField field : ContactField.values()) {
      if (field.access() != FieldAccess.WRITABLE) {
        continue;
      }
      fixture.sandbox.clearCalls();

      done(
          fixture
              .contacts()
              .update(LOCATION, id, FieldChanges.of(field.fieldName(), sample(field))));

      assertThat(fixture.lastCall().getString("method")).isEqualTo("PUT");
      assertThat(fixture.lastCall().getJsonObject("body").keySet()).containsExactly(field.key());
    }
    fixture.sandbox.clearCalls();

    done(fixture.contacts().update(LOCATION, id, FieldChanges.of(NOTE, FieldValue.text("x"))));

    assertThat(fixture.lastCall().getJsonObject("body").toString())
        .isEqualTo("{\"customFields\":[{\"id\":\"noteField\",\"field_value\":\"x\"}]}");
  }

  private static FieldValue sample(ContactField field) {
    return switch (field.type()) {
      case TEXT -> FieldValue.text("some text");
      case EMAIL -> FieldValue.text("other@example.com");
      case PHONE -> FieldValue.text("+14155550199");
      case COUNTRY -> FieldValue.text("CA");
      case DAY -> new FieldValue.Day(LocalDate.of(2000, 2, 29));
      case FLAG -> new FieldValue.Flag(true);
      case WORD, MOMENT, AMOUNT, STRUCTURE -> throw new AssertionError("no such field is writable");
    };
  }

  /** Trap 63: cleared is sent as such, in the way that each field's schema allows. */
  @Test
  void whatIsClearedIsClearedThere() {
    GhlContactId id = aContact("clear@example.com");
    Map<FieldName, FieldValue> cleared = new TreeMap<>();
    for (ContactField field : ContactField.values()) {
      // GoHighLevel's schema neither allows null nor names an empty country (ContactPayload).
      if (field.access() == FieldAccess.WRITABLE && field != ContactField.COUNTRY) {
        cleared.put(field.fieldName(), FieldValue.cleared());
      }
    }
    cleared.put(NOTE, FieldValue.cleared());

    done(fixture.contacts().update(LOCATION, id, FieldChanges.of(cleared)));

    CrmRecord<GhlContactId> read = done(fixture.contacts().find(LOCATION, id, CallPriority.USER));
    cleared.remove(NOTE);
    cleared.remove(ContactField.DND.fieldName());
    cleared.forEach((name, value) -> assertThat(read.fields().get(name)).contains(value));
    assertThat(read.fields().get(ContactField.DND.fieldName()))
        .contains(new FieldValue.Flag(false));
    assertThat(read.fields().mentions(NOTE)).isFalse();
  }

  @Test
  void aChannelThatIsClearedBecomesInactive() {
    GhlContactId id = aContact("channel@example.com");

    done(fixture.contacts().update(LOCATION, id, FieldChanges.of(SMS, FieldValue.cleared())));

    assertThat(fixture.lastCall().getJsonObject("body").toString())
        .isEqualTo("{\"dndSettings\":{\"SMS\":{\"status\":\"inactive\"}}}");
  }

  @Test
  void anUpdateOfWhatOnlyACreateTakesIsRefusedUnsent() {
    GhlContactId id = aContact("company@example.com");
    fixture.sandbox.clearCalls();

    CrmFailure failure =
        failure(
            fixture
                .contacts()
                .update(
                    LOCATION,
                    id,
                    FieldChanges.of(
                        ContactField.COMPANY_NAME.fieldName(), FieldValue.text("New"))));

    assertThat(failure).isInstanceOf(CrmFailure.Rejected.class);
    assertThat(((CrmFailure.Rejected) failure).fields()).containsExactly("companyName");
    assertThat(fixture.calls()).isEmpty();
  }

  @Test
  void anUpdateIsNotSentInPart() {
    GhlContactId id = aContact("partly@example.com");
    fixture.sandbox.clearCalls();

    CrmFailure failure =
        failure(
            fixture
                .contacts()
                .update(
                    LOCATION,
                    id,
                    FieldChanges.of(
                        Map.of(
                            ContactField.CITY.fieldName(),
                            FieldValue.text("Bern"),
                            ContactField.TYPE.fieldName(),
                            FieldValue.text("lead")))));

    assertThat(((CrmFailure.Rejected) failure).fields()).containsExactly("type");
    assertThat(fixture.calls()).isEmpty();
  }

  @Test
  void tagsAreAddedAndRemovedOneByOne() {
    GhlContactId id = aContact("tags@example.com");

    done(fixture.contacts().addTags(LOCATION, id, List.of("one", "two")));
    done(fixture.contacts().removeTags(LOCATION, id, List.of("one", "never there")));

    CrmRecord<GhlContactId> read = done(fixture.contacts().find(LOCATION, id, CallPriority.USER));
    assertThat(read.fields().values().keySet().stream().filter(it -> it.isIn(ContactField.TAGS)))
        .containsExactly(FieldName.element(ContactField.TAGS, "two"));
  }

  @Test
  void aDeletedContactIsNotFound() {
    GhlContactId id = aContact("gone@example.com");

    done(fixture.contacts().delete(LOCATION, id));

    assertThat(failure(fixture.contacts().find(LOCATION, id, CallPriority.USER)))
        .isInstanceOf(CrmFailure.NotFound.class);
    assertThat(failure(fixture.contacts().delete(LOCATION, id)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }

  @Test
  void aContactIsLookedUpByAddressAndNumber() {
    GhlContactId id =
        done(
            fixture
                .contacts()
                .create(
                    LOCATION,
                    changes(
                        Map.of(
                            ContactField.EMAIL.fieldName(),
                            FieldValue.text("a+b%2Bc{d}&e@example.com"),
                            ContactField.PHONE.fieldName(),
                            FieldValue.text("+442079460958")))));

    assertThat(done(fixture.contacts().lookUp(LOCATION, "a+b%2Bc{d}&e@example.com", "")))
        .extracting(CrmRecord::id)
        .containsExactly(id);
    assertThat(done(fixture.contacts().lookUp(LOCATION, "", "+442079460958")))
        .extracting(CrmRecord::id)
        .containsExactly(id);
    assertThat(done(fixture.contacts().lookUp(LOCATION, "nobody@example.com", ""))).isEmpty();
  }

  /** An upsert would write over the twin, unasked (trap 76). */
  @Test
  void aTwinIsNamedOnCreateAndRefusedOnUpdate() {
    GhlContactId first = aContact("twin@example.com");
    GhlContactId second = aContact("other-twin@example.com");
    FieldChanges email =
        FieldChanges.of(ContactField.EMAIL.fieldName(), FieldValue.text("twin@example.com"));

    CrmFailure created = failure(fixture.contacts().create(LOCATION, email));
    CrmFailure updated = failure(fixture.contacts().update(LOCATION, second, email));

    assertThat(created).isInstanceOf(CrmFailure.AlreadyExists.class);
    assertThat(((CrmFailure.AlreadyExists) created).existingId()).isEqualTo(first.value());
    assertThat(updated).isInstanceOf(CrmFailure.Rejected.class);
    assertThat(((CrmFailure.Rejected) updated).fields()).containsExactly("email");
  }

  @Test
  void aCreateWhoseAnswerIsLostIsInDoubtAndWasDoneOnce() {
    int before = fixture.sandbox.contactCount(LOCATION.value());
    fixture.sandbox.putFaults(
        """
        [{"kind":"timeoutAfterEffect","times":1,"match":{"method":"POST","path":"/contacts/"}}]
        """);

    CrmFailure failure =
        failure(
            fixture
                .contacts()
                .create(
                    LOCATION,
                    FieldChanges.of(
                        ContactField.EMAIL.fieldName(), FieldValue.text("lost@example.com"))));

    assertThat(failure).isInstanceOf(CrmFailure.OutcomeUnknown.class);
    assertThat(fixture.sandbox.contactCount(LOCATION.value())).isEqualTo(before + 1);
    assertThat(done(fixture.contacts().lookUp(LOCATION, "lost@example.com", ""))).hasSize(1);
  }

  @Test
  void anotherLocationsContactIsOutOfReach() {
    fixture.sandbox.createLocation(Seeding.of("anotherLocation").withContacts(1, 1));

    CrmFailure failure =
        failure(
            fixture
                .contacts()
                .page(new LocationId("anotherLocation"), "", 10, Instant.EPOCH, CallPriority.USER));

    assertThat(failure).isInstanceOf(CrmFailure.Forbidden.class);
  }

  /** Trap 78: the call is repeated with the new token, once. */
  @Test
  void anInvalidTokenIsRenewedOnceAndTheCallRepeated() {
    try (SandboxFixture own = SandboxFixture.start()) {
      own.tokens.now(new AccessTokens.Answer.Usable(new Secret("a.stale.token"), false));

      CrmPage<CrmRecord<GhlContactId>> page =
          done(own.contacts().page(LOCATION, "", 10, Instant.EPOCH, CallPriority.USER));

      assertThat(page.items()).isEmpty();
      assertThat(own.tokens.renewals()).isEqualTo(1);
    }
  }

  @Test
  void aRenewedTokenThatIsRefusedTooEndsThere() {
    try (SandboxFixture own = SandboxFixture.start()) {
      own.tokens.now(new AccessTokens.Answer.Usable(new Secret("a.stale.token"), false));
      own.tokens.afterRenewal(
          new AccessTokens.Answer.Usable(new Secret("another.stale.token"), false));

      CrmFailure failure =
          failure(own.contacts().page(LOCATION, "", 10, Instant.EPOCH, CallPriority.USER));

      assertThat(failure).isInstanceOf(CrmFailure.Unauthorized.class);
      assertThat(((CrmFailure.Unauthorized) failure).kind()).isEqualTo(Kind.INVALID_TOKEN);
      assertThat(failure.message()).doesNotContain("stale");
      assertThat(own.tokens.renewals()).isEqualTo(1);
    }
  }

  /** Trap 79. */
  @Test
  void aMissingScopeIsNeverCuredByARenewal() {
    fixture.sandbox.putFaults(
        """
        [{"kind":"status","status":401,"match":{"path":"/contacts/search"},
          "body":{"statusCode":401,"message":"The token is not authorized for this scope."}}]
        """);
    int before = fixture.tokens.renewals();

    CrmFailure failure =
        failure(fixture.contacts().page(LOCATION, "", 10, Instant.EPOCH, CallPriority.USER));

    assertThat(((CrmFailure.Unauthorized) failure).kind()).isEqualTo(Kind.MISSING_SCOPE);
    assertThat(fixture.tokens.renewals()).isEqualTo(before);
    assertThat(fixture.calls()).hasSize(1);
  }

  @Test
  void withoutATokenNothingIsSent() {
    try (SandboxFixture own = SandboxFixture.start()) {
      own.tokens.now(new AccessTokens.Answer.NotConnected("install the app again"));
      CrmFailure notConnected =
          failure(own.contacts().page(LOCATION, "", 10, Instant.EPOCH, CallPriority.USER));
      own.tokens.now(new AccessTokens.Answer.NotNow("GoHighLevel does not answer"));
      CrmFailure notNow =
          failure(own.contacts().page(LOCATION, "", 10, Instant.EPOCH, CallPriority.USER));

      assertThat(((CrmFailure.Unauthorized) notConnected).kind()).isEqualTo(Kind.NOT_CONNECTED);
      assertThat(notConnected.message()).isEqualTo("install the app again");
      assertThat(notNow).isInstanceOf(CrmFailure.Unavailable.class);
      assertThat(own.calls()).isEmpty();
    }
  }

  private GhlContactId aContact(String email) {
    return done(
        fixture
            .contacts()
            .create(
                LOCATION,
                changes(
                    Map.of(
                        ContactField.EMAIL.fieldName(),
                        FieldValue.text(email),
                        ContactField.FIRST_NAME.fieldName(),
                        FieldValue.text("First"),
                        ContactField.CITY.fieldName(),
                        FieldValue.text("Austin"),
                        ContactField.POSTAL_CODE.fieldName(),
                        FieldValue.text("78701"),
                        ContactField.DATE_OF_BIRTH.fieldName(),
                        new FieldValue.Day(LocalDate.of(1980, 1, 2)),
                        ContactField.DND.fieldName(),
                        new FieldValue.Flag(true),
                        NOTE,
                        FieldValue.text("note")))));
  }

  private static FieldChanges changes(Map<FieldName, FieldValue> values) {
    return FieldChanges.of(values);
  }
}
