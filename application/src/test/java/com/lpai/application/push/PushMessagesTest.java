package com.lpai.application.push;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static com.lpai.application.testing.TestSystem.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.application.edit.EditOutcome;
import com.lpai.application.edit.FieldProblem;
import com.lpai.application.idempotency.Once;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.MessageChannel;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorFixture;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that are written here are sent by GoHighLevel, and never twice blindly (spec 6). */
class PushMessagesTest {
  private final TestSystem system = TestSystem.installed();
  private final Contact ann =
      stored(
          system.editing.create(LOCATION, named("Ann", "a@example.com"), MirrorFixture.SOMEBODY));

  private static <R> R stored(EditOutcome<R> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Stored.class);
    return ((EditOutcome.Stored<R>) outcome).record();
  }

  private static List<FieldProblem> refused(EditOutcome<?> outcome) {
    assertThat(outcome).isInstanceOf(EditOutcome.Refused.class);
    return ((EditOutcome.Refused<?>) outcome).problems();
  }

  private static FieldChanges sms(String text) {
    return set(OutgoingMessageField.TYPE, "SMS").with(set(OutgoingMessageField.MESSAGE, text));
  }

  private static FieldChanges mail(String html) {
    return set(OutgoingMessageField.TYPE, "Email")
        .with(set(OutgoingMessageField.SUBJECT, "Your quote"))
        .with(set(OutgoingMessageField.HTML, html));
  }

  private static FieldChanges set(OutgoingMessageField field, String text) {
    return FieldChanges.of(field.fieldName(), FieldValue.text(text));
  }

  private OutgoingMessage writes(FieldChanges values) {
    return stored(
        system.sendingMessages.send(
            LOCATION, Once.EACH_TIME, ann.id(), values, MirrorFixture.SOMEBODY));
  }

  private OutgoingMessage now(OutgoingMessage message) {
    return system.outgoingMessages.find(LOCATION, message.id()).orElseThrow();
  }

  private void settleAfter(Duration duration) {
    system.time.advance(duration);
    system.settle();
  }

  /** Long enough for whatever waits, again and again. */
  private void waitsForDays() {
    for (int i = 0; i < 50; i++) {
      settleAfter(Duration.ofHours(1));
    }
  }

  private void annIsThere() {
    system.settle();
    assertThat(system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId)).isPresent();
  }

  private void isSent(OutgoingMessage message) {
    assertThat(now(message).sync().problem()).isEmpty();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.SYNCED);
    assertThat(now(message).crmId()).isPresent();
  }

  private int sendings() {
    return system.crm.calls("createMessage").size();
  }

  // ---- sent

  @Test
  void aMessageIsPendingAndSentInTheBackground() {
    OutgoingMessage message = writes(sms("Hello"));
    assertThat(message.sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(sendings()).isZero();

    system.settle();

    isSent(message);
    assertThat(system.lists.textsSent()).containsExactly("Hello");
  }

  @Test
  void itsContactIsToldFirst() {
    OutgoingMessage message = writes(sms("Hello"));
    assertThat(ann.crmId()).isEmpty();

    system.pushes.messages().push(LOCATION, message.id());

    isSent(message);
    assertThat(now(message).ghlContactId())
        .isEqualTo(system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId));
  }

  @Test
  void itWaitsForAContactThatGoHighLevelRefusesAndGoesOnWhenThatIsThere() {
    system.crm.breaks("create", new CrmFailure.Rejected(List.of(), "The e-mail is invalid."));
    OutgoingMessage message = writes(sms("Hello"));
    system.settle();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(now(message).sync().problem()).contains("The e-mail is invalid.");

    system.crm.worksAgain("create");
    stored(system.editing.retry(LOCATION, ann.id()));
    system.settle();
    system.settle();

    isSent(message);
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void aConversationIsAnsweredToItsContact() {
    annIsThere();
    GhlConversationId talk = new GhlConversationId("talk1");
    String ghlContact =
        system.contacts.find(LOCATION, ann.id()).flatMap(Contact::crmId).orElseThrow().value();
    system.conversations.saveAll(
        LOCATION,
        List.of(
            new Conversation(
                talk,
                ghlContact,
                "TYPE_PHONE",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()),
            Conversation.unknown(new GhlConversationId("talk2"))));

    OutgoingMessage message =
        stored(
            system.sendingMessages.reply(
                LOCATION, Once.EACH_TIME, "talk1", sms("Hello"), MirrorFixture.SOMEBODY));

    assertThat(message.contact().contactId()).contains(ann.id());
    assertThat(
            system.sendingMessages.reply(
                LOCATION, Once.EACH_TIME, "none", sms("Hello"), MirrorFixture.SOMEBODY))
        .isInstanceOf(EditOutcome.NotFound.class);
    assertThat(
            system.sendingMessages.reply(
                LOCATION, Once.EACH_TIME, " \n", sms("Hello"), MirrorFixture.SOMEBODY))
        .isInstanceOf(EditOutcome.NotFound.class);
    assertThat(
            system.sendingMessages.reply(
                new LocationId("other"),
                Once.EACH_TIME,
                "talk1",
                sms("Hello"),
                MirrorFixture.SOMEBODY))
        .isInstanceOf(EditOutcome.NotFound.class);
    assertThat(
            refused(
                system.sendingMessages.reply(
                    LOCATION, Once.EACH_TIME, "talk2", sms("Hello"), MirrorFixture.SOMEBODY)))
        .extracting(FieldProblem::message)
        .first()
        .asString()
        .contains("contact of this conversation is not here");
  }

  @Test
  void anEventThatOvertakesTheAnswerMakesNoSecondMessage() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(
        new Fault.Meanwhile(
            () -> {
              GhlMessageId made = new GhlMessageId("msg" + system.lists.lastSerial());
              system.messages.saveAll(LOCATION, List.of(system.lists.message(made)));
            }));

    system.settle();

    isSent(message);
    Message heard = system.lists.message(now(message).crmId().orElseThrow());
    assertThat(system.messages.list(LOCATION, heard.conversationId(), 10, "").items())
        .extracting(Message::id)
        .containsExactly(now(message).crmId().orElseThrow());
    assertThat(sendings()).isEqualTo(1);
  }

  // ---- of unknown outcome

  @Test
  void aMessageWhoseAnswerWasLostIsLookedUpAndNotSentAgain() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.LoseAnswer());
    system.settle();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(now(message).crmId()).isEmpty();

    settleAfter(Duration.ofSeconds(40));
    system.settle();

    isSent(message);
    assertThat(sendings()).isEqualTo(1);
    assertThat(system.lists.textsSent()).containsExactly("Hello");
  }

  @Test
  void aMessageThatWasSentBeforeACrashIsLookedUpAndNotSentAgain() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(
        new Fault.Meanwhile(
            () -> {
              throw new IllegalStateException("the process dies");
            }));
    assertThatThrownBy(system::settle).hasMessage("the process dies");

    settleAfter(Duration.ofSeconds(40));
    system.settle();

    isSent(message);
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void oneThatGoHighLevelShowsOnlyLaterIsFoundByALaterLook() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    settleAfter(Duration.ofSeconds(40));
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.PENDING);
    assertThat(now(message).sync().problem()).contains("looked for again");
    system.lists.writes(
        now(message).ghlContactId().orElseThrow().value(), MessageChannel.SMS, "Hello");

    settleAfter(Duration.ofSeconds(80));

    isSent(message);
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void itIsLookedForThreeTimesFurtherApartAndThenLeftToAPerson() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    Instant begun = system.time.instant();
    List<Duration> looks = new ArrayList<>();
    while (now(message).sync().phase() == SyncPhase.PENDING) {
      int before = looksMade();
      settleAfter(Duration.ofSeconds(5));
      if (looksMade() > before) {
        looks.add(Duration.between(begun, system.time.instant()));
      }
    }

    assertThat(looks)
        .containsExactly(Duration.ofSeconds(35), Duration.ofMinutes(2), Duration.ofMinutes(10));
    assertThat(now(message).sync().problem())
        .startsWith("Please check: ")
        .endsWith("It is not sent again by itself.");
    waitsForDays();
    assertThat(looksMade()).isEqualTo(3);
    assertThat(sendings()).isEqualTo(1);
  }

  private int looksMade() {
    return system.crm.calls("messagesOfContact").size();
  }

  @Test
  void oneThatIsNotFoundIsNeverSentAgainByItself() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();

    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem()).startsWith("Please check: ");
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void ofSeveralThatFitNoneIsTaken() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.LoseAnswer());
    system.settle();
    String contact = now(message).ghlContactId().orElseThrow().value();
    GhlMessageId other = system.lists.writes(contact, MessageChannel.SMS, "Hello");

    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem()).startsWith("Please check: ").contains(other.value());
    assertThat(sendings()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"SMS, Goodbye", "WHATSAPP, Hello", "EMAIL, Hello"})
  void anotherMessageIsNotTakenForIt(MessageChannel channel, String text) {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    system.lists.writes(now(message).ghlContactId().orElseThrow().value(), channel, text);

    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).crmId()).isEmpty();
  }

  @Test
  void whatWasSentAfterTheAttemptHadEndedIsNotTakenForIt() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    system.time.advance(Duration.ofMinutes(20));
    system.lists.writes(
        now(message).ghlContactId().orElseThrow().value(), MessageChannel.SMS, "Hello");

    waitsForDays();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    stored(system.sendingMessages.retry(LOCATION, message.id()));
    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem()).startsWith("Please check: ");
    assertThat(now(message).crmId()).isEmpty();
  }

  @Test
  void oneThatIsLinkedToAnotherOfOursIsNotTakenForIt() {
    annIsThere();
    OutgoingMessage first = writes(sms("Hello"));
    system.settle();
    isSent(first);
    OutgoingMessage second = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.LoseAnswer());
    system.settle();

    settleAfter(Duration.ofSeconds(40));
    system.settle();

    isSent(second);
    assertThat(now(second).crmId()).isNotEqualTo(now(first).crmId());
    assertThat(sendings()).isEqualTo(2);
  }

  @Test
  void aMailOfWhichGoHighLevelTellsNoTextIsForAPersonToCheck() {
    annIsThere();
    OutgoingMessage message = writes(mail("<p>Hi</p>"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    GhlMessageId thread =
        system.lists.writes(
            now(message).ghlContactId().orElseThrow().value(), MessageChannel.EMAIL, "");

    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem()).contains("check").contains(thread.value());
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void aMailIsNotTakenForItBecauseOfItsSubjectAlone() {
    annIsThere();
    OutgoingMessage message = writes(mail("<p>Hi</p>"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    String contact = now(message).ghlContactId().orElseThrow().value();
    GhlMessageId alike = system.lists.mails(contact, "Your quote");
    GhlMessageId other = system.lists.mails(contact, "Your invoice");

    waitsForDays();

    assertThat(now(message).crmId()).isEmpty();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem())
        .startsWith("Please check: ")
        .contains(alike.value())
        .doesNotContain(other.value());
    assertThat(sendings()).isEqualTo(1);
  }

  // ---- what a person decides

  private OutgoingMessage inDoubt() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.OutcomeUnknown("no answer")));
    system.settle();
    for (int i = 0; i < 3; i++) {
      settleAfter(Duration.ofMinutes(5));
    }
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    return message;
  }

  @Test
  void aRetryLooksAgainAndSendsNothing() {
    OutgoingMessage message = inDoubt();

    stored(system.sendingMessages.retry(LOCATION, message.id()));
    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void aPersonMaySendItAnew() {
    OutgoingMessage message = inDoubt();

    stored(system.sendingMessages.sendAnew(LOCATION, message.id(), OptionalLong.empty()));
    system.settle();

    isSent(message);
    assertThat(sendings()).isEqualTo(2);
    assertThat(
            refused(system.sendingMessages.sendAnew(LOCATION, message.id(), OptionalLong.empty())))
        .isNotEmpty();
  }

  @Test
  void aPersonMayDiscardIt() {
    OutgoingMessage message = inDoubt();

    stored(system.sendingMessages.discard(LOCATION, message.id(), OptionalLong.empty()));
    waitsForDays();

    assertThat(system.outgoingMessages.find(LOCATION, message.id())).isEmpty();
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void oneThatWaitsMayBeDiscardedAndIsNotSent() {
    OutgoingMessage message = writes(sms("Hello"));

    stored(system.sendingMessages.discard(LOCATION, message.id(), OptionalLong.empty()));
    system.settle();

    assertThat(sendings()).isZero();
  }

  @Test
  void oneThatWasSentOrMayBeUnderWayIsNotDiscarded() {
    annIsThere();
    OutgoingMessage sent = writes(sms("Hello"));
    system.settle();
    OutgoingMessage unclear = writes(sms("Goodbye"));
    system.crm.nextCreate(new Fault.LoseAnswer());
    system.settle();

    assertThat(refused(system.sendingMessages.discard(LOCATION, sent.id(), OptionalLong.empty())))
        .isNotEmpty();
    assertThat(
            refused(system.sendingMessages.discard(LOCATION, unclear.id(), OptionalLong.empty())))
        .isNotEmpty();
    assertThat(
            refused(system.sendingMessages.sendAnew(LOCATION, unclear.id(), OptionalLong.empty())))
        .isNotEmpty();
    assertThat(now(unclear).isLive()).isTrue();
  }

  // ---- refused

  @Test
  void aRefusalIsShownInPlainWordsAndNotRepeated() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(
        new Fault.Refuse(new CrmFailure.Rejected(List.of(), "Cannot send: DND is active.")));

    system.settle();
    waitsForDays();

    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem()).isEqualTo("Cannot send: DND is active.");
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void whatWasCertainlyNotSentIsSentLater() {
    annIsThere();
    OutgoingMessage message = writes(sms("Hello"));
    system.crm.nextCreate(new Fault.Refuse(new CrmFailure.Unavailable("connection refused")));
    system.settle();

    settleAfter(Duration.ofSeconds(2));

    isSent(message);
    assertThat(system.lists.textsSent()).containsExactly("Hello");
  }

  @Test
  void whatWaitedForMoreThanADayIsSentOnlyWhenAPersonSendsItAnew() {
    annIsThere();
    Set<String> without = Set.of("contacts.readonly", "contacts.write");
    Set<String> with = Set.of("contacts.readonly", "contacts.write", "conversations/message.write");
    grants(without);
    OutgoingMessage message = writes(sms("Hello"));
    waitsForDays();
    grants(with);
    settleAfter(Duration.ofMinutes(1));
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(now(message).sync().problem())
        .isEqualTo("It was to be sent more than a day ago. Send it anew, or discard it.");
    stored(system.sendingMessages.retry(LOCATION, message.id()));
    system.settle();
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.FAILED);
    assertThat(sendings()).isZero();

    stored(system.sendingMessages.sendAnew(LOCATION, message.id(), OptionalLong.empty()));
    system.settle();

    isSent(message);
    assertThat(sendings()).isEqualTo(1);
  }

  @Test
  void withinADayWhatWaitedIsSent() {
    annIsThere();
    grants(Set.of("contacts.readonly", "contacts.write"));
    OutgoingMessage message = writes(sms("Hello"));
    settleAfter(Duration.ofHours(23));
    grants(Set.of("contacts.readonly", "contacts.write", "conversations/message.write"));

    settleAfter(Duration.ofMinutes(1));

    isSent(message);
  }

  @Test
  void withoutTheScopeNoCallIsMadeUntilItIsGranted() {
    annIsThere();
    grants(Set.of("contacts.readonly", "contacts.write"));
    OutgoingMessage message = writes(sms("Hello"));

    for (int i = 0; i < 10; i++) {
      settleAfter(Duration.ofMinutes(1));
    }
    assertThat(now(message).sync().phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(now(message).sync().problem()).contains("conversations/message.write");
    assertThat(sendings()).isZero();

    grants(Set.of("contacts.readonly", "contacts.write", "conversations/message.write"));
    settleAfter(Duration.ofMinutes(1));

    isSent(message);
  }

  @Test
  void withoutTheScopeOfContactsNoneIsToldUntilItIsGranted() {
    grants(Set.of("contacts.readonly"));

    for (int i = 0; i < 10; i++) {
      settleAfter(Duration.ofMinutes(1));
    }
    Contact blocked = system.contacts.find(LOCATION, ann.id()).orElseThrow();
    assertThat(blocked.sync().phase()).isEqualTo(SyncPhase.BLOCKED);
    assertThat(blocked.sync().problem()).contains("contacts.write");
    assertThat(system.crm.calls("create")).isEmpty();

    grants(Set.of("contacts.readonly", "contacts.write"));
    settleAfter(Duration.ofMinutes(1));

    annIsThere();
  }

  private void grants(Set<String> scopes) {
    Connection present = system.connections.find(LOCATION).orElseThrow();
    assertThat(present.state()).isInstanceOf(ConnectionState.Active.class);
    OAuthTokens tokens = ((ConnectionState.Active) present.state()).tokens();
    OAuthTokens changed =
        new OAuthTokens(
            tokens.access(),
            tokens.renewal(),
            system.time.instant().plus(Duration.ofDays(30)),
            scopes);
    system.connections.save(
        LOCATION,
        present.reinstalled(
            new TokenGrant(LOCATION, present.companyId(), changed, false), system.time.instant()));
  }

  // ---- checked at the edge

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type | message=Hello",
        "message | type=SMS",
        "type | type=Fax;message=Hello",
        "html | type=SMS;html=<p>Hi</p>",
        "subject | type=SMS;message=Hello;subject=Hi",
        "emailTo | type=SMS;message=Hello;emailTo=a@example.com",
        "emailTo | type=Email;message=Hello;subject=Hi;emailTo=nobody",
        "subject | type=Email;message=Hello",
        "toNumber | type=Email;message=Hello;subject=Hi;toNumber=+15550100",
        "conversationProviderId | type=Custom;message=Hello",
        "emailReplyMode | type=Email;message=Hello;subject=Hi;emailReplyMode=never",
      })
  void whatAMessageLacksOrCannotHaveIsRefusedAtOnce(String field, String values) {
    FieldChanges changes = FieldChanges.NONE;
    for (String value : values.split(";", -1)) {
      String[] parts = value.split("=", 2);
      changes = changes.with(FieldName.of(parts[0]), FieldValue.text(parts[1]));
    }

    assertThat(
            refused(
                system.sendingMessages.send(
                    LOCATION, Once.EACH_TIME, ann.id(), changes, MirrorFixture.SOMEBODY)))
        .extracting(FieldProblem::field)
        .containsExactly(field);
  }

  @Test
  void listsHoldAddresses() {
    FieldChanges bad =
        mail("<p>Hi</p>")
            .with(
                OutgoingMessageField.EMAIL_CC.fieldName(),
                new FieldValue.Texts(List.of("a@example.com", "nobody")))
            .with(
                OutgoingMessageField.ATTACHMENTS.fieldName(),
                new FieldValue.Texts(List.of("file:///etc/passwd")));

    assertThat(
            refused(
                system.sendingMessages.send(
                    LOCATION, Once.EACH_TIME, ann.id(), bad, MirrorFixture.SOMEBODY)))
        .extracting(FieldProblem::field)
        .containsExactly("emailCc", "attachments");
  }

  @Test
  void nobodyIsNoContact() {
    assertThat(
            refused(
                system.sendingMessages.send(
                    LOCATION,
                    Once.EACH_TIME,
                    new ContactId("nobody"),
                    sms("Hello"),
                    MirrorFixture.SOMEBODY)))
        .extracting(FieldProblem::field)
        .containsExactly("contactId");
  }
}
