package com.lpai.domain.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.contact.ContactFixture.anyGhlContactId;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncCounts;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.sync.SyncState;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every {@link ContactRepository} promises. Each test has locations of its own. */
public interface ContactRepositoryContract {
  /** The repository under test; other tests' locations may be in it. */
  ContactRepository contacts();

  // ---- versions

  @Test
  default void newIdsAreAllDifferent() {
    Set<ContactId> ids = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      ids.add(contacts().nextId());
    }

    assertThat(ids).hasSize(100);
  }

  @Test
  default void aNewContactIsStoredAtVersionOne() {
    Contact contact = in(TenantFixture.anyLocation()).withEmail("jane@example.com").build();

    SaveOutcome outcome = contacts().save(contact.locationId(), contact);

    assertThat(outcome).isEqualTo(new SaveOutcome.Saved(contact.atVersion(1)));
    assertThat(contacts().find(contact.locationId(), contact.id())).contains(contact.atVersion(1));
  }

  @Test
  default void eachChangeIsStoredAtTheNextVersion() {
    Contact first = saved(in(TenantFixture.anyLocation()).withEmail("a@example.com"));
    Contact changed = first.edited(email("b@example.com"), START);

    SaveOutcome outcome = contacts().save(first.locationId(), changed);

    assertThat(outcome).isEqualTo(new SaveOutcome.Saved(changed.atVersion(2)));
    assertThat(contacts().find(first.locationId(), first.id())).contains(changed.atVersion(2));
  }

  @Test
  default void aChangeOfAnOldVersionIsStaleAndChangesNothing() {
    Contact first = saved(in(TenantFixture.anyLocation()).withEmail("a@example.com"));
    Contact second = saved(first.edited(email("b@example.com"), START));

    SaveOutcome late =
        contacts().save(first.locationId(), first.edited(email("c@example.com"), START));

    assertThat(late).isEqualTo(new SaveOutcome.Stale());
    assertThat(contacts().find(first.locationId(), first.id())).contains(second);
  }

  @Test
  default void anIdThatIsStoredAlreadyIsNotStoredAnew() {
    Contact first = saved(in(TenantFixture.anyLocation()).withEmail("a@example.com"));

    SaveOutcome again = contacts().save(first.locationId(), first.atVersion(0));

    assertThat(again).isEqualTo(new SaveOutcome.Stale());
    assertThat(contacts().find(first.locationId(), first.id())).contains(first);
  }

  @Test
  default void aChangeOfARemovedContactIsStale() {
    Contact contact = saved(in(TenantFixture.anyLocation()));
    contacts().remove(contact.locationId(), contact);

    SaveOutcome late = contacts().save(contact.locationId(), contact);

    assertThat(late).isEqualTo(new SaveOutcome.Stale());
    assertThat(contacts().find(contact.locationId(), contact.id())).isEmpty();
  }

  @Test
  default void ofSixteenWritersWithOneVersionExactlyOneWins() {
    Contact contact = saved(in(TenantFixture.anyLocation()).withEmail("start@example.com"));

    List<SaveOutcome> outcomes =
        ManyThreads.atOnce(
            16,
            number ->
                contacts()
                    .save(
                        contact.locationId(),
                        contact.edited(email("writer" + number + "@example.com"), START)));

    List<Contact> winners = savedOnes(outcomes);
    assertThat(winners).hasSize(1);
    assertThat(outcomes.stream().filter(new SaveOutcome.Stale()::equals)).hasSize(15);
    assertThat(contacts().find(contact.locationId(), contact.id())).contains(winners.getFirst());
  }

  @Test
  default void ofSixteenWritersOfOneNewIdExactlyOneWins() {
    Contact contact = in(TenantFixture.anyLocation()).withEmail("new@example.com").build();

    List<SaveOutcome> outcomes =
        ManyThreads.atOnce(16, number -> contacts().save(contact.locationId(), contact));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(contacts().list(contact.locationId(), ContactQuery.all(10, "")).items()).hasSize(1);
  }

  // ---- one contact per CRM record

  @Test
  default void aCrmIdOfAnotherContactIsTaken() {
    GhlContactId crmId = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).linkedTo(crmId));
    Contact second = in(location).linkedTo(crmId).build();

    SaveOutcome outcome = contacts().save(location, second);

    assertThat(outcome).isEqualTo(new SaveOutcome.CrmIdTaken(crmId));
    assertThat(contacts().find(location, second.id())).isEmpty();
  }

  @Test
  default void aStoredContactCannotBeLinkedToATakenCrmId() {
    GhlContactId crmId = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).linkedTo(crmId));
    Contact second = saved(in(location));

    SaveOutcome outcome = contacts().save(location, second.adopted(crmId, START));

    assertThat(outcome).isEqualTo(new SaveOutcome.CrmIdTaken(crmId));
    assertThat(contacts().find(location, second.id())).contains(second);
  }

  @Test
  default void aCrmIdIsFreeAgainWhenItsContactWasUnlinked() {
    GhlContactId crmId = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();
    Contact first = saved(in(location).linkedTo(crmId));
    Contact gone = saved(first.deletedInCrm(CrmTrace.NONE, START));

    Contact second = saved(in(location).linkedTo(crmId));

    assertThat(contacts().findByCrmId(location, crmId)).contains(second);
    assertThat(contacts().find(location, gone.id())).contains(gone);
  }

  @Test
  default void oneCrmIdMayExistInTwoLocations() {
    GhlContactId crmId = anyGhlContactId();
    Contact here = saved(in(TenantFixture.anyLocation()).linkedTo(crmId));
    Contact there = saved(in(TenantFixture.anyLocation()).linkedTo(crmId));

    assertThat(contacts().findByCrmId(here.locationId(), crmId)).contains(here);
    assertThat(contacts().findByCrmId(there.locationId(), crmId)).contains(there);
  }

  @Test
  default void contactsWithoutEmailAndCrmIdDoNotCollide() {
    LocationId location = TenantFixture.anyLocation();

    Contact first = saved(in(location).withName("Ann", ""));
    Contact second = saved(in(location).withName("Bob", ""));

    assertThat(contacts().list(location, ContactQuery.all(10, "")).items())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void contactsWithOneEmailDoNotCollide() {
    LocationId location = TenantFixture.anyLocation();

    Contact first = saved(in(location).linkedTo(anyGhlContactId()).withEmail("x@example.com"));
    Contact second = saved(in(location).linkedTo(anyGhlContactId()).withEmail("x@example.com"));

    assertThat(contacts().list(location, ContactQuery.all(10, "")).items())
        .containsExactlyInAnyOrder(first, second);
  }

  @Test
  default void ofSixteenContactsForOneCrmRecordExactlyOneIsStored() {
    GhlContactId crmId = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();

    List<SaveOutcome> outcomes =
        ManyThreads.atOnce(
            16, number -> contacts().save(location, in(location).linkedTo(crmId).build()));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(outcomes.stream().filter(new SaveOutcome.CrmIdTaken(crmId)::equals)).hasSize(15);
    assertThat(contacts().counts(location).total()).isEqualTo(1);
  }

  // ---- many at once

  @Test
  default void nothingToStoreHasNoOutcomes() {
    assertThat(contacts().saveAll(TenantFixture.anyLocation(), List.of())).isEmpty();
  }

  @Test
  default void eachOfManyHasItsOwnOutcomeInOrder() {
    LocationId location = TenantFixture.anyLocation();
    GhlContactId taken = anyGhlContactId();
    saved(in(location).linkedTo(taken));
    Contact current = saved(in(location).withEmail("current@example.com"));
    Contact overtaken = saved(in(location).withEmail("old@example.com"));
    saved(overtaken.edited(email("newer@example.com"), START));
    Contact update = current.edited(email("changed@example.com"), START);
    Contact fresh = in(location).linkedTo(anyGhlContactId()).build();
    Contact late = overtaken.edited(email("late@example.com"), START);
    Contact twin = in(location).linkedTo(taken).build();
    Contact lastOne = in(location).withEmail("last@example.com").build();

    List<SaveOutcome> outcomes =
        contacts().saveAll(location, List.of(fresh, late, twin, update, lastOne));

    assertThat(outcomes)
        .containsExactly(
            new SaveOutcome.Saved(fresh.atVersion(1)),
            new SaveOutcome.Stale(),
            new SaveOutcome.CrmIdTaken(taken),
            new SaveOutcome.Saved(update.atVersion(2)),
            new SaveOutcome.Saved(lastOne.atVersion(1)));
    assertThat(contacts().find(location, update.id())).contains(update.atVersion(2));
    assertThat(contacts().find(location, twin.id())).isEmpty();
    assertThat(contacts().find(location, lastOne.id())).contains(lastOne.atVersion(1));
  }

  @Test
  default void twoOfManyForOneCrmRecordAreNotBothStored() {
    LocationId location = TenantFixture.anyLocation();
    GhlContactId crmId = anyGhlContactId();

    List<SaveOutcome> outcomes =
        contacts()
            .saveAll(
                location,
                List.of(
                    in(location).linkedTo(crmId).build(), in(location).linkedTo(crmId).build()));

    assertThat(savedOnes(outcomes)).hasSize(1);
    assertThat(outcomes).contains(new SaveOutcome.CrmIdTaken(crmId));
  }

  @Test
  default void hundredsAreStoredAtOnce() {
    LocationId location = TenantFixture.anyLocation();
    List<Contact> many = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      many.add(in(location).linkedTo(anyGhlContactId()).withEmail(i + "@example.com").build());
    }

    List<SaveOutcome> outcomes = contacts().saveAll(location, many);

    assertThat(savedOnes(outcomes))
        .isEqualTo(many.stream().map(contact -> contact.atVersion(1)).toList());
    assertThat(contacts().counts(location).total()).isEqualTo(500);
  }

  // ---- nothing is lost on the way

  @Test
  default void everyKindOfValueComesBackAsItWas() {
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
  default void whatIsStillToBePushedComesBackAsItWas() {
    FieldName tag = FieldName.element(ContactField.TAGS, "a.b/$c");
    Contact dirty =
        in(TenantFixture.anyLocation())
            .linkedTo(anyGhlContactId())
            .withEmail("old@example.com")
            .build()
            .edited(email("new@example.com").with(tag, new FieldValue.Flag(true)), START)
            .edited(email("newer@example.com"), START.plusMillis(1));
    Push.InFlight call =
        new Push.InFlight(
            Push.Kind.UPDATE,
            2,
            email("newer@example.com").with(custom("gone"), FieldValue.cleared()),
            START.plusMillis(2),
            START.plusSeconds(30),
            "token-1");

    Contact reread = reread(dirty.pushStarted(call));

    assertThat(reread).isEqualTo(dirty.pushStarted(call).atVersion(1));
    assertThat(reread.sync().push()).isEqualTo(call);
    assertThat(reread.sync().dirty()).isEqualTo(dirty.sync().dirty());
  }

  @Test
  default void everySyncStateComesBackAsItWas() {
    SyncState pending = SyncState.SYNCED.touched(START);
    Push.InFlight create = call(Push.Kind.CREATE, START);
    Push.InFlight delete = call(Push.Kind.DELETE, START);
    for (SyncState state :
        List.of(
            SyncState.SYNCED,
            pending,
            pending.deferred(START.plusMillis(7), "GoHighLevel is away", true),
            pending.blocked(START.plusSeconds(60), "needs reauth"),
            pending.failed("email: must be valid"),
            pending.started(create).inDoubt(create, START.plusSeconds(35), "no answer"),
            pending.started(create).failedInDoubt("please check"),
            pending.started(delete))) {
      Contact contact = in(TenantFixture.anyLocation()).withSync(state).build();

      assertThat(reread(contact)).isEqualTo(contact.atVersion(1));
    }
  }

  @Test
  default void conflictsTraceAndTombstonesComeBackAsTheyWere() {
    ContactFixture fixture =
        in(TenantFixture.anyLocation())
            .formerly(anyGhlContactId())
            .formerly(anyGhlContactId())
            .deletedInCrm(START.plusMillis(3))
            .createdBySync()
            .withTrace(
                new CrmTrace(START.plusMillis(1), Instant.EPOCH, START.minusMillis(999), START));
    for (int i = 0; i < 3; i++) {
      fixture.withConflict(
          new Conflict(
              FieldName.element(ContactField.TAGS, "c." + i),
              FieldValue.cleared(),
              new FieldValue.Flag(true),
              FieldValue.text("theirs"),
              i == 1 ? Conflict.Side.THEIRS : Conflict.Side.OURS,
              START.plusMillis(i)));
    }
    Contact contact = fixture.build();

    Contact reread = reread(contact);

    assertThat(reread).isEqualTo(contact.atVersion(1));
    assertThat(reread.conflicts()).isEqualTo(contact.conflicts());
    Contact here = in(TenantFixture.anyLocation()).deletedHere(START.plusMillis(4)).build();
    assertThat(reread(here)).isEqualTo(here.atVersion(1));
  }

  // ---- finding

  @Test
  default void anIdThatNobodyMadeFindsNothing() {
    LocationId location = TenantFixture.anyLocation();

    assertThat(contacts().find(location, new ContactId("no-such-id"))).isEmpty();
    assertThat(contacts().find(location, contacts().nextId())).isEmpty();
    assertThat(contacts().findByCrmId(location, anyGhlContactId())).isEmpty();
  }

  @Test
  default void aContactIsFoundByItsCrmIdAndByAFormerOne() {
    GhlContactId former = anyGhlContactId();
    GhlContactId present = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();
    Contact contact = saved(in(location).linkedTo(present).formerly(former));
    Contact tombstone = saved(in(location).formerly(anyGhlContactId()).deletedInCrm(START));
    GhlContactId tombstoneId = tombstone.formerIds().iterator().next();

    assertThat(contacts().findByCrmId(location, present)).contains(contact);
    assertThat(contacts().findByCrmId(location, former)).contains(contact);
    assertThat(contacts().findByCrmId(location, tombstoneId)).contains(tombstone);
  }

  @Test
  default void theLinkedContactComesBeforeOneThatOnceWas() {
    GhlContactId crmId = anyGhlContactId();
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).formerly(crmId).deletedInCrm(START));
    Contact linked = saved(in(location).linkedTo(crmId));
    saved(in(location).formerly(crmId).deletedInCrm(START));

    assertThat(contacts().findByCrmId(location, crmId)).contains(linked);
    assertThat(contacts().findByCrmIds(location, List.of(crmId))).isEqualTo(Map.of(crmId, linked));
  }

  @Test
  default void aPageOfCrmIdsFindsThoseThatThereAre() {
    LocationId location = TenantFixture.anyLocation();
    GhlContactId one = anyGhlContactId();
    GhlContactId other = anyGhlContactId();
    GhlContactId former = anyGhlContactId();
    Contact first = saved(in(location).linkedTo(one));
    Contact second = saved(in(location).linkedTo(other).formerly(former));
    saved(in(location).linkedTo(anyGhlContactId()));

    assertThat(contacts().findByCrmIds(location, List.of(one, anyGhlContactId(), other, former)))
        .isEqualTo(Map.of(one, first, other, second, former, second));
    assertThat(contacts().findByCrmIds(location, List.of())).isEmpty();
  }

  @Test
  default void unlinkedContactsAreFoundByEmailOrPhone() {
    LocationId location = TenantFixture.anyLocation();
    Contact byEmail = saved(in(location).withEmail("jane@example.com"));
    Contact byPhone = saved(in(location).withPhone("+14155550123"));
    Contact byBoth = saved(in(location).withEmail("jane@example.com").withPhone("+14155550123"));
    saved(in(location).withEmail("other@example.com").withPhone("+14155550199"));
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
  default void nothingIsNoEmailAndNoPhone() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).withName("No", "Address"));

    assertThat(contacts().findUnlinked(location, List.of(), List.of())).isEmpty();
    assertThat(contacts().findUnlinked(location, List.of(""), List.of(""))).isEmpty();
  }

  @Test
  default void createsInFlightAreFoundTombstonesAndDoubtfulOnesToo() {
    LocationId location = TenantFixture.anyLocation();
    Push.InFlight create = call(Push.Kind.CREATE, START);
    SyncState begun = SyncState.SYNCED.touched(START).started(create);
    Contact underWay = saved(in(location).withSync(begun));
    Contact inDoubt =
        saved(in(location).withSync(begun.inDoubt(create, START.plusSeconds(35), "no answer")));
    Contact parked = saved(in(location).withSync(begun.failedInDoubt("please check")));
    Contact deleted = saved(in(location).deletedHere(START).withSync(begun));
    saved(in(location).withSync(SyncState.SYNCED.started(call(Push.Kind.UPDATE, START))));
    saved(in(location).withSync(SyncState.SYNCED.started(call(Push.Kind.DELETE, START))));
    saved(in(location).pendingSince(START));

    assertThat(contacts().findCreatesInFlight(location))
        .containsExactlyInAnyOrder(underWay, inDoubt, parked, deleted);
  }

  // ---- removing

  @Test
  default void aContactIsRemovedOnlyAtItsVersion() {
    Contact old = saved(in(TenantFixture.anyLocation()).withEmail("a@example.com"));
    Contact current = saved(old.edited(email("b@example.com"), START));

    assertThat(contacts().remove(old.locationId(), old)).isFalse();
    assertThat(contacts().find(old.locationId(), old.id())).contains(current);
    assertThat(contacts().remove(old.locationId(), current)).isTrue();
    assertThat(contacts().find(old.locationId(), old.id())).isEmpty();
    assertThat(contacts().remove(old.locationId(), current)).isFalse();
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
    saved(stored.get(2).edited(email("moved@example.com"), START.plusSeconds(1)));

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

  // ---- counts

  @Test
  default void countsAreOfLiveContactsByPhase() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location));
    saved(in(location));
    saved(in(location));
    saved(in(location).pendingSince(START));
    saved(in(location).pendingSince(START));
    saved(in(location).withSync(SyncState.SYNCED.blocked(START, "reauth")));
    saved(in(location).withSync(SyncState.SYNCED.failed("refused")));
    saved(in(location).deletedHere(START).pendingSince(START));
    saved(in(location).deletedInCrm(START));

    assertThat(contacts().counts(location)).isEqualTo(new SyncCounts(7, 3, 2, 1, 1));
    assertThat(contacts().counts(TenantFixture.anyLocation())).isEqualTo(SyncCounts.NONE);
  }

  @Test
  default void dueArePendingAndBlockedOnesWhoseTimeHasComeTombstonesIncluded() {
    LocationId location = TenantFixture.anyLocation();
    saved(in(location).pendingSince(START.minusMillis(1)));
    saved(in(location).pendingSince(START));
    saved(in(location).withSync(SyncState.SYNCED.blocked(START, "reauth")));
    saved(in(location).deletedHere(START).pendingSince(START));
    saved(in(location).pendingSince(START.plusMillis(1)));
    saved(in(location).withSync(SyncState.SYNCED.failed("refused")));
    saved(in(location));

    assertThat(contacts().countDue(location, START)).isEqualTo(4);
    assertThat(contacts().countDue(location, START.plusMillis(1))).isEqualTo(5);
    assertThat(contacts().countDue(location, START.minusMillis(2))).isZero();
  }

  // ---- tenants

  @Test
  default void noLocationSeesAnothersContacts() {
    LocationId mine = TenantFixture.anyLocation();
    GhlContactId crmId = anyGhlContactId();
    GhlContactId former = anyGhlContactId();
    Contact linked = saved(in(mine).linkedTo(crmId).formerly(former).withTag("vip"));
    saved(
        in(mine)
            .withEmail("jane@example.com")
            .withPhone("+14155550123")
            .withSync(SyncState.SYNCED.started(call(Push.Kind.CREATE, START.minusSeconds(60)))));
    LocationId other = TenantFixture.anyLocation();

    assertThat(contacts().find(other, linked.id())).isEmpty();
    assertThat(contacts().findByCrmId(other, crmId)).isEmpty();
    assertThat(contacts().findByCrmId(other, former)).isEmpty();
    assertThat(contacts().findByCrmIds(other, List.of(crmId, former))).isEmpty();
    assertThat(contacts().findUnlinked(other, Set.of("jane@example.com"), Set.of("+14155550123")))
        .isEmpty();
    assertThat(contacts().findCreatesInFlight(other)).isEmpty();
    assertThat(contacts().list(other, ContactQuery.all(10, "")).items()).isEmpty();
    assertThat(contacts().list(other, filter("", "", "vip")).items()).isEmpty();
    assertThat(contacts().counts(other)).isEqualTo(SyncCounts.NONE);
    assertThat(contacts().countDue(other, START.plusSeconds(3600))).isZero();
  }

  @Test
  default void noLocationChangesAnothersContacts() {
    Contact mine = saved(in(TenantFixture.anyLocation()).withEmail("mine@example.com"));
    LocationId other = TenantFixture.anyLocation();
    Contact thief = aContact().in(other).withId(mine.id()).withEmail("x@example.com").build();

    assertThat(contacts().remove(other, mine)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> contacts().save(other, mine));
    assertThatIllegalArgumentException().isThrownBy(() -> contacts().saveAll(other, List.of(mine)));
    assertThat(contacts().save(other, thief.atVersion(mine.version())))
        .isEqualTo(new SaveOutcome.Stale());
    assertThat(contacts().find(mine.locationId(), mine.id())).contains(mine);
    assertThat(contacts().list(other, ContactQuery.all(10, "")).items()).isEmpty();
  }

  // ---- words for the tests above

  private ContactFixture in(LocationId location) {
    return aContact().withId(contacts().nextId()).in(location);
  }

  private Contact saved(ContactFixture fixture) {
    return saved(fixture.build());
  }

  private Contact saved(Contact contact) {
    SaveOutcome outcome = contacts().save(contact.locationId(), contact);
    assertThat(outcome).isInstanceOf(SaveOutcome.Saved.class);
    return savedOnes(List.of(outcome)).getFirst();
  }

  private Contact reread(Contact contact) {
    saved(contact);
    return contacts().find(contact.locationId(), contact.id()).orElseThrow();
  }

  private static List<Contact> savedOnes(List<SaveOutcome> outcomes) {
    return outcomes.stream()
        .filter(SaveOutcome.Saved.class::isInstance)
        .map(SaveOutcome.Saved.class::cast)
        .map(SaveOutcome.Saved::contact)
        .toList();
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

  private static Push.InFlight call(Push.Kind kind, Instant startedAt) {
    return new Push.InFlight(
        kind,
        1,
        email("sent@example.com"),
        startedAt,
        startedAt.plusSeconds(30),
        "token-of-" + kind);
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
