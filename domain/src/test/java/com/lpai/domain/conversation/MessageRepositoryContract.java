package com.lpai.domain.conversation;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link MessageRepository} promises. Each test has locations of its own. */
public interface MessageRepositoryContract {
  GhlConversationId TALK = new GhlConversationId("talk");

  /** The subject; other tests' locations may be in it. */
  MessageRepository messages();

  @Test
  default void aMessageComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    Message full = message("1", START, "delivered");
    Message bare =
        new Message(
            new GhlMessageId("2"), TALK, "", "TYPE_SMS", "", "", "", "", List.of(), "", "", START);
    Message thread = thread("3", "delivered", "Your request", "mail1", "mail2");
    Message call = call("4", "completed", Optional.of(Duration.ofSeconds(75)));
    Message missed = call("5", "", Optional.of(Duration.ZERO));
    List<Message> all = List.of(full, bare, thread, call, missed);

    assertThat(messages().saveAll(location, all)).isEqualTo(5);

    assertThat(messages().list(location, TALK, 10, "").items())
        .containsExactly(missed, call, thread, bare, full);
    assertThat(messages().saveAll(location, all)).isZero();
  }

  @Test
  default void whatWasToldOfAStoredMessageStaysButItsStatus() {
    LocationId location = TenantFixture.anyLocation();
    Message stored = message("1", START, "sent");
    messages().saveAll(location, List.of(stored));
    Message told =
        new Message(
            stored.id(),
            TALK,
            "another",
            "TYPE_EMAIL",
            "outbound",
            "delivered",
            "another text",
            "",
            List.of(),
            "",
            "",
            START.plusSeconds(9));

    assertThat(messages().saveAll(location, List.of(told))).isEqualTo(1);

    assertThat(messages().list(location, TALK, 10, "").items())
        .containsExactly(message("1", START, "delivered"));
    assertThat(messages().saveAll(location, List.of(told))).isZero();
    assertThat(messages().saveAll(location, List.of())).isZero();
  }

  /** GoHighLevel need not tell a status. */
  @Test
  default void aStatusThatIsNotToldAnewStays() {
    LocationId location = TenantFixture.anyLocation();
    Message stored = message("1", START, "delivered");
    messages().saveAll(location, List.of(stored));

    assertThat(messages().saveAll(location, List.of(message("1", START, "")))).isZero();

    assertThat(messages().list(location, TALK, 10, "").items()).containsExactly(stored);
  }

  @Test
  default void aThreadOfMailsGrowsAndLosesNone() {
    LocationId location = TenantFixture.anyLocation();
    messages().saveAll(location, List.of(thread("3", "sent", "", "mail1", "mail2")));

    int written =
        messages()
            .saveAll(location, List.of(thread("3", "opened", "Your request", "mail2", "mail3")));

    assertThat(written).isEqualTo(1);
    assertThat(messages().list(location, TALK, 10, "").items())
        .containsExactly(thread("3", "opened", "Your request", "mail1", "mail2", "mail3"));
    assertThat(messages().saveAll(location, List.of(thread("3", "opened", "Another", "mail1"))))
        .isZero();
  }

  @Test
  default void aCallThatIsOverIsToldSo() {
    LocationId location = TenantFixture.anyLocation();
    messages().saveAll(location, List.of(call("4", "pending", Optional.empty())));

    Message over = call("4", "completed", Optional.of(Duration.ofSeconds(75)));
    assertThat(messages().saveAll(location, List.of(over))).isEqualTo(1);
    assertThat(messages().saveAll(location, List.of(call("4", "", Optional.empty())))).isZero();

    assertThat(messages().list(location, TALK, 10, "").items()).containsExactly(over);
  }

  @Test
  default void theLatestOfAConversationComesFirstAndEachOnOnePage() {
    LocationId location = TenantFixture.anyLocation();
    Message oldest = message("9", START.minusSeconds(1), "read");
    Message one = message("1", START, "read");
    Message other = message("2", START, "read");
    Message latest = message("0", START.plusSeconds(1), "read");
    messages().saveAll(location, List.of(one, latest, oldest, other));

    List<Message> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<Message> page = messages().list(location, TALK, 1, cursor);
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(shown).containsExactly(latest, other, one, oldest);
    assertThat(messages().list(location, new GhlConversationId("other"), 10, "").items()).isEmpty();
  }

  @Test
  default void hundredsAreStoredAtOnceAndOfTwoWithOneIdTheLastCounts() {
    LocationId location = TenantFixture.anyLocation();
    List<Message> many = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      many.add(message("m" + i, START.plusSeconds(i), "sent"));
    }
    many.add(message("m7", START.plusSeconds(7), "read"));

    assertThat(messages().saveAll(location, many)).isEqualTo(300);

    List<Message> latest = messages().list(location, TALK, Page.LARGEST, "").items();
    assertThat(latest).hasSize(Page.LARGEST);
    assertThat(messages().saveAll(location, many)).isZero();
  }

  @Test
  default void allOfAConversationAreRemovedAtOnce() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    GhlConversationId another = new GhlConversationId("another");
    Message message = message("1", START, "sent");
    messages().saveAll(mine, List.of(message, message("2", START, "sent")));
    messages().saveAll(mine, List.of(message("3", another, START, "sent")));
    messages().saveAll(other, List.of(message));

    messages().removeAll(mine, TALK);

    assertThat(messages().list(mine, TALK, 10, "").items()).isEmpty();
    assertThat(messages().list(mine, another, 10, "").items()).hasSize(1);
    assertThat(messages().list(other, TALK, 10, "").items()).containsExactly(message);
  }

  @Test
  default void messagesOfAllConversationsCountOnceEach() {
    LocationId location = TenantFixture.anyLocation();
    assertThat(messages().count(location)).isZero();
    Message elsewhere = message("3", new GhlConversationId("other"), START, "sent");
    messages()
        .saveAll(
            location, List.of(message("1", START, "sent"), message("2", START, "sent"), elsewhere));
    messages().saveAll(location, List.of(message("2", START, "read")));
    messages().saveAll(TenantFixture.anyLocation(), List.of(message("4", START, "sent")));

    assertThat(messages().count(location)).isEqualTo(3);
  }

  @Test
  default void noLocationSeesOrChangesAnothers() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Message message = message("1", START, "sent");
    messages().saveAll(mine, List.of(message));

    messages().saveAll(other, List.of(message("1", START, "failed")));

    assertThat(messages().list(mine, TALK, 10, "").items()).containsExactly(message);
    assertThat(messages().list(TenantFixture.anyLocation(), TALK, 10, "").items()).isEmpty();
  }

  @Test
  default void severalAreFoundByTheirIdsInTheirLocationOnly() {
    LocationId location = TenantFixture.anyLocation();
    Message one = message("1", START, "sent");
    Message two = message("2", START, "failed");
    messages().saveAll(location, List.of(one, two, message("3", START, "sent")));
    messages().saveAll(TenantFixture.anyLocation(), List.of(message("4", START, "sent")));

    assertThat(messages().findAll(location, List.of(one.id(), two.id(), new GhlMessageId("4"))))
        .containsExactlyInAnyOrderEntriesOf(Map.of(one.id(), one, two.id(), two));
    assertThat(messages().findAll(location, List.of())).isEmpty();
  }

  private static Message thread(String id, String status, String subject, String... mails) {
    return with(
        message(id, START, status),
        new EmailThread(subject, Arrays.stream(mails).map(GhlEmailMessageId::new).toList()),
        PhoneCall.NONE);
  }

  private static Message call(String id, String status, Optional<Duration> duration) {
    return with(message(id, START, ""), EmailThread.NONE, new PhoneCall(status, duration));
  }

  private static Message with(Message message, EmailThread thread, PhoneCall call) {
    return new Message(
        message.id(),
        message.conversationId(),
        message.ghlContactId(),
        message.type(),
        message.direction(),
        message.status(),
        message.body(),
        message.contentType(),
        message.attachments(),
        message.userId(),
        message.source(),
        message.addedAt(),
        thread,
        call);
  }

  private static Message message(String id, Instant addedAt, String status) {
    return message(id, TALK, addedAt, status);
  }

  private static Message message(
      String id, GhlConversationId conversation, Instant addedAt, String status) {
    return new Message(
        new GhlMessageId(id),
        conversation,
        "contact",
        "TYPE_SMS",
        "inbound",
        status,
        "Hello {\"$oid\": 1}",
        "text/plain",
        List.of("https://files.example/a.jpg"),
        "user",
        "workflow",
        addedAt);
  }
}
