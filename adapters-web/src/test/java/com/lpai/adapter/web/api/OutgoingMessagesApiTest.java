package com.lpai.adapter.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.OutgoingMessage;
import com.lpai.domain.conversation.OutgoingMessageId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages are written here, and sent in the background. */
class OutgoingMessagesApiTest {
  private static final String SMS = "{\"contactId\":\"%s\",\"type\":\"SMS\",\"message\":\"Hi\"}";

  private static WebFixture web;
  private static String ann;

  @BeforeAll
  static void start() {
    web = WebFixture.start();
    ann = web.call("POST", path("contacts"), "{\"firstName\":\"Ann\"}").json().getString("id");
    Contact contact = web.contacts.find(web.location, new ContactId(ann)).orElseThrow();
    web.save(contact.adopted(new GhlContactId("ghl-ann"), web.time.instant()));
    web.conversations.saveAll(
        web.location,
        List.of(
            new Conversation(
                new GhlConversationId("talk1"),
                "ghl-ann",
                "TYPE_PHONE",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty())));
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private static String path(String rest) {
    return path(web.location, rest);
  }

  private static String path(LocationId location, String rest) {
    return "locations/" + location + "/" + rest;
  }

  private static JsonObject written() {
    Answer answer = web.call("POST", path("outgoing-messages"), SMS.formatted(ann));
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static String failed(String why) {
    String id = written().getString("id");
    fails(id, why);
    return id;
  }

  private static void fails(String id, String why) {
    OutgoingMessage message =
        web.outgoingMessages.find(web.location, new OutgoingMessageId(id)).orElseThrow();
    web.outgoingMessages.save(web.location, message.withSync(message.sync().failed(why)));
  }

  @Test
  void aMessageToAContactIsPendingAndShown() {
    Answer made = web.call("POST", path("outgoing-messages"), SMS.formatted(ann));
    JsonObject shown =
        web.call("GET", path("outgoing-messages/" + made.json().getString("id")), "").json();

    assertThat(made.header("Location"))
        .endsWith("/outgoing-messages/" + made.json().getString("id"));
    assertThat(shown.getString("contactId")).isEqualTo(ann);
    assertThat(shown.getString("type")).isEqualTo("SMS");
    assertThat(shown.getString("message")).isEqualTo("Hi");
    assertThat(shown.getJsonObject("sync").getString("state")).isEqualTo("pending");
  }

  @Test
  void aConversationIsAnswered() {
    Answer made =
        web.call(
            "POST",
            path("conversations/talk1/messages"),
            "{\"type\":\"Email\",\"subject\":\"S\",\"html\":\"<p>Hi</p>\",\"emailCc\":[\"a@example.com\"],"
                + "\"attachments\":[\"https://example.com/a.pdf\"]}");

    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.header("Location"))
        .endsWith(path("outgoing-messages/" + made.json().getString("id")));
    assertThat(made.json().getString("contactId")).isEqualTo(ann);
    assertThat(made.json().getJsonArray("emailCc").getString(0)).isEqualTo("a@example.com");
  }

  @Test
  void aMessageIsSentOnceForItsKey() {
    String key = "once";
    String body = SMS.formatted(ann);
    String reply = "{\"type\":\"SMS\",\"message\":\"Hi\"}";

    assertThat(id("outgoing-messages", body, key)).isEqualTo(id("outgoing-messages", body, key));
    assertThat(id("conversations/talk1/messages", reply, key))
        .isEqualTo(id("conversations/talk1/messages", reply, key))
        .isNotEqualTo(id("outgoing-messages", body, key));
  }

  private static String id(String rest, String body, String key) {
    return web.call("POST", path(rest), body, "Idempotency-Key", key).json().getString("id");
  }

  @Test
  void messagesAreListedByContactAndState() {
    String failed = failed("DND is active.");

    assertThat(
            web.call("GET", path("outgoing-messages?syncState=failed&contactId=" + ann), "")
                .json()
                .getJsonArray("items")
                .getValuesAs(JsonObject.class))
        .extracting(message -> message.getString("id"))
        .contains(failed);
    assertThat(
            web.call("GET", path("outgoing-messages?contactId=nobody"), "")
                .json()
                .getJsonArray("items"))
        .isEmpty();
    assertThat(web.call("GET", path("outgoing-messages?colour=red"), "").status()).isEqualTo(400);
  }

  @Test
  void whatFailedIsShownSentAnewOrDiscarded() {
    String id = failed("DND is active.");
    String one = path("outgoing-messages/" + id);

    assertThat(web.call("GET", one, "").json().getJsonObject("sync").getString("error"))
        .isEqualTo("DND is active.");
    assertThat(web.call("POST", one + "/send-anew", "").status()).isEqualTo(202);
    assertThat(web.call("POST", one + "/send-anew", "").problem()).isEqualTo("not-in-this-state");
    assertThat(web.call("POST", one + "/retry", "").status()).isEqualTo(202);
    assertThat(web.call("DELETE", one, "").status()).isEqualTo(204);
    assertThat(web.call("GET", one, "").status()).isEqualTo(404);
    assertThat(web.call("DELETE", one, "").status()).isEqualTo(404);
  }

  @Test
  void aSecondClickOnAnOldPageSendsNothingAnew() {
    String id = failed("No answer.");
    String one = path("outgoing-messages/" + id);
    String seen = web.call("GET", one, "").header("ETag");
    web.time.advance(Duration.ofSeconds(1));

    assertThat(web.call("POST", one + "/send-anew", "", "If-Match", seen).status()).isEqualTo(202);
    fails(id, "No answer.");
    assertThat(web.call("POST", one + "/send-anew", "", "If-Match", seen).problem())
        .isEqualTo("changed-meanwhile");
    assertThat(web.call("GET", one, "").json().getJsonObject("sync").getString("state"))
        .isEqualTo("failed");
    String newer = listed(id).getString("etag");
    assertThat(newer).isEqualTo(web.call("GET", one, "").header("ETag"));
    assertThat(web.call("POST", one + "/send-anew", "", "If-Match", newer).status()).isEqualTo(202);
  }

  @Test
  void whatSomebodySentAnewIsNotDiscardedByAnOldPage() {
    String id = failed("No answer.");
    String one = path("outgoing-messages/" + id);
    String seen = web.call("GET", one, "").header("ETag");
    web.time.advance(Duration.ofSeconds(1));
    web.call("POST", one + "/send-anew", "");
    fails(id, "No answer.");

    assertThat(web.call("DELETE", one, "", "If-Match", seen).problem())
        .isEqualTo("changed-meanwhile");
    String newer = web.call("GET", one, "").header("ETag");
    assertThat(web.call("DELETE", one, "", "If-Match", newer).status()).isEqualTo(204);
  }

  private static JsonObject listed(String id) {
    return web
        .call("GET", path("outgoing-messages?limit=200&syncState=failed"), "")
        .json()
        .getJsonArray("items")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(item -> item.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | invalid-value | {'type':'SMS','message':'Hi'}",
        "400 | invalid-value | {'contactId':'nobody','type':'SMS','message':'Hi'}",
        "400 | invalid-value | {'contactId':'%s','type':'Fax','message':'Hi'}",
        "400 | invalid-value | {'contactId':'%s','type':'SMS'}",
        "400 | invalid-value | {'contactId':'%s','type':'Email','message':'Hi','subject':'S','emailCc':'a@example.com'}",
        "400 | invalid-value | {'contactId':'%s','type':'SMS','message':'Hi','ghlContactId':'other'}",
        "400 | unknown-property | {'contactId':'%s','type':'SMS','message':'Hi','status':'read'}",
      })
  void whatIsNotAMessageIsRefused(int status, String problem, String body) {
    Answer answer =
        web.call("POST", path("outgoing-messages"), body.replace('\'', '"').replace("%s", ann));

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "%20", "a%0Ab"})
  void aConversationThatIsNotThereIsNotFound(String id) {
    assertThat(
            web.call(
                    "POST",
                    path("conversations/" + id + "/messages"),
                    "{\"type\":\"SMS\",\"message\":\"Hi\"}")
                .status())
        .isEqualTo(404);
  }

  /** Trap 64. */
  @Test
  void anotherLocationSeesNothingOfIt() {
    String id = written().getString("id");
    String elsewhere = path(web.otherLocation, "outgoing-messages");

    assertThat(web.call("GET", elsewhere + "/" + id, "").status()).isEqualTo(404);
    assertThat(web.call("DELETE", elsewhere + "/" + id, "").status()).isEqualTo(404);
    assertThat(web.call("POST", elsewhere + "/" + id + "/retry", "").status()).isEqualTo(404);
    assertThat(web.call("POST", elsewhere + "/" + id + "/send-anew", "").status()).isEqualTo(404);
    assertThat(web.call("POST", elsewhere, SMS.formatted(ann)).problem())
        .isEqualTo("invalid-value");
    assertThat(
            web.call(
                    "POST",
                    path(web.otherLocation, "conversations/talk1/messages"),
                    "{\"type\":\"SMS\",\"message\":\"Hi\"}")
                .status())
        .isEqualTo(404);
    assertThat(web.call("GET", elsewhere, "").json().getJsonArray("items")).isEmpty();
  }
}
