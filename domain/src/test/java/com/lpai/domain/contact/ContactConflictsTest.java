package com.lpai.domain.contact;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.Conflict.Side;
import com.lpai.domain.sync.ConflictChoice;
import com.lpai.domain.sync.ConflictId;
import com.lpai.domain.sync.ConflictPolicy;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.CrmTrace;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.NextPush;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Provenance.Stamp;
import com.lpai.domain.sync.Push;
import com.lpai.domain.sync.SyncPhase;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Both sides changed a field: what each policy makes of it, and what a person can choose then. */
class ContactConflictsTest {
  private static final GhlContactId CRM_ID = new GhlContactId("crm-1");
  private static final FieldName EMAIL = ContactField.EMAIL.fieldName();
  private static final FieldName CITY = ContactField.CITY.fieldName();
  private static final FieldName COMPANY = ContactField.COMPANY_NAME.fieldName();
  private static final Instant LATER = START.plusSeconds(60);
  private static final Instant LAST = START.plusSeconds(120);
  private static final Origin MO = new Origin.User("mo");

  private final Contact linked =
      ContactFixture.aContact().linkedTo(CRM_ID).withEmail("base").atVersion(1).build();
  private final Contact edited = linked.edited(email("mine"), MirrorFixture.SOMEBODY, START);

  @Nested
  class DecidedForOurs {
    private final Contact contact = merged(edited, "theirs", ConflictRule.OURS);

    @Test
    void canBeMadeTheirsBeforeItIsTold() {
      Contact chosen = made(contact, Side.THEIRS);

      assertThat(chosen.email()).isEqualTo("theirs");
      assertThat(chosen.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(chosen.conflicts().getFirst().status())
          .isEqualTo(new Conflict.Status.Resolved(MO, LAST));
      assertThat(chosen.conflicts().getFirst().winner()).isEqualTo(Side.THEIRS);
      assertThat(chosen.provenance().of(EMAIL)).isEqualTo(new Stamp(MO, LAST));
    }

    @Test
    void isToldBackWhenItIsMadeTheirsAfterItWasTold() {
      Contact pushed = pushed(contact);

      Contact chosen = made(pushed, Side.THEIRS);

      assertThat(chosen.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, email("theirs")));
    }

    @Test
    void isChosenAgainWithoutHarm() {
      Contact chosen = made(contact, Side.THEIRS);

      assertThat(
              chosen.choosing(
                  chosen.conflicts().getFirst().id(), Side.THEIRS, MO, LAST.plusSeconds(1)))
          .isEqualTo(new ConflictChoice.Made<>(chosen));
    }

    @Test
    void canBeTakenBack() {
      Contact back = made(made(contact, Side.THEIRS), Side.OURS);

      assertThat(back.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, email("mine")));
    }

    @Test
    void cannotBeChosenAnyMoreOnceTheFieldWasEdited() {
      Contact since = contact.edited(email("newer"), MirrorFixture.SOMEBODY, LAST);

      assertThat(choice(since, Side.THEIRS))
          .isEqualTo(new ConflictChoice.Superseded<>(since, EMAIL));
    }

