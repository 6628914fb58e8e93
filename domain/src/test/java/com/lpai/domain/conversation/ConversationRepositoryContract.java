package com.lpai.domain.conversation;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.testing.ManyThreads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationRepository} promises. Each test has locations of its own. */
public interface ConversationRepositoryContract {
  /** The subject; other tests' locations may be in it. */
  ConversationRepository conversations();

  @Test
  default void aConversationComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    Conversation full = conversation("1", START);
    Conversation bare = ConversationFixture.silent("2");
    Conversation plain =
        new Conversation(
            new GhlConversationId("3"),
            "contact",
            "TYPE_SMS",
            Optional.of(0L),
            Optional.of(false),
            Optional.of(""),
            Optional.of(START),
            "TYPE_SMS",
            Optional.of(""));

    assertThat(conversations().saveAll(location, List.of(full, bare, plain))).isEqualTo(3);

    assertThat(conversations().find(location, full.id())).contains(full);
    assertThat(conversations().find(location, bare.id())).contains(bare);
    assertThat(conversations().find(location, plain.id()))
        .as("told that there is nothing, which is not the same as not told")
        .contains(plain);
    assertThat(conversations().saveAll(location, List.of(full, bare, plain))).isZero();
  }

  @Test
  default void severalAreFoundAtOnceAndNoneOfAnotherLocation() {
    LocationId location = TenantFixture.anyLocation();
    Conversation one = conversation("1", START);
    Conversation other = conversation("2", START);
    conversations().saveAll(location, List.of(one, other, conversation("3", START)));
    conversations().saveAll(TenantFixture.anyLocation(), List.of(conversation("4", START)));

    assertThat(
            conversations()
                .findAll(
                    location, List.of(one.id(), other.id(), new GhlConversationId("4"), one.id())))
        .isEqualTo(Map.of(one.id(), one, other.id(), other));
    assertThat(conversations().findAll(location, List.of())).isEmpty();
  }

  @Test
  default void whenAnEventToldOfItIsKeptAndNeverGoesBack() {
    LocationId location = TenantFixture.anyLocation();
    Conversation heard = conversation("1", START).heard(START.plusSeconds(5));
    conversations().saveAll(location, List.of(heard));

    conversations().saveAll(location, List.of(conversation("1", START).heard(START)));
    conversations().saveAll(location, List.of(conversation("1", START)));

    assertThat(conversations().find(location, heard.id())).contains(heard);
  }

  @Test
  default void whenItWasReadToldAndMissedIsKept() {
    LocationId location = TenantFixture.anyLocation();
    Conversation read = conversation("1", START).readAt(START.plusSeconds(5));
    conversations().saveAll(location, List.of(read));
    assertThat(conversations().find(location, read.id())).contains(read);

    Conversation missed = Conversation.unknown(read.id()).missed(START.plusSeconds(6));
    conversations().saveAll(location, List.of(missed));
    assertThat(conversations().find(location, read.id()))
        .contains(read.missed(START.plusSeconds(6)));

    Conversation found = conversation("1", START).readAt(START.plusSeconds(7));
    conversations().saveAll(location, List.of(found));
    assertThat(conversations().find(location, read.id())).contains(found);
  }

  @Test
  default void whatIsOfAnEarlierTimeUndoesNothingAndFillsInWhatWasNeverTold() {
    LocationId location = TenantFixture.anyLocation();
    Conversation now =
        ConversationFixture.silent("1", Optional.of(START), Optional.of("")).toldAt(START);
    conversations().saveAll(location, List.of(now));

    conversations()
        .saveAll(
            location,
            List.of(conversation("1", START.minusSeconds(1)).toldAt(START.minusSeconds(1))));

    Conversation after = conversations().find(location, now.id()).orElseThrow();
    assertThat(after.assignedTo()).as("nobody, as was told later").contains("");
    assertThat(after.lastMessageAt()).contains(START);
    assertThat(after.unreadCount()).as("never told before").contains(3L);
    assertThat(after.toldAt()).isEqualTo(START);

    Conversation withALaterMessage = conversation("1", START.plusSeconds(1)).toldAt(START);
    conversations().saveAll(location, List.of(withALaterMessage.toldAt(START.minusSeconds(1))));
    after = conversations().find(location, now.id()).orElseThrow();
    assertThat(after.lastMessageAt()).contains(START.plusSeconds(1));
    assertThat(after.assignedTo()).contains("");
  }

  @Test
  default void whatSeveralTellOfOneAtOnceIsAllKept() {
    LocationId location = TenantFixture.anyLocation();
    for (int round = 0; round < 20; round++) {
      GhlConversationId id = new GhlConversationId("round" + round);
      conversations()
          .saveAll(
              location, List.of(told(id, Optional.of(0L), Optional.of(false), Optional.of(""))));
      List<Conversation> told =
          List.of(
              told(id, Optional.of(7L), Optional.empty(), Optional.empty()),
              told(id, Optional.empty(), Optional.of(true), Optional.empty()),
              told(id, Optional.empty(), Optional.empty(), Optional.of("user1")),
              Conversation.unknown(id).heard(START));

      ManyThreads.atOnce(told.size(), i -> conversations().saveAll(location, List.of(told.get(i))));

      assertThat(conversations().find(location, id))
          .contains(
              told(id, Optional.of(7L), Optional.of(true), Optional.of("user1")).heard(START));
    }
  }

  private static Conversation told(
      GhlConversationId id,
      Optional<Long> unread,
      Optional<Boolean> starred,
      Optional<String> assignedTo) {
    return new Conversation(
        id, "", "", unread, starred, assignedTo, Optional.empty(), "", Optional.empty());
  }

  @Test
  default void whatIsNotToldAnewStaysAsItIs() {
    LocationId location = TenantFixture.anyLocation();
    Conversation stored = conversation("1", START);
    conversations().saveAll(location, List.of(stored));

    assertThat(conversations().saveAll(location, List.of(ConversationFixture.silent("1"))))
        .isZero();
    assertThat(conversations().find(location, stored.id())).contains(stored);

    Conversation read =
        new Conversation(
            stored.id(),
            "",
            "",
            Optional.of(0L),
            Optional.empty(),
            Optional.of(""),
            Optional.empty(),
            "",
            Optional.empty());
    assertThat(conversations().saveAll(location, List.of(read))).isEqualTo(1);
    assertThat(conversations().find(location, stored.id()))
        .contains(
            new Conversation(
                stored.id(),
                stored.ghlContactId(),
                stored.type(),
                Optional.of(0L),
                stored.starred(),
                Optional.of(""),
                stored.lastMessageAt(),
                stored.lastMessageType(),
                stored.lastMessageBody()));
  }

  @Test
  default void onlyThoseThatDifferAreWritten() {
    LocationId location = TenantFixture.anyLocation();
    Conversation same = conversation("1", START);
    conversations().saveAll(location, List.of(same, conversation("2", START)));
    Conversation later = conversation("2", START.plusSeconds(1));

    assertThat(conversations().saveAll(location, List.of(same, later, later))).isEqualTo(1);

    assertThat(conversations().find(location, later.id())).contains(later);
    assertThat(conversations().saveAll(location, List.of(same, later))).isZero();
    assertThat(conversations().saveAll(location, List.of())).isZero();
  }

  @Test
  default void theLatestComesFirstAndEachOnOnePage() {
    LocationId location = TenantFixture.anyLocation();
    Conversation oldest = conversation("9", START.minusSeconds(1));
    Conversation one = conversation("1", START);
    Conversation other = conversation("2", START);
    Conversation latest = conversation("0", START.plusSeconds(1));
    conversations().saveAll(location, List.of(one, latest, oldest, other));

    List<Conversation> shown = new ArrayList<>();
    String cursor = "";
    do {
      Page<Conversation> page = conversations().list(location, 1, cursor);
      shown.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());

    assertThat(shown).containsExactly(latest, other, one, oldest);
  }

  @Test
  default void thoseOfASpanOfTimeComeTheOldestFirst() {
    LocationId location = TenantFixture.anyLocation();
    Conversation never = ConversationFixture.silent("7");
    Conversation oldest = conversation("8", START.minusSeconds(1));
    Conversation one = conversation("1", START);
    Conversation other = conversation("2", START);
    Conversation latest = conversation("0", START.plusSeconds(1));
    conversations().saveAll(location, List.of(latest, other, one, oldest, never));

    assertThat(conversations().between(location, START, START.plusSeconds(1), 10))
        .containsExactly(one, other);
    assertThat(conversations().between(location, Instant.EPOCH, START.plusSeconds(9), 4))
        .containsExactly(never, oldest, one, other);
    assertThat(
            conversations()
                .between(TenantFixture.anyLocation(), Instant.EPOCH, START.plusSeconds(9), 3))
        .isEmpty();
  }

  @Test
  default void aRemovedOneIsGoneInItsLocationOnly() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Conversation conversation = conversation("1", START);
    Conversation stays = conversation("2", START);
    conversations().saveAll(mine, List.of(conversation, stays));
    conversations().saveAll(other, List.of(conversation));

    conversations().remove(mine, conversation.id());
    conversations().remove(mine, conversation.id());

    assertThat(conversations().list(mine, 10, "").items()).containsExactly(stays);
    assertThat(conversations().find(other, conversation.id())).contains(conversation);
  }

  @Test
  default void eachConversationCountsOnce() {
    LocationId location = TenantFixture.anyLocation();
    assertThat(conversations().count(location)).isZero();
    conversations().saveAll(location, List.of(conversation("1", START), conversation("2", START)));
    conversations().saveAll(location, List.of(conversation("2", START.plusSeconds(1))));
    conversations().saveAll(TenantFixture.anyLocation(), List.of(conversation("3", START)));

    assertThat(conversations().count(location)).isEqualTo(2);
  }

  @Test
  default void noLocationSeesOrChangesAnothers() {
    LocationId mine = TenantFixture.anyLocation();
    LocationId other = TenantFixture.anyLocation();
    Conversation conversation = conversation("1", START);
    conversations().saveAll(mine, List.of(conversation));

    conversations().saveAll(other, List.of(conversation("1", START.plusSeconds(5))));

    assertThat(conversations().find(mine, conversation.id())).contains(conversation);
    assertThat(conversations().list(mine, 10, "").items()).containsExactly(conversation);
    assertThat(conversations().find(TenantFixture.anyLocation(), conversation.id())).isEmpty();
  }

  private static Conversation conversation(String id, Instant lastMessageAt) {
    return new Conversation(
        new GhlConversationId(id),
        "contact" + id,
        "TYPE_PHONE",
        Optional.of(3L),
        Optional.of(true),
        Optional.of("user1"),
        Optional.of(lastMessageAt),
        "TYPE_SMS",
        Optional.of("See you …"));
  }
}
