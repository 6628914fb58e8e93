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

/** What every {@link ConversationRepository} promises. Each test has locations of its own. */
public interface ConversationRepositoryContract {
  /** The subject; other tests' locations may be in it. */
  ConversationRepository conversations();

  @Test
  default void aConversationComesBackAsItWas() {
    LocationId location = TenantFixture.anyLocation();
    Conversation full = conversation("1", START);
    Conversation bare =
        new Conversation(new GhlConversationId("2"), "", "", 0, false, "", Instant.EPOCH, "", "");

    assertThat(conversations().saveAll(location, List.of(full, bare))).isEqualTo(2);

    assertThat(conversations().find(location, full.id())).contains(full);
    assertThat(conversations().find(location, bare.id())).contains(bare);
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
        3,
        true,
        "user1",
        lastMessageAt,
        "TYPE_SMS",
        "See you …");
  }
}