    @Test
    void cannotBeChosenAnyMoreOnceThereIsANewerConflictOfTheField() {
      Contact since = merged(contact, "theirs again", ConflictRule.OURS);

      assertThat(since.choosing(contact.conflicts().getFirst().id(), Side.THEIRS, MO, LAST))
          .isEqualTo(new ConflictChoice.Superseded<>(since, EMAIL));
    }
  }

  @Nested
  class DecidedForTheirs {
    private final Contact contact = merged(edited, "theirs", ConflictRule.THEIRS);

    @Test
    void isTakenAndNotTold() {
      assertThat(contact.email()).isEqualTo("theirs");
      assertThat(contact.sync().phase()).isEqualTo(SyncPhase.SYNCED);
      assertThat(contact.provenance().of(EMAIL)).isEqualTo(new Stamp(Origin.WEBHOOK, LATER));
    }

    @Test
    void canBeMadeOursAndIsTold() {
      Contact chosen = made(contact, Side.OURS);

      assertThat(chosen.email()).isEqualTo("mine");
      assertThat(chosen.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, email("mine")));
    }
  }

  @Nested
  class AskedAbout {
    private final Contact contact = merged(edited, "theirs", ConflictRule.ASK);

    @Test
    void isShownAndNotTold() {
      assertThat(contact.email()).isEqualTo("mine");
      assertThat(contact.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(contact.sync().waitsForDecision()).isTrue();
    }

    @Test
    void holdsUpNoOtherField() {
      Contact both = contact.edited(city("Paris"), MirrorFixture.SOMEBODY, LATER);

      assertThat(both.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, city("Paris")));
      assertThat(pushed(both).sync().waitsForDecision()).isTrue();
    }

    @Test
    void isNotForgottenByALookThatFindsNothingToPush() {
      assertThat(contact.pushedWhole()).isEqualTo(contact);
      assertThat(contact.retried(LAST)).isEqualTo(contact);
    }

    @Test
    void isToldOnceItIsOurs() {
      Contact chosen = made(contact, Side.OURS);

      assertThat(chosen.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, email("mine")));
      assertThat(chosen.sync().phase()).isEqualTo(SyncPhase.PENDING);
      assertThat(chosen.sync().nextAttemptAt()).isEqualTo(LAST);
    }

    @Test
    void isAgreedOnceItIsTheirs() {
      Contact chosen = made(contact, Side.THEIRS);

      assertThat(chosen.email()).isEqualTo("theirs");
      assertThat(chosen.sync().dirty()).isEmpty();
      assertThat(chosen.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void isToldAsTheirsWhenACallWithOursMayHaveArrivedAfterTheirs() {
      Push.InFlight call = call(edited);
      Contact asked = merged(edited.pushStarted(call), "theirs", ConflictRule.ASK);
      Contact answered = asked.pushSucceeded(call, CRM_ID, LATER);

      Contact chosen = made(answered, Side.THEIRS);

      assertThat(chosen.nextPush()).isEqualTo(new NextPush.Update<>(CRM_ID, email("theirs")));
    }

    @Test
    void isAskedAboutWithTheNewestOfOursAfterAnEdit() {
      Contact newer = contact.edited(email("newer"), MirrorFixture.SOMEBODY, LAST);

      assertThat(newer.conflicts()).hasSize(1);
      assertThat(newer.conflicts().getFirst().ours()).isEqualTo(FieldValue.text("newer"));
      assertThat(newer.nextPush()).isEqualTo(new NextPush.Nothing<>());
      assertThat(newer.choosing(contact.conflicts().getFirst().id(), Side.OURS, MO, LAST))
          .isEqualTo(new ConflictChoice.Superseded<>(newer, EMAIL));
    }

    @Test
    void isAskedAboutOnceWithTheNewestOfTheirs() {
      Contact newer = merged(contact, "theirs again", ConflictRule.ASK);

      assertThat(newer.conflicts()).hasSize(1);
      assertThat(newer.conflicts().getFirst().theirs()).isEqualTo(FieldValue.text("theirs again"));
      assertThat(newer.conflicts().getFirst().base()).isEqualTo(FieldValue.text("base"));
    }

    @Test
    void isNoQuestionAnyMoreWhenSomebodyTypesTheirs() {
      Contact agreed = contact.edited(email("theirs"), MO, LAST);

      assertThat(agreed.conflicts().getFirst().status())
          .isEqualTo(new Conflict.Status.Resolved(MO, LAST));
      assertThat(agreed.sync().phase()).isEqualTo(SyncPhase.SYNCED);
    }

    @Test
    void isNoQuestionAnyMoreWhenTheyComeToOurs() {
      Contact agreed = merged(contact, "mine", ConflictRule.ASK);

      assertThat(agreed.conflicts().getFirst().status())
          .isEqualTo(new Conflict.Status.Resolved(Origin.WEBHOOK, LATER));
      assertThat(agreed.sync().waitsForDecision()).isFalse();
    }

    @Test
    void isNotAskedAgainByAnEcho() {
      assertThat(merged(contact, "theirs", ConflictRule.ASK)).isSameAs(contact);
    }

    @Test
    void holdsUpNoDeletion() {
      assertThat(contact.deletedHere(LAST).nextPush()).isEqualTo(new NextPush.Delete<>(CRM_ID));
    }

    @Test
    void isNoQuestionAnyMoreWhenTheyDeletedTheRecord() {
      Contact gone = contact.deletedInCrm(CrmTrace.NONE, LAST);

      assertThat(gone.conflicts()).noneMatch(Conflict::isOpen);
      assertThat(gone.email()).isEqualTo("mine");
    }

    @Test
    void isToldWithAllElseWhenTheCrmLostTheRecord() {
      Contact orphan = contact.orphaned("gone there", LAST);

      assertThat(orphan.conflicts()).noneMatch(Conflict::isOpen);
      assertThat(orphan.retried(LAST).nextPush()).isEqualTo(new NextPush.Create<>(email("mine")));
    }

    @Test
    void outlivesFiftyOtherConflicts() {
      Contact many = contact;
      for (int i = 0; i < 60; i++) {
        many = many.edited(city("here " + i), MirrorFixture.SOMEBODY, LATER);
        many = merged(many, city("there " + i), ConflictRule.OURS);
      }

      assertThat(many.conflicts()).hasSize(50);
      assertThat(many.conflicts()).filteredOn(Conflict::isOpen).hasSize(1);
    }
  }

  @Test
  void nobodyIsAskedAboutWhatTheCrmTakesOnCreateOnly() {
    Contact contact =
        ContactFixture.aContact()
            .linkedTo(CRM_ID)
            .with(ContactField.COMPANY_NAME, "base")
            .atVersion(1)
            .build()
            .edited(company("mine"), MirrorFixture.SOMEBODY, START);

    Contact merged = merged(contact, company("theirs"), ConflictRule.ASK);

    assertThat(merged.conflicts()).noneMatch(Conflict::isOpen);
    assertThat(choice(merged, Side.OURS)).isEqualTo(new ConflictChoice.NotTaken<>(COMPANY));
  }

  @Test
  void aConflictThatThereNeverWasCannotBeDecided() {
    assertThat(edited.choosing(new ConflictId(EMAIL, 1), Side.OURS, MO, LAST))
        .isEqualTo(new ConflictChoice.Unknown<>());
  }

  @Test
  void anEchoLeavesNoTraceOfWhoSentIt() {
    Contact copied = merged(linked, "told", ConflictRule.OURS);

    assertThat(
            copied.merged(
                said(email("told")), CrmTrace.NONE, ConflictPolicy.OURS, Origin.SETUP, LAST))
        .isSameAs(copied);
    assertThat(copied.provenance().of(EMAIL)).isEqualTo(new Stamp(Origin.WEBHOOK, LATER));
  }

  private static Contact merged(Contact contact, String theirs, ConflictRule rule) {
    return merged(contact, email(theirs), rule);
  }

  private static Contact merged(Contact contact, FieldChanges theirs, ConflictRule rule) {
    return contact.merged(said(theirs), CrmTrace.NONE, field -> rule, Origin.WEBHOOK, LATER);
  }

  private static CrmRecord<GhlContactId> said(FieldChanges values) {
    return new CrmRecord<>(CRM_ID, values, Set.of(), Instant.EPOCH);
  }

  private static Push.InFlight call(Contact contact) {
    if (!(contact.nextPush() instanceof NextPush.Update<GhlContactId> update)) {
      throw new IllegalStateException("nothing is to be told");
    }
    return new Push.InFlight(
        Push.Kind.UPDATE,
        contact.sync().revision(),
        update.values(),
        LATER,
        LATER.plusSeconds(30),
        "token");
  }

  private static Contact pushed(Contact contact) {
    Push.InFlight call = call(contact);
    return contact.pushStarted(call).pushSucceeded(call, CRM_ID, LATER);
  }

  private static ConflictChoice<Contact> choice(Contact contact, Side side) {
    return contact.choosing(contact.conflicts().getFirst().id(), side, MO, LAST);
  }

  private static Contact made(Contact contact, Side side) {
    if (!(choice(contact, side) instanceof ConflictChoice.Made<Contact>(Contact after))) {
      throw new IllegalStateException("the choice was not made");
    }
    return after;
  }

  private static FieldChanges email(String value) {
    return FieldChanges.of(EMAIL, FieldValue.text(value));
  }

  private static FieldChanges city(String value) {
    return FieldChanges.of(CITY, FieldValue.text(value));
  }

  private static FieldChanges company(String value) {
    return FieldChanges.of(COMPANY, FieldValue.text(value));
  }
}
