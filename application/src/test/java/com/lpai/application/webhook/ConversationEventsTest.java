package com.lpai.application.webhook;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.testing.TestSystem;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConversationEventsTest {
  private static final GhlConversationId TALK = new GhlConversationId("talk1");
  private static final Instant TEN = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void messageIsStoredOnceAndIsItsConversationsLatest() {
    TestSystem system = anHourAfterACopyOfOneMessage();

    receive(system, "w1", message("m2", "Hi there", 3600));
    receive(system, "w2", message("m2", "Hi there", 3600));
    system.settle();

    assertThat(bodies(system)).containsExactly("Hi there", "Hello");
    assertThat(talk(system).lastMessageAt()).contains(TEN.plusSeconds(3600));
    assertThat(talk(system).lastMessageBody()).contains("Hi there");
    assertThat(talk(system).lastMessageType()).isEqualTo("TYPE_SMS");
    assertThat(system.crm.calls("conversation")).isEmpty();
  }

  @Test
  void messageThatWasCopiedBeforeItsEventCameIsOne() {
    TestSystem system = anHourAfterACopyOfOneMessage();

    receive(system, "w1", message("m1", "Hello", 0));
    system.settle();

    assertThat(bodies(system)).containsExactly("Hello");
  }

  @Test
  void messageThatComesLateIsStoredAndDoesNotBecomeTheLatest() {
    TestSystem system = anHourAfterACopyOfOneMessage();

    receive(system, "w2", message("m3", "second", 3601));
    receive(system, "w1", message("m2", "first", 3600));
    system.settle();

    assertThat(bodies(system)).containsExactly("second", "first", "Hello");
    assertThat(talk(system).lastMessageBody()).contains("second");
  }

  /** The two halves of an emoji stay together where a text is cut. */
  @Test
  void conversationShowsTheBeginningOfALongMessage() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    String text = "x".repeat(199) + "\ud83d\ude00" + "y".repeat(100);

    receive(system, "w1", message("m2", text, 3600));
    system.settle();

    assertThat(bodies(system)).contains(text);
    assertThat(talk(system).lastMessageBody()).contains("x".repeat(199));
  }

  @Test
  void conversationThatIsNotHereIsReadOnceForAllItsEvents() {
    TestSystem system = TestSystem.installed();
    system.lists.hasConversation(TALK.value());

    ApplyEventsTest.apply(
        system,
        all -> {
          receive(all, "w1", message("m1", "one", 1));
          receive(all, "w2", message("m2", "two", 2));
          receive(all, "w3", unread(7), 2);
        });

    assertThat(bodies(system)).containsExactly("two", "one");
    assertThat(talk(system).lastMessageBody()).contains("two");
    assertThat(system.crm.calls("conversation")).hasSize(1);
  }

  @Test
  void messageOfAConversationThatTheCrmHasNoLongerIsNotStored() {
    TestSystem system = TestSystem.installed();

    receive(system, "w1", message("m1", "one", 1));
    system.settle();
    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(bodies(system)).isEmpty();
    assertThat(system.conversations.find(LOCATION, TALK)).isEmpty();
    assertThat(outcomes(system)).containsExactly("GoHighLevel no longer has the conversation");
    assertThat(system.crm.calls("conversation")).hasSize(2);
  }

  /** What an event tells of, the CRM's answers may not show at once. */
  @Test
  void messageOfAConversationThatIsNotFoundAtOnceIsNotLost() {
    TestSystem system = TestSystem.installed();
    receive(system, "w1", message("m1", "one", 1));
    receive(system, "w2", message("m2", "two", 2));
    system.settle();
    assertThat(outcomes(system))
        .containsExactly(
            "GoHighLevel does not find it; it is looked up again", "waits for an earlier event");

    system.lists.hasConversation(TALK.value());
    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(bodies(system)).containsExactly("two", "one");
  }

  @Test
  void messageWaitsForItsConversationWhileTheCrmIsAwayAndLaterOnesBehindIt() {
    TestSystem system = TestSystem.installed();
    system.lists.hasConversation(TALK.value());
    system.crm.breaks("conversation", new CrmFailure.Unavailable("503"));

    receive(system, "w1", message("m1", "one", 1));
    receive(system, "w2", message("m2", "two", 2));
    system.settle();
    assertThat(bodies(system)).isEmpty();
    assertThat(outcomes(system)).containsExactly("503", "waits for an earlier event");

    system.crm.worksAgain("conversation");
    system.time.advance(Duration.ofSeconds(5));
    system.settle();
    assertThat(bodies(system)).containsExactly("two", "one");
    assertThat(system.queue.depth()).containsEntry(WebhookStatus.DONE, 2L);
  }

  @Test
  void numberOfUnreadMessagesIsTakenFromTheEventThatTellsIt() {
    TestSystem system = anHourAfterACopyOfOneMessage();

    receive(system, "w1", unread(3), 3600);
    system.settle();

    assertThat(talk(system).unreadCount()).contains(3L);
    assertThat(talk(system).lastMessageBody()).as("not told, so it stays").contains("Hello");
    assertThat(system.crm.calls("conversation")).isEmpty();
  }

  /** Late, equal, or near the copy: the conversation is read, and what it says counts. */
  @Test
  void lateEventAboutAConversationLeadsToARead() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w2", unread(3), 3600);
    system.settle();
    system.lists.readsConversation(TALK.value());

    receive(system, "w1", unread(9), 3599);
    system.settle();

    assertThat(talk(system).unreadCount()).contains(0L);
    assertThat(system.crm.calls("conversation")).hasSize(1);
    assertThat(outcomes(system)).containsExactly("applied", "read from GoHighLevel");
  }

  @Test
  void eventAboutAConversationNearItsCopyLeadsToARead() {
    TestSystem system = copyOfOneMessage();

    receive(system, "w1", unread(9), 60);
    system.settle();

    assertThat(talk(system).unreadCount()).contains(0L);
    assertThat(system.crm.calls("conversation")).hasSize(1);
  }

  @Test
  void echoAboutAConversationChangesNothing() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    Conversation before = talk(system);

    receive(system, "w1", unread(0), 3600);
    system.settle();

    assertThat(talk(system)).as("but for when").isEqualTo(before.heard(TEN.plusSeconds(3600)));
    assertThat(outcomes(system)).containsExactly("echo: nothing new");
  }

  /** Three, five and three again, of which the second comes last. */
  @Test
  void eventThatIsOlderThanAnEchoAboutAConversationIsNotBelieved() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w1", unread(3), 3600);
    system.settle();
    receive(system, "w3", unread(3), 3700);
    system.settle();

    receive(system, "w2", unread(5), 3650);
    system.settle();

    assertThat(talk(system).unreadCount()).as("as it is read").contains(0L);
    assertThat(system.crm.calls("conversation")).hasSize(1);
  }

  /** As it happened: newer events were covered by a read, and then an older one came. */
  @Test
  void eventNearAReadOfItsConversationIsNotBelieved() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w1", unread(3), 3600);
    system.settle();
    receive(system, "w2", unread(2), 3590);
    receive(system, "w4", unread(5), 3660);
    system.settle();
    assertThat(outcomes(system))
        .containsExactly("applied", "read from GoHighLevel", "covered by a read");

    receive(system, "w3", unread(4), 3650);
    system.settle();

    assertThat(talk(system).unreadCount()).as("as it is read").contains(0L);
    assertThat(system.crm.calls("conversation")).hasSize(2);
  }

  /** GoHighLevel's clock is far ahead of ours, so that the time of a read says little. */
  @Test
  void eventOlderThanOneThatAReadCoveredIsNotBelieved() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w1", unread(3), 5000);
    system.settle();
    receive(system, "w2", unread(2), 4990);
    receive(system, "w4", unread(5), 5100);
    system.settle();

    receive(system, "w3", unread(4), 5050);
    system.settle();

    assertThat(talk(system).unreadCount()).as("as it is read").contains(0L);
    assertThat(system.crm.calls("conversation")).hasSize(2);
  }

  @Test
  void lateDeletionOfAConversationThatTheCrmHasIsNotBelieved() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w2", unread(3), 3600);
    system.settle();

    receive(system, "w1", new WebhookEvent.ConversationDeleted(TALK), 3599);
    system.settle();

    assertThat(bodies(system)).containsExactly("Hello");
    assertThat(talk(system).unreadCount()).as("as it is read").contains(0L);
    assertThat(outcomes(system)).containsExactly("applied", "read from GoHighLevel");
  }

  /** The deletion and a read that does not find it: that is twice. */
  @Test
  void lateDeletionOfAConversationThatIsNotFoundIsBelieved() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    receive(system, "w2", unread(3), 3600);
    system.settle();
    system.lists.deletesConversation(TALK.value());

    receive(system, "w1", new WebhookEvent.ConversationDeleted(TALK), 3599);
    system.settle();

    assertThat(system.conversations.find(LOCATION, TALK)).isEmpty();
    assertThat(outcomes(system)).containsExactly("applied", "deleted in GoHighLevel");
  }

  @Test
  void conversationThatTheCrmDoesNotFindIsLookedUpTwiceBeforeItGoesWithItsMessages() {
    TestSystem system = copyOfOneMessage();
    system.lists.deletesConversation(TALK.value());
    receive(system, "w1", unread(9), 60);
    system.settle();
    assertThat(bodies(system)).containsExactly("Hello");

    system.time.advance(Duration.ofSeconds(30));
    system.settle();

    assertThat(system.conversations.find(LOCATION, TALK)).isEmpty();
    assertThat(bodies(system)).isEmpty();
    assertThat(system.crm.calls("conversation")).hasSize(2);
  }

  /** A page takes seconds; what is told meanwhile is newer than what it shows. */
  @Test
  void pageThatWasOnItsWayUndoesNothing() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    system.setup.request(LOCATION, true);
    system.crm.during(
        "conversations",
        () -> {
          receive(system, "w1", message("m2", "Hi there", 3600));
          receive(system, "w2", unread(1), 3600);
          system.drainWebhooks();
        });

    system.settle();

    assertThat(talk(system).lastMessageBody()).contains("Hi there");
    assertThat(talk(system).lastMessageAt()).contains(TEN.plusSeconds(3600));
    assertThat(talk(system).unreadCount()).as("as it is read").contains(0L);
    assertThat(system.crm.calls("conversation")).isNotEmpty();
  }

  @Test
  void deletedConversationTakesItsMessagesWithIt() {
    TestSystem system = anHourAfterACopyOfOneMessage();
    system.lists.deletesConversation(TALK.value());

    receive(system, "w1", message("m2", "two", 3600));
    receive(system, "w2", new WebhookEvent.ConversationDeleted(TALK), 3601);
    receive(system, "w3", message("m3", "three", 3602));
    system.settle();

    assertThat(system.conversations.find(LOCATION, TALK)).isEmpty();
    assertThat(bodies(system)).isEmpty();
  }

  // ---- the language of these tests

  private static TestSystem copyOfOneMessage() {
    TestSystem system = new TestSystem();
    system.lists.hasMessage(TALK.value(), "m1");
    system.install();
    system.settle();
    return system;
  }

  private static TestSystem anHourAfterACopyOfOneMessage() {
    TestSystem system = copyOfOneMessage();
    system.time.advance(Duration.ofHours(1));
    return system;
  }

  private static WebhookEvent message(String id, String body, long secondsAfterTen) {
    return new WebhookEvent.MessageAdded(
        new Message(
            new GhlMessageId(id),
            TALK,
            "ghl1",
            "TYPE_SMS",
            "inbound",
            "delivered",
            body,
            "text/plain",
            List.of(),
            "",
            "",
            TEN.plusSeconds(secondsAfterTen)));
  }

  private static WebhookEvent unread(long count) {
    return new WebhookEvent.ConversationChanged(
        new Conversation(
            TALK,
            "ghl1",
            "",
            Optional.of(count),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty()));
  }

  private static void receive(TestSystem system, String webhookId, WebhookEvent message) {
    receive(system, webhookId, message, 3600);
  }

  private static void receive(
      TestSystem system, String webhookId, WebhookEvent meaning, long secondsAfterTen) {
    system.receive(
        system.webhooks.body(
            webhookId,
            "ConversationEvent",
            TALK.value(),
            meaning,
            String.valueOf(secondsAfterTen)));
  }

  private static Conversation talk(TestSystem system) {
    return system.conversations.find(LOCATION, TALK).orElseThrow();
  }

  /** The texts of its messages, the latest first. */
  private static List<String> bodies(TestSystem system) {
    return system.messages.list(LOCATION, TALK, 50, "").items().stream()
        .map(Message::body)
        .toList();
  }

  private static List<String> outcomes(TestSystem system) {
    return system.queue.recent(LOCATION, 100).stream()
        .sorted(Comparator.comparing(QueuedWebhook::id))
        .map(QueuedWebhook::outcome)
        .toList();
  }
}
