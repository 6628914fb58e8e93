package com.lpai.domain.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.contact.ContactFixture.anyGhlContactId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.MirrorRepositoryContract;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link ContactRepository} promises. Each test has locations of its own. */
public interface ContactRepositoryContract
    extends MirrorRepositoryContract<ContactId, GhlContactId, Contact> {
  /** The repository under test; other tests' locations may be in it. */
  ContactRepository contacts();

  @Override
  default ContactRepository records() {
    return contacts();
  }

  @Override
  default ContactFixture aRecord() {
    return aContact();
  }

  @Override
  default GhlContactId anyCrmId() {
    return anyGhlContactId();
  }

  @Override
  default ContactId unknownId() {
    return new ContactId("no-such-id");
  }

  @Override
  default FieldName textField() {
    return ContactField.EMAIL.fieldName();
  }

  /** In the guide's index to have no e-mail was a value, to be had once (trap 52). */
  @Test
  default void contactsWithoutEmailAndCrmIdDoNotCollide() {
    LocationId location = TenantFixture.anyLocation();

    Contact first = saved(in(location).withName("Ann", ""));
    Contact second = saved(in(location).withName("Bob", ""));

    assertThat(contacts().list(location, ContactQuery.all(10, "")).items())
        .containsExactlyInAnyOrder(first, second);
  }

  /** GoHighLevel may allow it, which the guide did not (trap 52). */
  @Test
  default void contactsWithOneEmailDoNotCollide() {
    LocationId location = TenantFixture.anyLocation();

    Contact first = saved(in(location).linkedTo(anyGhlContactId()).withEmail("x@example.com"));
    Contact second = saved(in(location).linkedTo(anyGhlContactId()).withEmail("x@example.com"));

    assertThat(contacts().list(location, ContactQuery.all(10, "")).items())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void valuesOfAllKindsInKnownFieldsComeBackAsTheyWere() {
    Contact contact =
        in(TenantFixture.anyLocation())
            .withName("Zoë", "O'Brien \"the\" 😀 \u2603")
            .withEmail("zoe@example.com")
            .with(custom("text"), FieldValue.text("{\"$date\": 1} and \u0000 and \n"))
            .with(custom("yes"), new FieldValue.Flag(true))
            .with(custom("no"), new FieldValue.Flag(false))
            .with(custom("zero"), amount("0"))
            .with(custom("cents"), amount("-12.340"))
            .with(custom("huge"), amount("123456789012345678901234567890.12"))
            .with(custom("round"), amount("100000"))
            .with(custom("tiny"), amount("0.0000000001"))
            .with(custom("day"), new FieldValue.Day(LocalDate.of(1969, 12, 31)))
            .with(custom("old"), new FieldValue.Day(LocalDate.of(1582, 10, 4)))
            .with(custom("texts"), new FieldValue.Texts(List.of("b", "a", "", "a.$b")))
            .with(custom("none"), new FieldValue.Texts(List.of()))
            .with(
                ContactField.ATTRIBUTION_SOURCE.fieldName(),
                new FieldValue.Structure(
                    "{\"$oid\":\"5\",\"a.b\":[1.50,null,true],\"utm\":{\"x\":\"ä\"}}"))
            .with(ContactField.DND.fieldName(), new FieldValue.Flag(false))
            .build();

    assertThat(reread(contact)).isEqualTo(contact.atVersion(1));
  }

  @Test
  default void oddFieldNamesComeBackAsTheyWere() {
    String longest = "x".repeat(512 - "tags/".length());
    ContactFixture fixture = in(TenantFixture.anyLocation());
    for (String tag :
        List.of(
            "v1.2",
            ".",
            "..",
            "$price",
            "$",
            "a/b/c",
            "/",
            "tags/tags",
            "50% off",
            "%2e",
            "\\",
            "\u0000",
            "a\u0000b",
            "_id",
            "__proto__",
            "0",
            "größe 😀 \u2603 \u0301",
            "e\u0301",
            "\u00e9",
            "Vip",
            "vip",
            " vip",
            longest)) {
      fixture.withTag(tag);
    }
    fixture.with(custom("id.with.dots"), FieldValue.text("1"));
    fixture.with(custom("$id/with\\all~"), FieldValue.text("2"));
    Contact contact = fixture.build();

    Contact reread = reread(contact);

    assertThat(reread).isEqualTo(contact.atVersion(1));
    assertThat(reread.tags()).isEqualTo(contact.tags()).hasSize(23);
  }

  @Test
  default void unlinkedContactsAreFoundByEmailOrPhone() {
    LocationId location = TenantFixture.anyLocation();
    Contact byEmail = saved(untold(location).withEmail("jane@example.com"));
    Contact byPhone = saved(untold(location).withPhone("+14155550123"));
    Contact byBoth =
        saved(untold(location).withEmail("jane@example.com").withPhone("+14155550123"));
    saved(in(location).withEmail("other@example.com").withPhone("+14155550199"));
    saved(in(location).withName("jane@example.com", "+14155550123"));
    saved(in(location).withEmail("jane@example.com").linkedTo(anyGhlContactId()));
    saved(in(location).withEmail("jane@example.com").deletedHere(START));
    saved(in(location).withEmail("jane@example.com").deletedInCrm(START));

    assertThat(
            contacts()
                .findUnlinked(
                    location,
                    Set.of("jane@example.com", "nobody@example.com"),
                    Set.of("+14155550123")))
        .containsExactlyInAnyOrder(byEmail, byPhone, byBoth);
    assertThat(contacts().findUnlinked(location, List.of(), Set.of("+14155550123")))
        .containsExactlyInAnyOrder(byPhone, byBoth);
    assertThat(contacts().findUnlinked(location, Set.of("jane@example.com"), List.of()))
        .containsExactlyInAnyOrder(byEmail, byBoth);
  }

  @Test
  default void unlinkedContactsAreFoundAmongManyThatAreToBePushed() {
    LocationId location = TenantFixture.anyLocation();
    contacts()
        .saveAll(
            location,
            Stream.generate(() -> untold(location).linkedTo(anyGhlContactId()).build())
                .limit(150)
                .toList());
    Contact unlinked = saved(untold(location).withEmail("jane@example.com"));

    assertThat(contacts().findUnlinked(location, Set.of("jane@example.com"), Set.of()))
        .containsExactly(unlinked);
  }

  /** In the guide no e-mail matched any contact that has none either (trap 51). */
  @Test
  default void nothingIsNoEmailAndNoPhone() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).withName("No", "Address"));

    assertThat(contacts().findUnlinked(location, List.of(), List.of())).isEmpty();
    assertThat(contacts().findUnlinked(location, List.of(""), List.of(""))).isEmpty();
  }

  // ---- lists

  @Test
  default void pagesShowEachContactOnceAlthoughOthersAreAdded() {
    LocationId location = TenantFixture.anyLocation();
    List<Contact> before = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      before.add(saved(in(location)));
    }

    List<Contact> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<Contact> page = contacts().list(location, ContactQuery.all(3, cursor));
      assertThat(page.items()).hasSizeBetween(1, 3);
      shown.addAll(page.items());
      cursor = page.nextCursor();
      if (shown.size() <= 6) {
        saved(in(location));
      }
    } while (!cursor.isEmpty());

    assertThat(shown).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  default void aFullLastPageHasNoNextOne() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location));
    saved(in(location));

    Page<Contact> exact = contacts().list(location, ContactQuery.all(2, ""));
    Page<Contact> first = contacts().list(location, ContactQuery.all(1, ""));

    assertThat(exact.isLast()).isTrue();
    assertThat(exact.items()).hasSize(2);
    assertThat(first.isLast()).isFalse();
    assertThat(contacts().list(location, ContactQuery.all(1, first.nextCursor())).isLast())
        .isTrue();
  }

  @Test
  default void theOrderOfAListIsStable() {
    LocationId location = TenantFixture.anyLocation();
    List<Contact> stored = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stored.add(saved(in(location)));
    }
    List<ContactId> before = ids(contacts().list(location, ContactQuery.all(10, "")));
    saved(
        stored
            .get(2)
            .edited(email("moved@example.com"), MirrorFixture.SOMEBODY, START.plusSeconds(1)));

    assertThat(ids(contacts().list(location, ContactQuery.all(10, "")))).isEqualTo(before);
  }

  @Test
  default void deletedContactsAreNotListed() {
    LocationId location = TenantFixture.anyLocation();
    Contact live = saved(in(location));
    saved(in(location).linkedTo(anyGhlContactId()).deletedHere(START).pendingSince(START));
    saved(in(location).deletedInCrm(START));

    assertThat(contacts().list(location, ContactQuery.all(10, "")).items()).containsExactly(live);
  }

  @Test
  default void aSearchMatchesTheBeginningOfNameEmailOrPhone() {
    LocationId location = TenantFixture.anyLocation();
    Contact first = saved(in(location).withName("Jane", "Smith"));
    Contact last = saved(in(location).withName("Bob", "JANEWAY"));
    Contact byEmail = saved(in(location).withEmail("jane.d@example.com"));
    Contact byPhone = saved(in(location).withPhone("+14155550123"));
    saved(in(location).withName("Mary-Jane", "Watson").withEmail("mj@example.com"));

    assertThat(contacts().list(location, search("jAnE")).items())
        .containsExactlyInAnyOrder(first, last, byEmail);
    assertThat(contacts().list(location, search("+1415")).items()).containsExactly(byPhone);
    assertThat(contacts().list(location, search("415")).items()).isEmpty();
    assertThat(contacts().list(location, search("nobody")).items()).isEmpty();
  }

  @Test
  default void aSearchTextIsNoPattern() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).withName("Ada", "Lovelace"));
    Contact odd = saved(in(location).withName("(A.*", "[^"));

    assertThat(contacts().list(location, search(".*")).items()).isEmpty();
    assertThat(contacts().list(location, search("(a.*")).items()).containsExactly(odd);
    assertThat(contacts().list(location, search("[^")).items()).containsExactly(odd);
    assertThat(contacts().list(location, search("\\")).items()).isEmpty();
  }

  @Test
  default void filtersNarrowTheListTogether() {
    LocationId location = TenantFixture.anyLocation();
    Contact one =
        saved(in(location).withEmail("a@example.com").withPhone("+14155550123").withTag("v.1/$"));
    Contact other = saved(in(location).withEmail("a@example.com").withTag("vip"));
    Contact third = saved(in(location).withPhone("+14155550123").withTag("vip"));

    assertThat(contacts().list(location, filter("a@example.com", "", "")).items())
        .containsExactlyInAnyOrder(one, other);
    assertThat(contacts().list(location, filter("", "+14155550123", "")).items())
        .containsExactlyInAnyOrder(one, third);
    assertThat(contacts().list(location, filter("", "", "vip")).items())
        .containsExactlyInAnyOrder(other, third);
    assertThat(contacts().list(location, filter("", "", "v.1/$")).items()).containsExactly(one);
    assertThat(contacts().list(location, filter("", "", "v")).items()).isEmpty();
    assertThat(contacts().list(location, filter("a@example.com", "", "vip")).items())
        .containsExactly(other);
    assertThat(contacts().list(location, filter("a@example.co", "", "")).items()).isEmpty();
  }

  @Test
  default void filteredListsHavePagesToo() {
    LocationId location = TenantFixture.anyLocation();
    List<Contact> wanted = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      wanted.add(saved(in(location).withTag("vip")));
      saved(in(location).withTag("other"));
    }

    List<Contact> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<Contact> page =
          contacts().list(location, new ContactQuery(2, cursor, "", "", "", "vip", Set.of()));
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(shown).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  default void aListShowsTheWantedPhasesOnly() {
    LocationId location = TenantFixture.anyLocation();
    Contact synced = saved(in(location));
    Contact pending = saved(in(location).pendingSince(START));
    Contact blocked = saved(in(location).withSync(SyncState.SYNCED.blocked(START, "reauth")));
    Contact failed = saved(in(location).withSync(SyncState.SYNCED.failed("refused")));

    assertThat(contacts().list(location, phases(SyncPhase.FAILED)).items()).containsExactly(failed);
    assertThat(contacts().list(location, phases(SyncPhase.PENDING, SyncPhase.BLOCKED)).items())
        .containsExactlyInAnyOrder(pending, blocked);
    assertThat(contacts().list(location, phases(SyncPhase.values())).items())
        .containsExactlyInAnyOrder(synced, pending, blocked, failed);
  }

  // ---- tenants

  @Test
  default void noLocationFindsAnothersContacts() {
    LocationId mine = TenantFixture.anyLocation();
    saved(in(mine).linkedTo(anyGhlContactId()).withTag("vip"));
    saved(in(mine).withEmail("jane@example.com").withPhone("+14155550123"));
    LocationId other = TenantFixture.anyLocation();

    assertThat(contacts().findUnlinked(other, Set.of("jane@example.com"), Set.of("+14155550123")))
        .isEmpty();
    assertThat(contacts().list(other, ContactQuery.all(10, "")).items()).isEmpty();
    assertThat(contacts().list(other, filter("", "", "vip")).items()).isEmpty();
  }

  // ---- words for the tests above

  /** What the CRM does not have is to be told: it is never synced. */
  private ContactFixture untold(LocationId location) {
    return in(location).pendingSince(START);
  }

  private ContactFixture in(LocationId location) {
    return aContact().withId(contacts().nextId()).in(location);
  }

  private Contact saved(ContactFixture fixture) {
    return saved(fixture.build());
  }

  private Contact saved(Contact contact) {
    assertThat(contacts().save(contact.locationId(), contact))
        .isEqualTo(new SaveOutcome.Saved<>(contact.atVersion(contact.version() + 1)));
    return contact.atVersion(contact.version() + 1);
  }

  private Contact reread(Contact contact) {
    saved(contact);
    return contacts().find(contact.locationId(), contact.id()).orElseThrow();
  }

  private static List<ContactId> ids(Page<Contact> page) {
    return page.items().stream().map(Contact::id).toList();
  }

  private static FieldChanges email(String email) {
    return FieldChanges.of(ContactField.EMAIL.fieldName(), FieldValue.text(email));
  }

  private static FieldName custom(String id) {
    return FieldName.element(ContactField.CUSTOM_FIELDS, id);
  }

  private static FieldValue amount(String value) {
    return new FieldValue.Amount(new BigDecimal(value));
  }

  private static ContactQuery search(String text) {
    return new ContactQuery(50, "", text, "", "", "", Set.of());
  }

  private static ContactQuery filter(String email, String phone, String tag) {
    return new ContactQuery(50, "", "", email, phone, tag, Set.of());
  }

  private static ContactQuery phases(SyncPhase... phases) {
    return new ContactQuery(50, "", "", "", "", "", new HashSet<>(Arrays.asList(phases)));
  }
}
