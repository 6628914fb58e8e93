package com.lpai.domain.contact;

import static com.lpai.domain.contact.ContactFixture.aContact;
import static com.lpai.domain.contact.ContactFixture.anyGhlContactId;
import static com.lpai.domain.contact.ContactFixture.linkedContact;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Presence;
import com.lpai.domain.sync.Provenance;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ContactTest {
  private static final FieldName EMAIL = ContactField.EMAIL.fieldName();
  private static final FieldName VIP = FieldName.element(ContactField.TAGS, "vip");
  private static final FieldValue YES = new FieldValue.Flag(true);
  private static final Instant LATER = START.plusSeconds(60);
  private static final GhlContactId CRM_ID = anyGhlContactId();

  private final Contact linked =
      aContact()
          .linkedTo(CRM_ID)
          .withName("Jane", "Doe")
          .withEmail("jane@example.com")
          .withTag("old")
          .atVersion(3)
          .build();

  @Nested
  class MadeHere {
    private final Contact made =
        Contact.createdHere(
            new ContactId("1"),
            TenantFixture.anyLocation(),
            email("new@example.com").with(VIP, YES).with(cleared("city")),
            MirrorFixture.SOMEBODY,
            START);

    @Test
    void isCreatedInTheCrmWithAllItsValues() {
      assertThat(made.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(made.sync().nextAttemptAt()).isEqualTo(START);
      assertThat(made.createdBySync()).isFalse();
      assertThat(made.nextPush())
          .isEqualTo(new NextPush.Create<>(email("new@example.com").with(VIP, YES)));
    }

    @Test
    void isCreatedAlthoughItsOnlyValueIsTakenBack() {
      Contact blank =
          made.edited(
              email(FieldValue.cleared()).with(VIP, FieldValue.cleared()),
              MirrorFixture.SOMEBODY,
              LATER);

      assertThat(blank.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(blank.nextPush()).isEqualTo(new NextPush.Create<>(FieldChanges.NONE));
    }

    @Test
    void isLookedUpAndNotCreatedAgainWhenTheOutcomeIsUnknown() {
      Push.InFlight create = call(made, Push.Kind.CREATE, made.fields().asChanges());

      Contact doubtful =
          made.pushStarted(create).withSync(made.sync().inDoubt(create, LATER, "no answer"));

      assertThat(doubtful.nextPush()).isEqualTo(new NextPush.LookUp<>(create.values()));
      assertThat(made.pushStarted(create).nextPush())
          .isEqualTo(new NextPush.LookUp<>(create.values()));
    }

    @Test
    void isLinkedToWhatTheLookUpFoundAndTellsWhatIsDirty() {
      Push.InFlight create = call(made, Push.Kind.CREATE, made.fields().asChanges());

      Contact adopted = made.pushStarted(create).adopted(CRM_ID, LATER);

      assertThat(adopted.crmId()).contains(CRM_ID);
      assertThat(adopted.sync().nextAttemptAt()).isEqualTo(LATER);
      assertThat(adopted.sync().isHeldBy(create.token())).isFalse();
      assertThat(adopted.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("new@example.com")));
    }

    @Test
    void isCreatedWhenTheLookUpFoundNothing() {
      Push.InFlight create = call(made, Push.Kind.CREATE, made.fields().asChanges());

      Contact again = made.pushStarted(create);
      Contact free = again.withSync(again.sync().deferred(LATER, "", false));

      assertThat(free.nextPush()).isInstanceOf(NextPush.Create.class);
    }

    @Test
    void isInAgreementAfterTheCreateSucceeded() {
      Push.InFlight create = call(made, Push.Kind.CREATE, made.fields().asChanges());

      Contact created = made.pushStarted(create).pushSucceeded(create, CRM_ID, LATER);

      assertThat(created.crmId()).contains(CRM_ID);
      assertThat(created.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(created.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(created.trace().lastPushAt()).isEqualTo(LATER);
    }

    /** It says the same as GoHighLevel, which was told by the copy: nothing more is to be told. */
    @Test
    void carriesWhatACopyOfItHasToldAlready() {
      Contact copy = linked.edited(email("later@example.com"), MirrorFixture.SOMEBODY, LATER);
      Push.InFlight update = call(copy, Push.Kind.UPDATE, email("later@example.com"));
      Contact told = copy.pushStarted(update).pushSucceeded(update, CRM_ID, LATER);

      Contact carrying = made.carrying(told, LATER);

      assertThat(carrying.email()).isEqualTo("later@example.com");
      assertThat(carrying.sync().dirty()).containsKey(VIP).doesNotContainKey(EMAIL);
      assertThat(carrying.provenance().of(EMAIL))
          .isEqualTo(new Provenance.Stamp(MirrorFixture.SOMEBODY, LATER));
    }

    @Test
    void keepsALaterEditWhereACopyOfItWasEditedBefore() {
      Contact copy = linked.edited(email("copy@example.com"), MirrorFixture.SOMEBODY, START);
      Contact ours = made.edited(email("ours@example.com"), MirrorFixture.SOMEBODY, LATER);

      assertThat(ours.carrying(copy, LATER)).isEqualTo(ours);
    }

    @Test
    void isNotToldOfWhenItIsDeletedBeforeAnybodyHeardOfIt() {
      Contact deleted = made.deletedHere(LATER);

      assertThat(deleted.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(deleted.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void isDeletedThereWhenItWasDeletedDuringTheCreate() {
      Push.InFlight create = call(made, Push.Kind.CREATE, made.fields().asChanges());
      Contact deleted = made.pushStarted(create).deletedHere(LATER);

      Contact answered = deleted.pushSucceeded(create, CRM_ID, LATER);

      assertThat(deleted.nextPush()).isInstanceOf(NextPush.LookUp.class);
      assertThat(deleted.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(answered.nextPush()).isEqualTo(new NextPush.Delete<>(CRM_ID));
      assertThat(answered.sync().phase()).isEqualTo(SyncPhase.PENDING);
    }
  }

  @Nested
  class EditedHere {
    @Test
    void tellsExactlyTheFieldThatChanged() {
      Contact edited =
          linked.edited(
              email("new@example.com").with(FieldName.of("firstName"), FieldValue.text("Jane")),
              MirrorFixture.SOMEBODY,
              LATER);

      assertThat(edited.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("new@example.com")));
      assertThat(edited.updatedAt()).isEqualTo(LATER);
      assertThat(edited.sync().phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void isTheSameContactWhenNothingReallyChanged() {
      assertThat(
              linked.edited(
                  email("jane@example.com").with(cleared("city")), MirrorFixture.SOMEBODY, LATER))
          .isSameAs(linked);
    }

    @Test
    void tellsNothingWhenTheEditWasUndone() {
      Contact undone =
          linked
              .edited(email("new@example.com"), MirrorFixture.SOMEBODY, LATER)
              .edited(email("jane@example.com"), MirrorFixture.SOMEBODY, LATER);

      assertThat(undone.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(undone.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void clearsAFieldThere() {
      Contact edited = linked.edited(email(FieldValue.cleared()), MirrorFixture.SOMEBODY, LATER);

      assertThat(edited.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email(FieldValue.cleared())));
    }

    @Test
    void tellsFieldsFirstAndThenExactlyTheTagsThatChanged() {
      FieldChanges tags =
          FieldChanges.of(VIP, YES)
              .with(FieldName.element(ContactField.TAGS, "old"), FieldValue.cleared());
      Contact edited =
          linked.edited(email("new@example.com").with(tags), MirrorFixture.SOMEBODY, LATER);
      Push.InFlight call = call(edited, Push.Kind.UPDATE, email("new@example.com"));

      Contact told = edited.pushStarted(call).pushSucceeded(call, CRM_ID, LATER);

      assertThat(edited.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("new@example.com")));
      assertThat(told.nextPush()).isEqualTo(new NextPush.Regroup<>(CRM_ID, tags));
      assertThat(told.sync().phase()).isEqualTo(SyncPhase.PENDING);
    }

    @Test
    void keepsAnEditThatIsMadeWhileAPushIsOnItsWay() {
      Contact first = linked.edited(email("first@example.com"), MirrorFixture.SOMEBODY, START);
      Push.InFlight call = call(first, Push.Kind.UPDATE, email("first@example.com"));
      Contact second =
          first
              .pushStarted(call)
              .edited(email("second@example.com"), MirrorFixture.SOMEBODY, LATER);

      Contact answered = second.pushSucceeded(call, CRM_ID, LATER);

      assertThat(answered.email()).isEqualTo("second@example.com");
      assertThat(answered.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("second@example.com")));
    }

    @Test
    void keepsAnEditOfAnotherFieldThatIsMadeWhileAPushIsOnItsWay() {
      Contact first = linked.edited(email("first@example.com"), MirrorFixture.SOMEBODY, START);
      Push.InFlight call = call(first, Push.Kind.UPDATE, email("first@example.com"));
      FieldChanges city = FieldChanges.of(FieldName.of("city"), FieldValue.text("Rome"));

      Contact answered =
          first
              .pushStarted(call)
              .edited(city, MirrorFixture.SOMEBODY, LATER)
              .pushSucceeded(call, CRM_ID, LATER);

      assertThat(answered.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, city));
    }

    @Test
    void isPushedAgainOnRequestAfterItFailed() {
      Contact failed =
          linked
              .edited(email("bad"), MirrorFixture.SOMEBODY, START)
              .withSync(
                  linked
                      .edited(email("bad"), MirrorFixture.SOMEBODY, START)
                      .sync()
                      .failed("must be valid"));

      assertThat(failed.retried(LATER).sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(failed.retried(LATER).nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("bad")));
    }
  }

  @Nested
  class DeletedHere {
    private final Contact deleted = linked.deletedHere(LATER);

    @Test
    void isATombstoneUntilTheCrmConfirmed() {
      assertThat(deleted.isLive()).isFalse();
      assertThat(deleted.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(deleted.nextPush()).isEqualTo(new NextPush.Delete<>(CRM_ID));
    }

    @Test
    void isForgottenThereAfterTheCrmConfirmed() {
      Push.InFlight call = call(deleted, Push.Kind.DELETE, FieldChanges.NONE);

      Contact confirmed = deleted.pushStarted(call).deletionConfirmed(LATER);

      assertThat(confirmed.crmId()).isEmpty();
      assertThat(confirmed.formerIds()).containsExactly(CRM_ID);
      assertThat(confirmed.isLive()).isFalse();
      assertThat(confirmed.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(confirmed.nextPush()).isEqualTo(new NextPush.Nothing<>());
    }

    @Test
    void isDeletedThereAlthoughAnUpdateWasOnItsWay() {
      Contact edited = linked.edited(email("first@example.com"), MirrorFixture.SOMEBODY, START);
      Push.InFlight call = call(edited, Push.Kind.UPDATE, email("first@example.com"));

      Contact answered =
          edited.pushStarted(call).deletedHere(LATER).pushSucceeded(call, CRM_ID, LATER);

      assertThat(answered.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(answered.nextPush()).isEqualTo(new NextPush.Delete<>(CRM_ID));
    }
  }

  @Nested
  class DeletedInTheCrm {
    private final CrmTrace trace = CrmTrace.NONE.applied(LATER);
    private final Contact gone =
        linked
            .edited(email("mine@example.com"), MirrorFixture.SOMEBODY, START)
            .deletedInCrm(trace, LATER);

    @Test
    void isKeptHiddenAndNeitherMatchedNorPushed() {
      assertThat(gone.isLive()).isFalse();
      assertThat(gone.presence()).isEqualTo(new Presence.DeletedInCrm(LATER));
      assertThat(gone.crmId()).isEmpty();
      assertThat(gone.formerIds()).containsExactly(CRM_ID);
      assertThat(gone.email()).isEqualTo("mine@example.com");
      assertThat(gone.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(gone.nextPush()).isEqualTo(new NextPush.Nothing<>());
    }

    @Test
    void comesBackOnlyWhenARevivalIsAskedFor() {
      assertThat(gone.revived(LATER).isLive()).isTrue();
      assertThat(linked.revived(LATER)).isSameAs(linked);
      Contact deletedHere = linked.deletedHere(START);
      assertThat(deletedHere.revived(LATER)).isSameAs(deletedHere);
    }

    @Test
    void staysDeletedHereWhenItWasDeletedHereFirst() {
      Contact both = linked.deletedHere(START).deletedInCrm(trace, LATER);

      assertThat(both.presence()).isEqualTo(new Presence.DeletedHere(START));
      assertThat(both.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(both.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void isCreatedAnewOnRequestWhenItWasAnOrphan() {
      Contact orphan =
          linked
              .edited(email("mine@example.com"), MirrorFixture.SOMEBODY, START)
              .orphaned("gone there", START);

      assertThat(orphan.sync().phase()).isEqualTo(SyncPhase.FAILED);
      assertThat(orphan.formerIds()).containsExactly(CRM_ID);
      assertThat(orphan.sync().hasCallInFlight()).isFalse();
      assertThat(orphan.retried(LATER).nextPush()).isInstanceOf(NextPush.Create.class);
    }
  }

  @Nested
  class ToldByTheCrm {
    private final CrmTrace trace = CrmTrace.NONE.read(LATER, LATER);

    @Test
    void isTheSameContactWhenItToldNothingNew() {
      Contact merged = merged(linked, email("jane@example.com"));

      assertThat(merged).isSameAs(linked);
    }

    @Test
    void takesWhatIsNotDirty() {
      Contact merged = merged(linked, email("theirs@example.com"));

      assertThat(merged.email()).isEqualTo("theirs@example.com");
      assertThat(merged.fullName()).isEqualTo("Jane Doe");
      assertThat(merged.updatedAt()).isEqualTo(LATER);
      assertThat(merged.trace()).isEqualTo(trace);
      assertThat(merged.nextPush()).isEqualTo(new NextPush.Nothing<>());
    }

    @Test
    void losesTagsThatAFullListLeavesOut() {
      Contact mine = linked.edited(FieldChanges.of(VIP, YES), MirrorFixture.SOMEBODY, START);
      CrmRecord<GhlContactId> said =
          new CrmRecord<>(
              CRM_ID,
              FieldChanges.of(FieldName.element(ContactField.TAGS, "their"), YES),
              Set.of(ContactField.TAGS),
              LATER);

      Contact merged = mine.merged(said, trace, ConflictPolicy.OURS, Origin.WEBHOOK, LATER);

      assertThat(merged.tags()).containsExactly("their", "vip");
      assertThat(merged.nextPush())
          .isEqualTo(new NextPush.Regroup<>(CRM_ID, FieldChanges.of(VIP, YES)));
    }

    @Test
    void recordsAConflictWithBothValues() {
      Contact mine = linked.edited(email("mine@example.com"), MirrorFixture.SOMEBODY, START);

      Contact merged = merged(mine, email("theirs@example.com"));

      assertThat(merged.email()).isEqualTo("mine@example.com");
      assertThat(merged.conflicts())
          .containsExactly(
              new Conflict(
                  EMAIL,
                  2,
                  FieldValue.text("jane@example.com"),
                  FieldValue.text("mine@example.com"),
                  FieldValue.text("theirs@example.com"),
                  Conflict.Side.OURS,
                  LATER,
                  Conflict.Status.DECIDED));
      assertThat(merged.nextPush())
          .isEqualTo(new NextPush.Update<>(CRM_ID, email("mine@example.com")));
    }

    @Test
    void keepsTheLatestFiftyConflicts() {
      Contact contact = linked.edited(email("mine@example.com"), MirrorFixture.SOMEBODY, START);
      for (int i = 0; i < 60; i++) {
        contact = merged(contact, email("theirs" + i + "@example.com"));
      }

      assertThat(contact.conflicts()).hasSize(50);
      assertThat(contact.conflicts().getLast().theirs())
          .isEqualTo(FieldValue.text("theirs59@example.com"));
    }

    @Test
    void isLinkedAndCompleteWhenTheCrmHadItFirst() {
      Contact found =
          Contact.foundInCrm(new ContactId("1"), TenantFixture.anyLocation(), CRM_ID, START);

      Contact merged = merged(found, email("theirs@example.com"));

      assertThat(merged.crmId()).contains(CRM_ID);
      assertThat(merged.createdBySync()).isTrue();
      assertThat(merged.email()).isEqualTo("theirs@example.com");
      assertThat(merged.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(merged.nextPush()).isEqualTo(new NextPush.Nothing<>());
    }

    @Test
    void knowsAnEchoOfWhatItHoldsOrSent() {
      Contact edited = linked.edited(email("sent@example.com"), MirrorFixture.SOMEBODY, START);
      Push.InFlight call = call(edited, Push.Kind.UPDATE, email("sent@example.com"));
      Contact contact =
          edited
              .pushStarted(call)
              .edited(email("newer@example.com"), MirrorFixture.SOMEBODY, LATER);

      assertThat(contact.isEcho(said(email("sent@example.com")))).isTrue();
      assertThat(contact.isEcho(said(email("newer@example.com")))).isTrue();
      assertThat(contact.isEcho(said(FieldChanges.NONE))).isTrue();
      assertThat(contact.isEcho(said(email("other@example.com")))).isFalse();
    }

    @Test
    void knowsWhenAnEventLeavesOutWhatItHolds() {
      FieldChanges all =
          email("jane@example.com")
              .with(FieldName.of("firstName"), FieldValue.text("Jane"))
              .with(FieldName.of("lastName"), FieldValue.text("Doe"));

      assertThat(linked.holdsMoreThan(said(all))).isFalse();
      assertThat(linked.holdsMoreThan(said(email("jane@example.com")))).isTrue();
    }

    private Contact merged(Contact contact, FieldChanges values) {
      return contact.merged(said(values), trace, ConflictPolicy.OURS, Origin.WEBHOOK, LATER);
    }

    private CrmRecord<GhlContactId> said(FieldChanges values) {
      return new CrmRecord<>(CRM_ID, values, Set.of(), LATER);
    }
  }

  /** In the guide it was "undefined Doe" (trap 55). */
  @Test
  void aNameIsMadeOfWhatIsKnown() {
    assertThat(aContact().withName("Jane", "Doe").build().fullName()).isEqualTo("Jane Doe");
    assertThat(aContact().withName("", "Doe").build().fullName()).isEqualTo("Doe");
    assertThat(aContact().withName("Jane", "").build().fullName()).isEqualTo("Jane");
    assertThat(aContact().build().fullName()).isEmpty();
  }

  @Test
  void tagsAreSorted() {
    assertThat(aContact().withTag("b").withTag("a/b").withTag("a").build().tags())
        .containsExactly("a", "a/b", "b");
  }

  @Test
  void noValueIsPrinted() {
    Contact contact =
        merge(linkedContact().withEmail("jane@example.com").build())
            .edited(email("jim@example.com"), MirrorFixture.SOMEBODY, LATER);

    assertThat(contact.toString()).contains("email").doesNotContain("example.com");
  }

  private static Contact merge(Contact contact) {
    return contact
        .edited(email("mine@example.com"), MirrorFixture.SOMEBODY, START)
        .merged(
            new CrmRecord<>(
                contact.crmId().orElseThrow(), email("theirs@example.com"), Set.of(), START),
            CrmTrace.NONE,
            ConflictPolicy.OURS,
            Origin.WEBHOOK,
            START);
  }

  private static FieldChanges email(String email) {
    return email(FieldValue.text(email));
  }

  private static FieldChanges email(FieldValue value) {
    return FieldChanges.of(EMAIL, value);
  }

  private static FieldChanges cleared(String field) {
    return FieldChanges.of(FieldName.of(field), FieldValue.cleared());
  }

  private static Push.InFlight call(Contact contact, Push.Kind kind, FieldChanges values) {
    return new Push.InFlight(
        kind, contact.sync().revision(), values, START, START.plusSeconds(30), "token");
  }
}
