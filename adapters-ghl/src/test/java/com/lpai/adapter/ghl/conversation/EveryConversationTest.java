package com.lpai.adapter.ghl.conversation;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static com.lpai.adapter.ghl.SandboxFixture.done;
import static com.lpai.adapter.ghl.SandboxFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.CrmConversations;
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
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every conversation and message of a location, in the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryConversationTest {
  private static final int CONVERSATIONS = 600;
  private static final int MESSAGES = 10_100;

  private SandboxFixture fixture;
  private CrmConversations conversations;

  @BeforeAll
  void start() {
    fixture =
        SandboxFixture.startLarge(
            it ->
                it.withContacts(CONVERSATIONS, 7)
                    .with(Kind.CONVERSATIONS, CONVERSATIONS)
                    .with(Kind.MESSAGES, MESSAGES));
    conversations = fixture.adapter.conversations();
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  /** Trap 46, though the server may give fewer than it was asked for. */
  @ParameterizedTest
  @CsvSource({"100, times", "50, documented", "100, all"})
  void pagesReachEveryConversation(int mostOnAPage, String told) {
    fixture.behave(
        "{\"mostConversations\":%d,\"foundConversations\":\"%s\"}".formatted(mostOnAPage, told));
    Map<String, JsonObject> there = new TreeMap<>();
    fixture.records(Kind.CONVERSATIONS).forEach(it -> there.put(it.getString("id"), it));

    List<Conversation> read =
        all(
            cursor ->
                conversations.page(LOCATION, cursor, 500, Instant.EPOCH, CallPriority.BACKFILL));

    assertThat(read).isSortedAccordingTo(Comparator.comparing(Conversation::listedAt));
    assertThat(read).as("each comes once").hasSize(CONVERSATIONS);
    Map<String, Conversation> byId = new TreeMap<>();
    read.forEach(conversation -> byId.put(conversation.id().value(), conversation));
    assertThat(byId.keySet()).isEqualTo(there.keySet());
    assertThat(byId.values())
        .allSatisfy(
            conversation -> {
              JsonObject record = there.get(conversation.id().value());
              assertThat(conversation.ghlContactId()).isEqualTo(record.getString("contactId"));
              assertThat(conversation.unreadCount())
                  .contains(record.getJsonNumber("unreadCount").longValue());
              assertThat(conversation.type()).startsWith("TYPE_");
              assertThat(conversation.lastMessageAt().isPresent())
                  .isEqualTo(!told.equals("documented"));
              assertThat(conversation.starred())
                  .isEqualTo(
                      told.equals("all")
                          ? Optional.of(record.getBoolean("starred"))
                          : Optional.empty());
              assertThat(conversation.assignedTo())
                  .isEqualTo(
                      Optional.ofNullable(record.get("assignedTo"))
                          .filter(user -> told.equals("all"))
                          .map(user -> ((JsonString) user).getString()));
            });
  }

  /** Two passes reach everything: without a channel mails are left out (ghl-facts.md 3.6). */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void twoExportsReachEveryMessageOnceAsItIs(boolean status, boolean body) {
    fixture.behave("{\"messagesTellStatus\":%s,\"threadsTellBody\":%s}".formatted(status, body));
    Map<String, Message> there = new TreeMap<>();
    fixture
        .records(Kind.MESSAGES)
        .forEach(it -> there.put(it.getString("id"), expected(it, status, body)));

    List<Message> read = new ArrayList<>();
    for (Channel channel : Channel.values()) {
      List<Message> ofChannel = all(cursor -> exported(channel, cursor, Instant.EPOCH));
      assertThat(ofChannel).isSortedAccordingTo(Comparator.comparing(Message::addedAt));
      assertThat(ofChannel)
          .isNotEmpty()
          .allSatisfy(
              message ->
                  assertThat(message.type().equals("TYPE_EMAIL"))
                      .isEqualTo(channel == Channel.EMAIL));
      read.addAll(ofChannel);
    }

    Map<String, Message> byId = new TreeMap<>();
    read.forEach(message -> byId.put(message.id().value(), message));
    assertThat(read).hasSize(MESSAGES);
    assertThat(byId).isEqualTo(there);
    assertThat(read).anyMatch(message -> message.thread().mailIds().size() == 3);
    assertThat(read).anyMatch(message -> message.call().duration().isPresent());
  }

  @Test
  void onlyWhatWasAddedSinceThenIsExported() {
    Message middle = all(cursor -> exported(Channel.EMAIL, cursor, Instant.EPOCH)).get(100);

    List<Message> later = all(cursor -> exported(Channel.EMAIL, cursor, middle.addedAt()));

    assertThat(later).contains(middle);
    assertThat(later)
        .allSatisfy(message -> assertThat(message.addedAt()).isAfterOrEqualTo(middle.addedAt()));
  }

  @ParameterizedTest
  @CsvSource({"true, 100", "false, 50"})
  void aConversationsMessagesAreReadToTheEnd(boolean nested, int mostOnAPage) {
    fixture.behave("{\"messagesAreNested\":%s,\"mostMessages\":%d}".formatted(nested, mostOnAPage));
    Map<String, Long> counts = new TreeMap<>();
    fixture
        .records(Kind.MESSAGES)
        .forEach(it -> counts.merge(it.getString("conversationId"), 1L, Long::sum));
    String longest =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();

    List<Message> read =
        all(
            cursor ->
                conversations.messages(
                    LOCATION, new GhlConversationId(longest), cursor, 7, CallPriority.FOLLOW_UP));

    assertThat(read)
        .hasSize(counts.get(longest).intValue())
        .hasSizeGreaterThan(7)
        .isSortedAccordingTo(Comparator.comparing(Message::addedAt).reversed());
    assertThat(read).extracting(Message::id).doesNotHaveDuplicates();
  }

  @Test
  void aMissingConversationIsNotFound() {
    assertThat(
            failure(
                conversations.messages(
                    LOCATION, new GhlConversationId("nowhere"), "", 20, CallPriority.FOLLOW_UP)))
        .isInstanceOf(CrmFailure.NotFound.class);
  }

  private CrmResult<CrmPage<Message>> exported(Channel channel, String cursor, Instant since) {
    return conversations.exported(LOCATION, channel, cursor, 500, since, CallPriority.BACKFILL);
  }

  private static <T> List<T> all(Function<String, CrmResult<CrmPage<T>>> pages) {
    List<T> read = new ArrayList<>();
    String cursor = "";
    do {
      CrmPage<T> page = done(pages.apply(cursor));
      read.addAll(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return read;
  }

  private static Message expected(JsonObject there, boolean status, boolean body) {
    JsonObject meta = object(there, "meta");
    JsonObject email = object(meta, "email");
    boolean isThread = there.getString("messageType").equals("TYPE_EMAIL");
    return new Message(
        new GhlMessageId(there.getString("id")),
        new GhlConversationId(there.getString("conversationId")),
        there.getString("contactId", ""),
        there.getString("messageType", ""),
        there.getString("direction", ""),
        status ? there.getString("status", "") : "",
        isThread && !body ? "" : there.getString("body", ""),
        there.getString("contentType", ""),
        texts(there, "attachments"),
        there.getString("userId", ""),
        there.getString("source", ""),
        Instant.parse(there.getString("dateAdded")),
        new EmailThread(
            "", texts(email, "messageIds").stream().map(GhlEmailMessageId::new).toList()),
        new PhoneCall(
            meta.getString("callStatus", ""),
            Optional.of(meta.getString("callDuration", ""))
                .filter(seconds -> !seconds.isEmpty())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))));
  }

  private static JsonObject object(JsonObject holder, String key) {
    return holder.getOrDefault(key, JsonValue.EMPTY_JSON_OBJECT).asJsonObject();
  }

  private static List<String> texts(JsonObject holder, String key) {
    return holder
        .getOrDefault(key, JsonValue.EMPTY_JSON_ARRAY)
        .asJsonArray()
        .getValuesAs(JsonString.class)
        .stream()
        .map(JsonString::getString)
        .toList();
  }
}
