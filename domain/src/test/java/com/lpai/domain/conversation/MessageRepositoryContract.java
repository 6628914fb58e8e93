package com.lpai.domain.conversation;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    assertThat(messages().saveAll(location, List.of(full, bare))).isEqualTo(2);

    assertThat(messages().list(location, TALK, 10, "").items()).containsExactly(bare, full);
  }

  @Test
  default void nothingButTheStatusOfAStoredMessageChanges() {
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
        .containsExactly(stored.withStatus("delivered"));
    assertThat(messages().saveAll(location, List.of(told))).isZero();
    assertThat(messages().saveAll(location, List.of())).isZero();
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
  default void messagesOfAllConversationsCountOnceEach() {
    LocationId location = TenantFixture.anyLocation();
    assertThat(messages().count(location)).isZero();
    Message elsewhere =
        new Message(
            new GhlMessageId("3"),
            new GhlConversationId("other"),
            "",
            "TYPE_SMS",
            "",
            "",
            "",
            "",
            List.of(),
            "",
            "",
            START);
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

  private static Message message(String id, Instant addedAt, String status) {
    return new Message(
        new GhlMessageId(id),
        TALK,
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
