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
import com.lpai.domain.conversation.ConversationFixture;
import com.lpai.domain.conversation.CrmConversations.Channel;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.conversation.PhoneCall;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    try (FakeGhl there =
            FakeGhl.answering(
                200, "{\"id\":\"conv1\",\"unreadCount\":3,\"type\":2,\"starred\":false}");
        FakeGhl gone = FakeGhl.answering(404, "{\"message\":\"Conversation not found\"}")) {
      assertThat(find(there))
          .as("its type in the word of lists")
          .isEqualTo(
              CrmResult.done(
                  new Conversation(
                      CONVERSATION,
                      "",
                      "TYPE_EMAIL",
                      Optional.of(3L),
                      Optional.of(false),
                      Optional.empty(),
                      Optional.empty(),
                      "",
                      Optional.empty())));
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
          {"id":"conv2","lastMessageDate":"2021-08-03T16:27:33.264Z"},
          {"id":"conv3","lastMessageDate":"1628008053265"},
          {"id":"conv4","assignedTo":null,"sort":["1628008053266"]}]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      CrmPage<Conversation> page = page(ghl, "", 20, Instant.EPOCH);

      Instant at = Instant.ofEpochMilli(1_628_008_053_263L);
      assertThat(page.items())
          .containsExactly(
              new Conversation(
                  CONVERSATION,
                  "contact1",
                  "TYPE_PHONE",
                  Optional.of(2L),
                  Optional.of(true),
                  Optional.of("user1"),
                  Optional.of(at),
                  "TYPE_SMS",
                  Optional.of("Hi")),
              ConversationFixture.silent("conv2", Optional.of(at.plusMillis(1)), Optional.empty()),
              ConversationFixture.silent("conv3", Optional.of(at.plusMillis(2)), Optional.empty()),
              ConversationFixture.silent("conv4", Optional.empty(), Optional.of("")));
      assertThat(page.total()).isEqualTo(4);
      assertThat(page.nextCursor())
          .as("just before the last one, which comes once more")
          .isEqualTo("1628008053265 conv4");
    }
  }

  /** Traps 46 and 48: three conversations share each time, and pages end between them. */
  @Test
  void pagesReachEveryConversationThoughTimesAreShared() {
    try (FakeGhl ghl = FakeGhl.answering(request -> someConversations(request, 10_001));
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        CrmPage<Conversation> page = page(adapter, cursor, 1_000, Instant.EPOCH);
        assertThat(page.total()).isEqualTo(10_001);
        page.items().forEach(conversation -> seen.add(conversation.id().value()));
        cursor = page.nextCursor();
      } while (!cursor.isEmpty());

      assertThat(seen)
          .as("each once: those that come again with their time are left out")
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
      assertThat(page.total()).as("GoHighLevel counts those before then, too").isEqualTo(-1);
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
      List<String> seen = new ArrayList<>();
      String cursor = "";
      do {
        CrmPage<Conversation> page = page(adapter, cursor, 20, Instant.EPOCH);
        assertThat(page.total()).as("more than are listed, and the setup says so").isEqualTo(30);
        page.items().forEach(conversation -> seen.add(conversation.id().value()));
        cursor = page.nextCursor();
        cursors.add(cursor);
      } while (!cursor.isEmpty());

      assertThat(seen)
          .containsExactlyElementsOf(
              IntStream.range(0, 30)
                  .filter(i -> i < 20 || i >= 25)
                  .mapToObj(i -> "c" + i)
                  .toList());
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

  @Test
  void anExportTellsTheMailsOfAThreadAndTheOutcomeOfACall() {
    String body =
        """
        {"messages":[
          {"id":"m1","conversationId":"conv1","type":3,"messageType":"TYPE_EMAIL",
           "meta":{"email":{"messageIds":["e1","e2","e1",7,"has blank"],"subject":"Roof"}}},
          {"id":"m2","conversationId":"conv1","messageType":"TYPE_EMAIL","subject":"Wall",
           "meta":{"email":{"messageIds":"none"}}},
          {"id":"m3","conversationId":"conv1","messageType":"TYPE_CALL",
           "meta":{"callDuration":"120","callStatus":"completed"}},
          {"id":"m4","conversationId":"conv1","messageType":"TYPE_CALL",
           "meta":{"callDuration":-1,"callStatus":"busy"}}]}
        """;
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      List<Message> messages = exported(ghl, Channel.EMAIL, "", Instant.EPOCH).items();

      assertThat(messages)
          .extracting(Message::thread)
          .containsExactly(
              new EmailThread(
                  "Roof", List.of(new GhlEmailMessageId("e1"), new GhlEmailMessageId("e2"))),
              new EmailThread("Wall", List.of()),
              EmailThread.NONE,
              EmailThread.NONE);
      assertThat(messages)
          .extracting(Message::call)
          .containsExactly(
              PhoneCall.NONE,
              PhoneCall.NONE,
              new PhoneCall("completed", Optional.of(Duration.ofMinutes(2))),
              new PhoneCall("busy", Optional.empty()));
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

  /** Otherwise thousands would be taken for the first hundred. */
  @ParameterizedTest
  @ValueSource(strings = {"", ",\"sort\":[]", ",\"sort\":[null],\"lastMessageDate\":\"soon\""})
  void aFullPageBehindWhichNothingCanBeReachedIsUnreadable(String told) {
    try (FakeGhl ghl = FakeGhl.answering(200, conversationsLike(20, told))) {
      assertThat(failure(search(ghl, "")))
          .isInstanceOfSatisfying(
              CrmFailure.Unavailable.class,
              failure ->
                  assertThat(failure.message())
                      .contains("/conversations/search", "on a full page the sort value"));
    }
    try (FakeGhl ghl = FakeGhl.answering(200, conversationsLike(19, told))) {
      assertThat(done(search(ghl, "")).isLast()).as("a page that is not full").isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {",\"sort\":[\"1700000000000\"]", ",\"lastMessageDate\":\"1700000000000\""})
  void aSortValueMayBeATextOfDigits(String told) {
    try (FakeGhl ghl = FakeGhl.answering(200, conversationsLike(20, told))) {
      assertThat(done(search(ghl, "")).nextCursor()).startsWith("1699999999999 ");
    }
  }

  @Test
  void aSearchThatDoesNotHeedItsCursorIsUnreadable() {
    try (FakeGhl ghl = FakeGhl.answering(200, conversationsLike(20, ",\"sort\":[1700000000000]"))) {
      assertThat(failure(search(ghl, "1700000000000"))).isInstanceOf(CrmFailure.Unavailable.class);
    }
  }

  private static String conversationsLike(int count, String told) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"c%d\"%s}".formatted(i, told))
        .collect(Collectors.joining(",", "{\"conversations\":[", "],\"total\":5000}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"nextCursor\":null", ",\"nextCursor\":\"\"", ""})
  void anExportEndsWithoutACursor(String end) {
    String body = "{\"messages\":[{\"id\":\"m\",\"conversationId\":\"c\"}]%s}".formatted(end);
    try (FakeGhl ghl = FakeGhl.answering(200, body)) {
      assertThat(exported(ghl, Channel.EMAIL, "before", Instant.EPOCH).isLast()).isTrue();
    }
  }

  @Test
  void anExportGoesOnBehindAPageWithoutMessages() {
    try (FakeGhl ghl = FakeGhl.answering(200, "{\"messages\":[],\"nextCursor\":\"more\"}")) {
      assertThat(exported(ghl, Channel.EMAIL, "before", Instant.EPOCH).nextCursor())
          .isEqualTo("more");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"before\"", "7", "{\"after\":\"m\"}"})
  void anExportWhoseCursorLeadsNowhereIsUnreadable(String cursor) {
    String body = "{\"messages\":[],\"nextCursor\":%s}".formatted(cursor);
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(
              failure(
                  adapter
                      .conversations()
                      .exported(
                          LOCATION,
                          Channel.EMAIL,
                          "before",
                          20,
                          Instant.EPOCH,
                          CallPriority.BACKFILL)))
          .isInstanceOfSatisfying(
              CrmFailure.Unavailable.class,
              failure -> assertThat(failure.message()).contains("nextCursor"));
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"nextPage\":true,\"messages\":[]}",
        "{\"nextPage\":true,\"lastMessageId\":\"m9\",\"messages\":[{\"id\":\"m9\"}]}",
      })
  void aPromisedPageThatCannotBeReachedIsUnreadable(String body) {
    try (FakeGhl ghl = FakeGhl.answering(200, body);
        GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      assertThat(
              failure(
                  adapter
                      .conversations()
                      .messages(LOCATION, CONVERSATION, "m9", 20, CallPriority.BACKFILL)))
          .isInstanceOfSatisfying(
              CrmFailure.Unavailable.class,
              failure -> assertThat(failure.message()).contains("lastMessageId"));
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

  private static CrmResult<CrmPage<Conversation>> search(FakeGhl ghl, String cursor) {
    try (GhlAdapter adapter = SandboxFixture.adapterTo(ghl)) {
      return adapter
          .conversations()
          .page(LOCATION, cursor, 20, Instant.EPOCH, CallPriority.BACKFILL);
    }
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

  private static CrmResult<Conversation> find(FakeGhl ghl) {
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
