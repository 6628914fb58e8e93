package com.lpai.dev.sandbox;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.dev.sandbox.world.Settings;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationsTest extends Sandboxed {
  private static final String TALKS = "talks";

  private Client person(String location) {
    return anonymous.withToken(sandbox.userToken(location)).withVersion("2021-04-15");
  }

  private String contact() {
    return aContact(
        "{\"locationId\":\"location1\",\"firstName\":\"Ann\",\"email\":\"ann@example.com\"}");
  }

  private Reply send(String contactId, String more) {
    return person(LOCATION)
        .post(
            "/conversations/messages",
            "{\"type\":\"SMS\",\"contactId\":\"%s\"%s}".formatted(contactId, more));
  }

  private Reply search(String location, String more) {
    return person(location).get("/conversations/search?locationId=" + location + more);
  }

  private static List<JsonObject> talks(Reply reply) {
    return reply.json().getJsonArray("conversations").getValuesAs(JsonObject.class);
  }

  private JsonObject messages(String location, String conversationId, String more) {
    return person(location)
        .get("/conversations/" + conversationId + "/messages?" + more)
        .json()
        .getJsonObject("messages");
  }

  private static List<String> ids(JsonObject holder, String list) {
    return holder.getJsonArray(list).getValuesAs(JsonObject.class).stream()
        .map(it -> it.getString("id"))
        .toList();
  }

  @Nested
  class Lists {
    private void seed() {
      sandbox.createLocation(
          Seeding.of(TALKS)
              .withContacts(60, 4)
              .with(Kind.CONVERSATIONS, 57)
              .with(Kind.MESSAGES, 200));
    }

    private List<String> exported(String kind) {
      return ids(sandbox.control("GET", "/sandbox/locations/talks/records/" + kind, ""), "items");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&sort=asc", "&sortBy=last_message_date&sort=desc", "&status=all"})
    void theSortValueOfTheLastWalksThroughEverything(String more) {
      seed();
      List<String> seen = new ArrayList<>();
      String after = "";
      while (true) {
        Reply page = search(TALKS, "&limit=20" + more + after);
        assertThat(page.json().getInt("total")).isEqualTo(57);
        List<JsonObject> items = talks(page);
        if (items.isEmpty()) {
          break;
        }
        items.forEach(it -> seen.add(it.getString("id")));
        assertThat(items.getLast().getJsonArray("sort").getJsonNumber(0))
            .isEqualTo(items.getLast().getJsonNumber("lastMessageDate"));
        after =
            "&startAfterDate="
                + (after.isEmpty()
                    ? Client.encoded(items.getLast().getJsonArray("sort").toString())
                    : items.getLast().getJsonNumber("lastMessageDate").toString());
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(exported("conversations"));
    }

    @Test
    void aLimitThatIsTooHighCountsAsTheHighest() {
      seed();
      sandbox.control("PUT", "/sandbox/settings", "{\"mostConversations\":50}");

      assertThat(talks(search(TALKS, "&limit=500"))).hasSize(50);
      assertThat(talks(search(TALKS, ""))).hasSize(20);
    }

    @Test
    void messagesAreNestedNewestFirstAndPagedByTheLastId() {
      seed();
      List<String> seen = new ArrayList<>();
      for (String conversationId : exported("conversations")) {
        boolean more = true;
        String after = "";
        while (more) {
          JsonObject page = messages(TALKS, conversationId, "limit=2" + after);
          seen.addAll(ids(page, "messages"));
          more = page.getBoolean("nextPage");
          after = "&lastMessageId=" + page.getString("lastMessageId");
        }
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(exported("messages"));
      List<String> times =
          messages(TALKS, exported("conversations").getFirst(), "")
              .getJsonArray("messages")
              .getValuesAs(JsonObject.class)
              .stream()
              .map(it -> it.getString("dateAdded"))
              .toList();
      assertThat(times.reversed()).isSorted();
    }

    @Test
    void messagesMayBeFlat() {
      seed();
      sandbox.control("PUT", "/sandbox/settings", "{\"messagesAreNested\":false}");

      assertThat(
              person(TALKS)
                  .get("/conversations/" + exported("conversations").getFirst() + "/messages")
                  .json()
                  .getJsonArray("messages"))
          .isNotEmpty();
    }

    @Test
    void theExportIsInTwoPartsBecauseMailsAreApart() {
      seed();
      List<String> seen = new ArrayList<>();
      for (String channel : List.of("", "&channel=Email")) {
        String cursor = "";
        boolean more = true;
        while (more) {
          JsonObject page =
              person(TALKS)
                  .get(
                      "/conversations/messages/export?locationId=talks&limit=30" + channel + cursor)
                  .json();
          seen.addAll(ids(page, "messages"));
          more = !page.isNull("nextCursor");
          cursor = more ? "&cursor=" + page.getString("nextCursor") : "";
        }
      }

      assertThat(seen).containsExactlyInAnyOrderElementsOf(exported("messages"));
    }

    /** ghl-facts.md 3.6: the message lists the mails, each is read under its own id. */
    @Test
    void aMessageOfMailsStandsForAThreadOfSeveral() {
      seed();
      List<JsonObject> threads = exportedMessages("&channel=Email");
      List<Integer> sizes = new ArrayList<>();
      for (JsonObject thread : threads) {
        List<JsonString> ids =
            thread
                .getJsonObject("meta")
                .getJsonObject("email")
                .getJsonArray("messageIds")
                .getValuesAs(JsonString.class);
        sizes.add(ids.size());
        for (JsonString id : ids) {
          JsonObject mail =
              person(TALKS).get("/conversations/messages/email/" + id.getString()).json();
          assertThat(mail.getString("id")).isEqualTo(id.getString());
          assertThat(mail.getString("threadId")).isEqualTo(ids.getFirst().getString());
          assertThat(mail.getString("conversationId"))
              .isEqualTo(thread.getString("conversationId"));
        }
      }

      assertThat(sizes).contains(1, 2, 3);
    }

    @Test
    void whatNoSchemaRequiresMayBeLeftOutOfMessages() {
      seed();
      assertThat(exportedMessages("&channel=Email")).allMatch(it -> it.containsKey("body"));

      sandbox.control(
          "PUT", "/sandbox/settings", "{\"messagesTellStatus\":false,\"threadsTellBody\":false}");

      assertThat(exportedMessages(""))
          .isNotEmpty()
          .allMatch(it -> it.containsKey("body") && !it.containsKey("status"));
      assertThat(exportedMessages("&channel=Email"))
          .isNotEmpty()
          .noneMatch(it -> it.containsKey("body") || it.containsKey("status"));
    }

    private List<JsonObject> exportedMessages(String more) {
      return person(TALKS)
          .get("/conversations/messages/export?locationId=talks&limit=500" + more)
          .json()
          .getJsonArray("messages")
          .getValuesAs(JsonObject.class);
    }

    @ParameterizedTest
    @CsvSource({"times, true, false", "documented, false, false", "all, true, true"})
    void aFoundConversationTellsMoreOrLess(String told, boolean times, boolean starred) {
      seed();
      sandbox.control("PUT", "/sandbox/settings", "{\"foundConversations\":\"" + told + "\"}");

      assertThat(talks(search(TALKS, "&limit=100")))
          .hasSize(57)
          .allMatch(it -> it.containsKey("sort"))
          .allMatch(it -> it.containsKey("lastMessageDate") == times)
          .allMatch(it -> it.containsKey("starred") == starred);
      assertThat(
              talks(search(TALKS, "&limit=100")).stream()
                  .anyMatch(it -> it.containsKey("assignedTo")))
          .isEqualTo(starred);
    }

    @Test
    void conversationsAreFiltered() {
      seed();

      assertThat(talks(search(TALKS, "&status=unread")))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.getInt("unreadCount")).isPositive());
      assertThat(talks(search(TALKS, "&status=starred"))).isNotEmpty();
      assertThat(talks(search(TALKS, "&lastMessageType=TYPE_EMAIL")))
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it.getString("type")).isEqualTo("TYPE_EMAIL"));
      assertThat(talks(search(TALKS, "&assignedTo=unassigned")))
          .isNotEmpty()
          .allSatisfy(
              it ->
                  assertThat(person(TALKS).get("/conversations/" + it.getString("id")).json())
                      .doesNotContainKey("assignedTo"));
      JsonObject one = talks(search(TALKS, "&limit=1")).getFirst();
      assertThat(talks(search(TALKS, "&contactId=" + one.getString("contactId")))).hasSize(1);
      assertThat(talks(search(TALKS, "&id=" + one.getString("id")))).hasSize(1);
      assertThat(talks(search(TALKS, "&query=" + Client.encoded(one.getString("fullName")))))
          .isNotEmpty();
      assertThat(talks(search(TALKS, "&followers=u"))).isEmpty();
      assertThat(talks(search(TALKS, "&startDate=1900000000000"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "&sort=up",
          "&status=new",
          "&limit=x",
          "&startAfterDate=x",
          "&foo=1",
          "&startDate=x"
        })
    void aWrongParameterIsRefused(String more) {
      assertThat(search(LOCATION, more).status()).isEqualTo(422);
    }
  }

  @Nested
  class Writes {
    @Test
    void aConversationIsMadeOnce() {
      String contactId = contact();
      String body = "{\"locationId\":\"location1\",\"contactId\":\"" + contactId + "\"}";

      Reply made = person(LOCATION).post("/conversations/", body);
      Reply again = person(LOCATION).post("/conversations/", body);

      assertThat(made.status()).isEqualTo(201);
      assertThat(again.status()).isEqualTo(400);
      assertThat(again.messages())
          .containsExactly("Conversation with the contact id:" + contactId + " already exists!");
    }

    @Test
    void oneIsFlatWithANumberForItsType() {
      String id = send(contact(), ",\"message\":\"Hi\"").json().getString("conversationId");

      JsonObject one = person(LOCATION).get("/conversations/" + id).json();

      assertThat(one.getInt("type")).isEqualTo(1);
      assertThat(one.getBoolean("inbox")).isTrue();
      Reply changed =
          person(LOCATION)
              .put(
                  "/conversations/" + id,
                  "{\"locationId\":\"location1\",\"unreadCount\":4,\"starred\":true}");
      assertThat(changed.json().getJsonObject("conversation").getInt("unreadCount")).isEqualTo(4);
      assertThat(person(LOCATION).delete("/conversations/" + id).json().getBoolean("success"))
          .isTrue();
      assertThat(person(LOCATION).get("/conversations/" + id).status()).isEqualTo(404);
    }

    @Test
    void aSentMessageIsTheLastOfItsConversation() {
      Reply sent = send(contact(), ",\"message\":\"Hi\"");

      JsonObject talk = talks(search(LOCATION, "")).getFirst();
      JsonObject message =
          person(LOCATION)
              .get("/conversations/messages/" + sent.json().getString("messageId"))
              .json();

      assertThat(sent.status()).isEqualTo(200);
      assertThat(talk.getString("id")).isEqualTo(sent.json().getString("conversationId"));
      assertThat(talk.getString("lastMessageBody")).isEqualTo("Hi");
      assertThat(talk.getJsonNumber("lastMessageDate").longValue()).isEqualTo(START.toEpochMilli());
      assertThat(message.getString("direction")).isEqualTo("outbound");
      assertThat(message.getString("messageType")).isEqualTo("TYPE_SMS");
      assertThat(message).doesNotContainKeys("channel", "email");
    }

    @Test
    void aMailHasItsOwnId() {
      Reply sent =
          person(LOCATION)
              .post(
                  "/conversations/messages",
                  """
                  {"type":"Email","contactId":"%s","html":"<p>Hi</p>","subject":"S",
                   "emailTo":"ann@example.com"}\
                  """
                      .formatted(contact()));

      String id = sent.json().getString("emailMessageId");
      JsonObject mail = person(LOCATION).get("/conversations/messages/email/" + id).json();

      assertThat(mail.getString("subject")).isEqualTo("S");
      assertThat(mail.getString("body")).isEqualTo("<p>Hi</p>");
      assertThat(
              person(LOCATION)
                  .get("/conversations/messages/" + sent.json().getString("messageId"))
                  .json()
                  .getJsonObject("meta")
                  .toString())
          .contains(id);
      assertThat(person(LOCATION).get("/conversations/messages/email/none").status())
          .isEqualTo(404);
    }

    @Test
    void whatComesInIsUnread() {
      String contactId = contact();
      String id = send(contactId, ",\"message\":\"Hi\"").json().getString("conversationId");

      Reply taken = comeIn(contactId, id, "");

      assertThat(taken.json().getBoolean("success")).isTrue();
      assertThat(person(LOCATION).get("/conversations/" + id).json().getInt("unreadCount"))
          .isEqualTo(1);
      String path = "/conversations/messages/" + taken.json().getString("messageId");
      person(LOCATION).put(path + "/status", "{\"status\":\"read\"}");
      assertThat(person(LOCATION).get(path).json().getString("status")).isEqualTo("read");
      assertThat(comeIn("other", id, "").status()).isEqualTo(400);
      assertThat(
              person(LOCATION)
                  .post(
                      "/conversations/messages/outbound",
                      """
                      {"type":"Call","conversationId":"%s","conversationProviderId":"p",
                       "call":{"status":"no-answer"}}\
                      """
                          .formatted(id))
                  .status())
          .isEqualTo(200);
      assertThat(messages(LOCATION, id, "type=TYPE_CALL").getJsonArray("messages")).hasSize(1);
    }

    private Reply comeIn(String contactId, String conversationId, String more) {
      return person(LOCATION)
          .post(
              "/conversations/messages/inbound",
              """
              {"type":"SMS","conversationId":"%s","contactId":"%s","message":"Hello",
               "conversationProviderId":"p"%s}\
              """
                  .formatted(conversationId, contactId, more));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{} | 422",
          "{\"type\":\"Fax\",\"contactId\":\"c\",\"message\":\"m\"} | 422",
          "{\"type\":\"SMS\",\"contactId\":\"c\",\"message\":\"m\",\"locationId\":\"l\"} | 422",
          "{\"type\":\"SMS\",\"contactId\":\"c\"} | 400",
          "{\"type\":\"SMS\",\"contactId\":\"c\",\"message\":\"m\"} | 404"
        })
    void aWrongMessageIsRefused(String body, int status) {
      assertThat(person(LOCATION).post("/conversations/messages", body).status()).isEqualTo(status);
    }

    @Test
    void theSearchLags() {
      sandbox.control("PUT", "/sandbox/settings", "{\"searchLagSeconds\":10}");

      send(contact(), ",\"message\":\"Hi\"");

      assertThat(talks(search(LOCATION, ""))).isEmpty();
      advance(Duration.ofSeconds(10));
      assertThat(talks(search(LOCATION, ""))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachMessageIsToldInItsDirection(boolean named) {
      sandbox.control(
          "PUT",
          "/sandbox/settings",
          "{\"" + Settings.WEBHOOK_NAMES_MESSAGE.name() + "\":" + named + "}");
      String contactId = contact();
      assertThat(sandbox.newAuthorizationCode(LOCATION)).isNotEmpty();
      await().atMost(5, SECONDS).until(() -> !app.webhooks().isEmpty());
      app.forget();

      String id = send(contactId, ",\"message\":\"Hi\"").json().getString("conversationId");
      comeIn(contactId, id, "");
      await().atMost(5, SECONDS).until(() -> app.webhooks().size() == 3);

      assertThat(app.types())
          .containsExactlyInAnyOrder(
              "OutboundMessage", "InboundMessage", "ConversationUnreadUpdate");
      JsonObject inbound = event("InboundMessage");
      assertThat(inbound.getString("messageType")).isEqualTo("SMS");
      assertThat(inbound.getString("body")).isEqualTo("Hello");
      assertThat(inbound.getString("conversationProviderId")).isEqualTo("p");
      assertThat(inbound.containsKey("messageId")).isEqualTo(named);
      assertThat(event("ConversationUnreadUpdate").getInt("unreadCount")).isEqualTo(1);
      assertThat(event("OutboundMessage").getString("direction")).isEqualTo("outbound");
    }

    private JsonObject event(String type) {
      return app.webhooks().stream()
          .filter(it -> it.type().equals(type))
          .findFirst()
          .orElseThrow()
          .json();
    }
  }
}
