package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.FakeGhl.Received;
import com.lpai.adapter.ghl.GhlAdapter;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.CrmConversations.Channel;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GhlConversationsTest {
  private static final GhlConversationId CONVERSATION = new GhlConversationId("conv1");
  private static final long FIRST_TIME = 1_700_000_000_000L;
  private static final String A_MESSAGE =
      """
      {"id":"m1","type":2,"messageType":"TYPE_SMS","locationId":"locationOfTests",
       "contactId":"contact1","conversationId":"conv1","dateAdded":"2024-03-27T18:13:49.000Z",
       "body":"Hi there","direction":"inbound","status":"delivered","contentType":"text/plain",
       "attachments":["https://x.test/a.png",{"url":"b"}],"userId":"user1","source":"workflow"}
      """;
  private static final Message READ =
      new Message(
          new GhlMessageId("m1"),
          CONVERSATION,
          "contact1",
          "TYPE_SMS",
          "inbound",
          "delivered",
          "Hi there",
          "text/plain",
          List.of("https://x.test/a.png"),
          "user1",
          "workflow",
          Instant.parse("2024-03-27T18:13:49Z"));

  @Test
  void aConversationIsThereOrGone() {
    try (FakeGhl there = FakeGhl.answering(200, "{\"id\":\"conv1\",\"unreadCount\":0}");
        FakeGhl gone = FakeGhl.answering(404, "{\"message\":\"Conversation not found\"}")) {
      assertThat(find(there)).isEqualTo(CrmResult.done(CONVERSATION));
      assertThat(there.lastRequest().target()).isEqualTo("/conversations/conv1");
      assertThat(failure(find(gone))).isInstanceOf(CrmFailure.NotFound.class);
    }
  }

  @Test
  void aConversationIsReadWithWhatItTells() {
    String body =
        """
        {"total":4,"conversations":[
          {"id":"conv1","contactId":"contact1","locationId":"locationOfTests","type":"TYPE_PHONE",
           "unreadCount":2,"starred":true,"assignedTo":"user1","lastMessageDate":1628008053263,
           "lastMessageType":"TYPE_SMS","lastMessageBody":"Hi","fullName":"Jo","sort":[1]},
          {"id":"of another","locationId":"elsewhere"}, {"contactId":"no id"},
          {"id":"conv2","lastMessageDate":"2021-08-03T16:27:33.264Z"}]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      CrmPage<Conversation> page = page(ghl, "", 20, Instant.EPOCH);

      Instant at = Instant.ofEpochMilli(1_628_008_053_263L);
      assertThat(page.items())
          .containsExactly(
              new Conversation(
                  CONVERSATION, "contact1", "TYPE_PHONE", 2, true, "user1", at, "TYPE_SMS", "Hi"),
              new Conversation(
                  new GhlConversationId("conv2"), "", "", 0, false, "", at.plusMillis(1), "", ""));
      assertThat(page.total()).isEqualTo(4);
      assertThat(page.nextCursor()).isEqualTo("1628008053263");
    }
  }

  /** Traps 46 and 48: three conversations share each time, and pages end between them. */
  @Test
  void pagesReachEveryConversationThoughTimesAreShared() {
    try (FakeGhl ghl = FakeGhl.answering(request -> someConversations(request, 10_001));
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      Set<String> seen = new LinkedHashSet<>();
      String cursor = "";
      do {
        CrmPage<Conversation> page = page(adapter, cursor, 1_000, Instant.EPOCH);
        page.items().forEach(conversation -> seen.add(conversation.id().value()));
        cursor = page.nextCursor();
      } while (!cursor.isEmpty());

      assertThat(seen)
          .containsExactlyElementsOf(IntStream.range(0, 10_001).mapToObj(i -> "c" + i).toList());
      assertThat(ghl.lastRequest().parameter("limit")).isEqualTo("100");
      assertThat(ghl.lastRequest().parameter("sort")).isEqualTo("asc");
      assertThat(ghl.received()).hasSizeLessThan(105);
    }
  }

  private static String someConversations(Received request, int count) {
    return conversations(request, count, i -> FIRST_TIME + i / 3);
  }

  private static String conversations(Received request, int count, IntToLongFunction time) {
    String after = request.parameter("startAfterDate");
    long later = after.isEmpty() ? -1 : Long.parseLong(after);
    return IntStream.range(0, count)
        .filter(i -> time.applyAsLong(i) > later)
        .limit(Long.parseLong(request.parameter("limit")))
        .mapToObj(i -> "{\"id\":\"c%d\",\"sort\":[%d]}".formatted(i, time.applyAsLong(i)))
        .collect(Collectors.joining(",", "{\"conversations\":[", "],\"total\":" + count + "}"));
  }

  @Test
  void onlyThoseWithAMessageSinceThenAreAskedFor() {
    try (FakeGhl ghl = FakeGhl.answering(request -> someConversations(request, 9))) {
      CrmPage<Conversation> page = page(ghl, "", 100, Instant.ofEpochMilli(FIRST_TIME + 2));

      assertThat(page.items())
          .extracting(conversation -> conversation.id().value())
          .containsExactly("c6", "c7", "c8");
      assertThat(page.isLast()).as("its cursor is the one it was asked with").isTrue();
    }
  }

  /** Of those that share one time a page holds so many; what is later is reached all the same. */
  @Test
  void moreOfOneTimeThanAPageHoldsDoNotEndIt() {
    Function<Received, String> server =
        request -> conversations(request, 30, i -> i < 25 ? FIRST_TIME : FIRST_TIME + i);
    try (FakeGhl ghl = FakeGhl.answering(server);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<String> cursors = new ArrayList<>();
      Set<String> seen = new LinkedHashSet<>();
      String cursor = "";
      do {
        CrmPage<Conversation> page = page(adapter, cursor, 20, Instant.EPOCH);
        page.items().forEach(conversation -> seen.add(conversation.id().value()));
        cursor = page.nextCursor();
        cursors.add(cursor);
      } while (!cursor.isEmpty());

      assertThat(seen).contains("c0", "c19", "c25", "c29");
      assertThat(cursors).doesNotHaveDuplicates();
    }
  }

  /** Such have no time; their next message gives them one. */
  @Test
  void conversationsWithoutAMessageDoNotEndIt() {
    try (FakeGhl ghl =
            FakeGhl.answering(request -> conversations(request, 30, i -> i < 25 ? 0 : i));
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      CrmPage<Conversation> first = page(adapter, "", 20, Instant.EPOCH);
      CrmPage<Conversation> second = page(adapter, first.nextCursor(), 20, Instant.EPOCH);

      assertThat(first.items()).hasSize(20);
      assertThat(second.items())
          .extracting(conversation -> conversation.id().value())
          .containsExactly("c25", "c26", "c27", "c28", "c29");
    }
  }

  @Test
  void anExportReadsWhatAMessageTells() {
    String body =
        """
        {"messages":[%s,{"id":"m2","conversationId":"conv1","type":3},{"id":"no conversation"}],
         "nextCursor":"eyJ+/==","total":1234}
        """
            .formatted(A_MESSAGE);
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      CrmPage<Message> page = exported(ghl, Channel.ALL_BUT_EMAIL, "", Instant.EPOCH);

      assertThat(page.items().getFirst()).isEqualTo(READ);
      assertThat(page.items())
          .extracting(message -> message.id().value(), Message::type)
          .containsExactly(tuple("m1", "TYPE_SMS"), tuple("m2", "3"));
      assertThat(page.nextCursor()).isEqualTo("eyJ+/==");
      assertThat(page.total()).isEqualTo(1234);
    }
  }

  /** E-mails are a list of their own: without a channel GoHighLevel leaves them out. */
  @Test
  void anExportAsksForOneChannelOldestFirst() {
    Instant since = Instant.parse("2026-01-02T03:04:05.678Z");
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"messages\":[],\"nextCursor\":null}")) {
      exported(ghl, Channel.EMAIL, "eyJ+/==", since);
      assertThat(ghl.lastRequest().target())
          .isEqualTo(
              "/conversations/messages/export?locationId=locationOfTests&sortBy=createdAt"
                  + "&sortOrder=asc&limit=10&channel=Email&startDate=2026-01-02T03%3A04%3A05.678Z"
                  + "&cursor=eyJ%2B%2F%3D%3D");

      exported(ghl, Channel.ALL_BUT_EMAIL, "", Instant.EPOCH);
      assertThat(ghl.lastRequest().target())
          .isEqualTo(
              "/conversations/messages/export?locationId=locationOfTests&sortBy=createdAt"
                  + "&sortOrder=asc&limit=10");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[],\"nextCursor\":\"more\"}",
        "{\"messages\":[{\"id\":\"m\",\"conversationId\":\"c\"}],\"nextCursor\":null}",
        "{\"messages\":[{\"id\":\"m\",\"conversationId\":\"c\"}]}",
      })
  void anExportEndsWithoutACursorOrWithoutMessages(String body) {
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      assertThat(exported(ghl, Channel.EMAIL, "before", Instant.EPOCH).isLast()).isTrue();
    }
  }

  /** Documented as flat, really nested (ghl-facts.md #54). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":{\"lastMessageId\":\"m0\",\"nextPage\":true,\"messages\":[%s]}}",
        "{\"lastMessageId\":\"m0\",\"nextPage\":true,\"messages\":[%s]}",
      })
  void aConversationsMessagesAreReadInBothEnvelopes(String envelope) {
    try (FakeGhl ghl = FakeGhl.answering(200, envelope.formatted(A_MESSAGE))) {
      CrmPage<Message> page = messages(ghl, "m7");

      assertThat(page.items()).containsExactly(READ);
      assertThat(page.nextCursor()).isEqualTo("m0");
      assertThat(ghl.lastRequest().target())
          .isEqualTo("/conversations/conv1/messages?limit=20&lastMessageId=m7");
    }
  }

  @Test
  void aConversationsMessagesEndWhereNoFurtherPageIsPromised() {
    try (FakeGhl ghl =
        FakeGhl.answering(
            200,
            "{\"messages\":{\"lastMessageId\":\"m\",\"nextPage\":false,"
                + "\"messages\":[{\"id\":\"m\"}]}}")) {
      CrmPage<Message> page = messages(ghl, "");

      assertThat(page.isLast()).isTrue();
      assertThat(page.items().getFirst().conversationId()).isEqualTo(CONVERSATION);
    }
  }

  @Test
  void aPromisedPageWithoutItsCursorFollowsTheLastMessage() {
    try (FakeGhl ghl =
        FakeGhl.answering(200, "{\"nextPage\":true,\"messages\":[{\"id\":\"m5\"}]}")) {
      assertThat(messages(ghl, "m9").nextCursor()).isEqualTo("m5");
    }
  }

  @Test
  void anAnswerWithoutItsListIsNoAnswer() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"conversations\":{},\"messages\":{}}");
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<CrmResult<?>> results =
          List.of(
              adapter.conversations().page(LOCATION, "", 20, Instant.EPOCH, CallPriority.BACKFILL),
              adapter
                  .conversations()
                  .exported(LOCATION, Channel.EMAIL, "", 20, Instant.EPOCH, CallPriority.BACKFILL),
              adapter
                  .conversations()
                  .messages(LOCATION, CONVERSATION, "", 20, CallPriority.BACKFILL));

      assertThat(results)
          .allSatisfy(
              result -> assertThat(failure(result)).isInstanceOf(CrmFailure.Unavailable.class));
    }
  }

  private static CrmPage<Conversation> page(
      FakeGhl ghl, String cursor, int size, Instant changedSince) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return page(adapter, cursor, size, changedSince);
    }
  }

  private static CrmPage<Conversation> page(
      GhlAdapter adapter, String cursor, int size, Instant changedSince) {
    return done(
        adapter.conversations().page(LOCATION, cursor, size, changedSince, CallPriority.BACKFILL));
  }

  private static CrmPage<Message> exported(
      FakeGhl ghl, Channel channel, String cursor, Instant since) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return done(
          adapter
              .conversations()
              .exported(LOCATION, channel, cursor, 1, since, CallPriority.BACKFILL));
    }
  }

  private static CrmResult<GhlConversationId> find(FakeGhl ghl) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return adapter.conversations().find(LOCATION, CONVERSATION, CallPriority.BACKFILL);
    }
  }

  private static CrmPage<Message> messages(FakeGhl ghl, String cursor) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return done(
          adapter
              .conversations()
              .messages(LOCATION, CONVERSATION, cursor, 20, CallPriority.BACKFILL));
    }
  }
}
