package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.EmailThread;
import com.lpai.domain.conversation.GhlConversationId;
import com.lpai.domain.conversation.GhlEmailMessageId;
import com.lpai.domain.conversation.GhlMessageId;
import com.lpai.domain.conversation.PhoneCall;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder;
import com.lpai.domain.webhook.WebhookDecoder.FirstLook;
import com.lpai.domain.webhook.WebhookEvent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GhlWebhookDecoderTest {
  /** One body of each form. */
  private static final List<String> WHOLE =
      List.of(
          """
          {"type":"ContactUpdate","locationId":"l","id":"c","tags":["a","b"],"dnd":true,"n":-1.5e3,
           "customFields":[{"id":"f","value":"x"},{"id":"g","value":[1,{"a":null}]}],"webhookId":"w",
           "dndSettings":{"SMS":{"status":"active"}},"dateOfBirth":"2000-01-05","timestamp":"2026"}
          """,
          """
          {"type":"OpportunityUpdate","locationId":"l","id":"o","monetaryValue":1.5,"status":"open",
           "name":"x","contactId":"c","assignedTo":null,"pipelineId":"p","dateAdded":"2021-11-26"}
          """,
          """
          {"type":"AppointmentUpdate","locationId":"l","appointment":{"id":"a","users":["u"],
           "startTime":"2023-09-25T16:00:00+05:30","endTime":1695638400000,"title":"x"}}
          """,
          """
          {"type":"InboundMessage","locationId":"l","conversationId":"v","messageId":"m",
           "attachments":["u"],"callDuration":120,"to":["x"],"messageType":"SMS","body":"x"}
          """,
          """
          {"type":"ConversationUnreadUpdate","locationId":"l","id":"v","unreadCount":3,
           "starred":true,"deleted":false,"contactId":"c"}
          """);

  private final WebhookDecoder decoder = new GhlWebhookDecoder();

  @Test
  void theEnvelopeIsRead() {
    Envelope envelope =
        envelope(
            """
            {"type":"ContactUpdate","locationId":"loc1","appId":"app1","companyId":"comp1",
             "id":"c1","webhookId":"w1","timestamp":"2026-11-22T10:00:00.123Z"}
            """);

    assertThat(envelope.webhookId()).isEqualTo("w1");
    assertThat(envelope.bodyHash()).matches("[0-9a-f]{64}");
    assertThat(envelope.type()).isEqualTo("ContactUpdate");
    assertThat(envelope.appId()).isEqualTo("app1");
    assertThat(envelope.locationId().value()).isEqualTo("loc1");
    assertThat(envelope.companyId()).isEqualTo("comp1");
    assertThat(envelope.entityKey()).isEqualTo("contact/c1");
    assertThat(envelope.sentAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00.123Z"));
  }

  /** Trap 24: each type says in its own place whose it is. */
  @ParameterizedTest(name = "{0} -> {1}, {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"LocationUpdate","id":"l1","companyId":"c"}                   | l1     | location/l1
          {"type":"LocationCreate","id":"l1"}                                   | l1     | location/l1
          {"type":"AppointmentCreate","locationId":"l1","appointment":{"id":"a1"}} | l1  | appointment/a1
          {"type":"AppointmentUpdate","appointment":{"id":"a1","locationId":"l1"}} | l1  | appointment/a1
          {"type":"InvoiceCreate","_id":"i1","altId":"l1","altType":"location"} | l1     | invoice/i1
          {"type":"InvoiceCreate","_id":"i1","altId":"l1","altType":"company"}  | (none) | invoice/i1
          {"type":"INSTALL","locationId":"l1","companyId":"c1"}                 | l1     | app/l1
          {"type":"INSTALL","companyId":"c1"}                                   | (none) | app/c1
          {"type":"UNINSTALL","companyId":"c1"}                                 | (none) | app/c1
          {"type":"UserCreate","id":"u1","locations":["l1"]}                    | l1     | users/l1
          {"type":"UserCreate","id":"u1","locations":["l1","l2"],"webhookId":"w1"} | (none) | event/w1
          {"type":"OpportunityDelete","id":"o1","locationId":"l1"}              | l1     | opportunity/o1
          {"type":"InboundMessage","conversationId":"v1","locationId":"l1"}     | l1     | conversation/v1
          {"type":"ConversationUnreadUpdate","id":"v1","locationId":"l1"}       | l1     | conversation/v1
          {"type":"ConversationUpdate","id":"v1","locationId":"l1"}             | l1     | conversation/v1
          {"type":"Unheard","locationId":"l1","webhookId":"w1"}                 | l1     | event/w1
          {"type":"ContactUpdate","locationId":"has blank","id":7,"webhookId":"w1"} | (none) | event/w1
          {"type":"ContactUpdate","locationId":{"$ne":null},"id":"c.$1"}        | (none) | contact/c.$1
          """)
  void everyTypeIsRouted(String body, String location, String entityKey) {
    Envelope envelope = envelope(body);

    assertThat(envelope.locationId().value()).isEqualTo(location);
    assertThat(envelope.hasLocation()).isEqualTo(!location.equals("(none)"));
    assertThat(envelope.entityKey()).isEqualTo(entityKey);
  }

  @ParameterizedTest
  @CsvSource({
    "ContactUpdate, true",
    "INSTALL, true",
    "PLAN_CHANGE, true",
    "VoiceAiCallEnd, true",
    "KnowledgeBaseCreate, true",
    "TaskUpdate, false",
    "contactupdate, false",
    "Unheard, false"
  })
  void aTypeIsKnownWhenGoHighLevelDocumentsIt(String type, boolean isKnown) {
    FirstLook look = decoder.envelope(raw("{\"locationId\":\"l\",\"type\":\"" + type + "\"}"));

    assertThat(((FirstLook.Event) look).isKnownType()).isEqualTo(isKnown);
  }

  /** Each reason apart, since a person must know whether the sender or the charset is to blame. */
  @Test
  void whatIsNoEventSaysWhy() {
    assertThat(refusal("{\"type\":\"X\"".getBytes(StandardCharsets.UTF_8))).contains("no JSON");
    assertThat(refusal("[1]".getBytes(StandardCharsets.UTF_8))).contains("no JSON object");
    assertThat(refusal("{\"type\":\"X\"}".getBytes(StandardCharsets.UTF_16)))
        .contains("not in UTF-8");
    assertThat(
            refusal(("{\"type\":\"X\",\"a\":" + "[".repeat(100)).getBytes(StandardCharsets.UTF_8)))
        .contains("too deep");
    assertThat(refusal("{\"id\":\"X\"}".getBytes(StandardCharsets.UTF_8))).contains("no type");
    assertThat(refusal("\ufeff{\"type\":\"X\"}".getBytes(StandardCharsets.UTF_8)))
        .contains("no JSON");
  }

  private String refusal(byte[] body) {
    return ((FirstLook.NotAnEvent) decoder.envelope(RawBody.of(body))).reason();
  }

  /** Of a field that comes twice both looks believe the last one, whatever its kind. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"type":"A","type":"ContactDelete","id":"a","locationId":"x","locationId":"l","id":"c"} | l | contact/c
          {"type":"ContactDelete","id":"a","id":7,"locationId":"l","webhookId":"w"}               | l | event/w
          {"type":"ContactDelete","id":"a","id":{"id":"b"},"locationId":"l","webhookId":"w"}      | l | event/w
          {"type":"AppointmentUpdate","appointment":{"id":"a","id":"b"},"locationId":"l"}         | l | appointment/b
          {"type":"AppointmentUpdate","appointment":{"id":"a"},"appointment":[],"locationId":"l","webhookId":"w"} | l | event/w
          {"type":"UserCreate","id":"u","locations":["x"],"locations":["l"]}                      | l | users/l
          {"type":"UserCreate","id":"u","locations":[["l"]],"webhookId":"w"}                      | (none) | event/w
          """)
  void ofFieldsThatComeTwiceTheLastOneCounts(String body, String location, String entityKey) {
    Envelope envelope = envelope(body);

    assertThat(envelope.locationId().value()).isEqualTo(location);
    assertThat(envelope.entityKey()).isEqualTo(entityKey);
    if (envelope.type().equals("ContactDelete") && entityKey.startsWith("contact/")) {
      assertThat(decoder.event(envelope, raw(body)))
          .isEqualTo(new WebhookEvent.ContactDeleted(new GhlContactId("c")));
    }
  }

  /** Trap 21: the same bytes always have the same id. */
  @Test
  void withoutAWebhookIdTheBytesAreTheId() {
    String body = "{\"type\":\"X\",\"webhookId\":null}";

    assertThat(envelope(body).webhookId())
        .isEqualTo(envelope(body).webhookId())
        .isEqualTo(envelope(body).bodyHash())
        .isNotEqualTo(envelope(body + " ").webhookId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "\"text\"",
        "[]",
        "{}",
        "{\"type\":7}",
        "{\"type\":\"\"}",
        "{\"type\":\"X\"",
        "{\"type\":\"X\"} {}",
        "{type:'X'}",
        "{\"type\":\"X\",\"n\":NaN}",
        "{\"type\":\"X\",\"n\":01}"
      })
  void whatIsNoEventSaysSo(String body) {
    assertThat(decoder.envelope(raw(body))).isInstanceOf(FirstLook.NotAnEvent.class);
  }

  @Test
  void absurdBodiesAreRefusedOrReadButNeverThrow() {
    String deep = "[".repeat(500_000) + "]".repeat(500_000);
    List<String> bodies =
        List.of(
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"x\":" + deep + "}",
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"x\":" + "{\"a\":".repeat(400_000),
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"x\":" + "9".repeat(900_000) + "}",
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"phone\":1e999999999,\"x\":-1e-99999999999}",
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"timestamp\":\"+999999999-01-01T00:00:00Z\"}",
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"timestamp\":1e300}",
            "{\"type\":\"ContactUpdate\",\"id\":\"" + "x".repeat(900_000) + "\"}",
            "{\"type\":\"ContactUpdate\",\"id\":\"c\",\"tags\":["
                + "\"t\",".repeat(200_000)
                + "1]}",
            "{\"type\":\"A\",\"type\":\"ContactUpdate\",\"id\":\"a\",\"id\":\"c\"}",
            "{\"type\":\"ContactUpdate\",\"id\":\"\\ud800\",\"firstName\":\"\\u0000\"}");

    for (String body : bodies) {
      read(raw(body));
    }
    read(RawBody.of("{\"type\":\"ContactUpdate\",\"id\":\"c\"}".getBytes(StandardCharsets.UTF_16)));
    read(RawBody.of(new byte[] {'{', '"', 't', (byte) 0xff, (byte) 0xfe, '"'}));
    assertThat(envelope(bodies.get(4)).sentAt()).isEqualTo(Instant.EPOCH);
    assertThat(envelope(bodies.get(8)).entityKey()).isEqualTo("contact/c");
  }

  /**
   * A sender that cuts a text in the middle of an emoji leaves half of it, which no store keeps.
   */
  @Test
  void halfOfACutEmojiBecomesAReplacementSign() {
    String body =
        """
        {"type":"ContactUpdate","locationId":"l","id":"c\\ud83d","firstName":"Jo\\uD83D",
         "lastName":"\\ud83d\\ude00","customFields":[{"id":"f","value":["\\ude00x"]}],
         "dndSettings":{"SMS\\udfff":{"status":"active","message":"\\ud800"}}}
        """;

    Envelope envelope = envelope(body);
    WebhookEvent.ContactChanged event =
        (WebhookEvent.ContactChanged) decoder.event(envelope, raw(body));

    assertThat(envelope.entityKey()).isEqualTo("contact/c\ufffd");
    assertThat(event.contact().id().value()).isEqualTo("c\ufffd");
    assertThat(event.contact().fields().values())
        .containsOnly(
            Map.entry(FieldName.of("firstName"), FieldValue.text("Jo\ufffd")),
            Map.entry(FieldName.of("lastName"), FieldValue.text("\ud83d\ude00")),
            Map.entry(FieldName.of("customFields/f"), new FieldValue.Texts(List.of("\ufffdx"))),
            Map.entry(
                FieldName.of("dndSettings/SMS\ufffd"),
                new FieldValue.Structure("{\"message\":\"\ufffd\",\"status\":\"active\"}")));
  }

  @Test
  void tenThousandDamagedBodiesNeverThrow() {
    long seed = new SplittableRandom().nextLong();
    System.out.println("damaged webhooks: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> bodies = WHOLE.stream().map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
    for (int i = 0; i < 10_000; i++) {
      byte[] whole = bodies.get(i % bodies.size());
      byte[] body =
          Arrays.copyOf(
              whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
      for (int hits = random.nextInt(6); hits > 0 && body.length > 0; hits--) {
        byte[] signs = "{}[]\",:\\0e-\u0000".getBytes(StandardCharsets.UTF_8);
        body[random.nextInt(body.length)] =
            random.nextBoolean() ? signs[random.nextInt(signs.length)] : (byte) random.nextInt(256);
      }
      read(RawBody.of(body));
    }
  }

  @Test
  void anEventMeansWhatItsTypeSays() {
    assertThat(event("{\"type\":\"INSTALL\",\"locationId\":\"l\"}"))
        .isEqualTo(new WebhookEvent.AppInstalled());
    assertThat(event("{\"type\":\"UNINSTALL\",\"locationId\":\"l\"}"))
        .isEqualTo(new WebhookEvent.AppUninstalled());
    assertThat(event("{\"type\":\"ContactDelete\",\"locationId\":\"l\",\"id\":\"c\"}"))
        .isEqualTo(new WebhookEvent.ContactDeleted(new GhlContactId("c")));
    assertThat(event("{\"type\":\"NoteCreate\",\"locationId\":\"l\",\"id\":\"o\"}"))
        .isEqualTo(new WebhookEvent.Unhandled("NoteCreate"));
    for (String type : List.of("Create", "Update", "DndUpdate", "TagUpdate")) {
      String body = "{\"type\":\"Contact" + type + "\",\"id\":\"c\",\"firstName\":\"Jo\"}";
      WebhookEvent.ContactChanged changed = (WebhookEvent.ContactChanged) event(body);
      assertThat(changed.contact().fields().get(FieldName.of("firstName")))
          .contains(FieldValue.text("Jo"));
    }
  }

  /** Trap 44: absent, null and a value are three things; an unknown word is kept. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Create",
        "Update",
        "StatusUpdate",
        "StageUpdate",
        "MonetaryValueUpdate",
        "AssignedToUpdate"
      })
  void trap44AnOpportunityIsReadAsFarAsItIsTold(String type) {
    WebhookEvent.OpportunityChanged changed =
        (WebhookEvent.OpportunityChanged)
            event(
                "{\"type\":\"Opportunity"
                    + type
                    + "\",\"id\":\"o1\",\"assignedTo\":null,\"monetaryValue\":0,"
                    + "\"status\":\"postponed\",\"contactId\":\"c1\"}");

    assertThat(changed.opportunity().id()).isEqualTo(new GhlOpportunityId("o1"));
    assertThat(changed.opportunity().completeGroups()).isEmpty();
    assertThat(changed.opportunity().fields().values())
        .containsOnly(
            Map.entry(FieldName.of("assignedTo"), FieldValue.cleared()),
            Map.entry(FieldName.of("monetaryValue"), new FieldValue.Amount(BigDecimal.ZERO)),
            Map.entry(FieldName.of("status"), FieldValue.text("postponed")),
            Map.entry(FieldName.of("ghlContactId"), FieldValue.text("c1")));
  }

  /** Its times have an offset, or would have to be guessed. */
  @Test
  void trap44AnAppointmentIsReadFromWithinItsEventAsFarAsItIsTold() {
    WebhookEvent.AppointmentChanged changed =
        (WebhookEvent.AppointmentChanged)
            event(
                """
                {"type":"AppointmentUpdate","locationId":"l","appointment":{"id":"a1",
                 "title":"Call","notes":null,"appointmentStatus":"rebooked",
                 "startTime":"2023-09-25T16:00:00+05:30","endTime":"2023-09-25 17:00:00"}}
                """);

    assertThat(changed.appointment().id()).isEqualTo(new GhlAppointmentId("a1"));
    assertThat(changed.appointment().fields().values())
        .containsOnly(
            Map.entry(FieldName.of("title"), FieldValue.text("Call")),
            Map.entry(FieldName.of("notes"), FieldValue.cleared()),
            Map.entry(FieldName.of("status"), FieldValue.text("rebooked")),
            Map.entry(
                FieldName.of("start"),
                new FieldValue.Moment(Instant.parse("2023-09-25T10:30:00Z"))));
  }

  /** The id goes by several names, or is not there at all (ghl-facts.md 6.7). */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "messageId":"m1","emailMessageId":"e1","messageType":"Email","to":["a@b.c"]   | m1 | TYPE_EMAIL     | outbound
          "emailMessageId":"e1","messageType":"Email","to":"a@b.c","direction":"inbound" | e1 | TYPE_EMAIL     | inbound
          "messageType":"SMS"                                                           | w1 | TYPE_SMS       | outbound
          "messageId":"m1","messageType":"CALL","messageTypeString":"TYPE_CALL"         | m1 | TYPE_CALL      | outbound
          "messageId":"m1","messageType":"VoiceMail"                                    | m1 | TYPE_VOICEMAIL | outbound
          "messageId":"m1","messageType":"Live Chat","direction":7                      | m1 | TYPE_LIVE_CHAT | outbound
          "messageId":"m1","messageType":"IG"                                           | m1 | TYPE_INSTAGRAM | outbound
          "messageId":"m1"                                                              | m1 | ``             | outbound
          """)
  void aMessageIsReadInEachOfItsForms(String told, String id, String type, String direction) {
    WebhookEvent.MessageAdded added =
        (WebhookEvent.MessageAdded)
            event(
                "{\"type\":\"OutboundMessage\",\"webhookId\":\"w1\",\"conversationId\":\"v1\","
                    + told
                    + "}");

    assertThat(added.message().id()).isEqualTo(new GhlMessageId(id));
    assertThat(added.message().conversationId()).isEqualTo(new GhlConversationId("v1"));
    assertThat(added.message().type()).isEqualTo(type);
    assertThat(added.message().direction()).isEqualTo(direction);
  }

  @Test
  void aMessageTellsItsCallOrItsMail() {
    WebhookEvent.MessageAdded call =
        (WebhookEvent.MessageAdded)
            event(
                """
                {"type":"InboundMessage","messageId":"m1","conversationId":"v1","callDuration":125,
                 "callStatus":"completed","attachments":["url"],"dateAdded":"2024-05-08T11:57:42Z"}
                """);
    WebhookEvent.MessageAdded mail =
        (WebhookEvent.MessageAdded)
            event(
                """
                {"type":"OutboundMessage","emailMessageId":"e1","conversationId":"v1",
                 "subject":"Order","body":"<p>Hi</p>"}
                """);

    assertThat(call.message().call())
        .isEqualTo(new PhoneCall("completed", Optional.of(Duration.ofSeconds(125))));
    assertThat(call.message().attachments()).containsExactly("url");
    assertThat(call.message().direction()).isEqualTo("inbound");
    assertThat(call.message().addedAt()).isEqualTo(Instant.parse("2024-05-08T11:57:42Z"));
    assertThat(mail.message().thread())
        .isEqualTo(new EmailThread("Order", List.of(new GhlEmailMessageId("e1"))));
    assertThat(mail.message().call()).isEqualTo(PhoneCall.NONE);
  }

  @Test
  void aConversationIsReadAsFarAsItIsToldOrIsGone() {
    String told = "\"id\":\"v1\",\"contactId\":\"c1\",\"unreadCount\":0,\"starred\":true";
    for (String type : List.of("ConversationUnreadUpdate", "ConversationUpdate")) {
      assertThat(event("{\"type\":\"" + type + "\"," + told + ",\"deleted\":false}"))
          .isEqualTo(
              new WebhookEvent.ConversationChanged(
                  new Conversation(
                      new GhlConversationId("v1"),
                      "c1",
                      "",
                      Optional.of(0L),
                      Optional.of(true),
                      Optional.empty(),
                      Optional.empty(),
                      "",
                      Optional.empty())));
      assertThat(event("{\"type\":\"" + type + "\"," + told + ",\"deleted\":true}"))
          .isEqualTo(new WebhookEvent.ConversationDeleted(new GhlConversationId("v1")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UserCreate,UsersChanged",
    "UserUpdate,UsersChanged",
    "UserDelete,UsersChanged",
    "LocationCreate,LocationAdded",
    "LocationUpdate,LocationChanged",
    "OpportunityDelete,OpportunityDeleted"
  })
  void whatMustBeReadOnlySaysThatSomethingHappened(String type, String meaning) {
    assertThat(event("{\"type\":\"" + type + "\",\"id\":\"x\"}").getClass().getSimpleName())
        .isEqualTo(meaning);
  }

  @Test
  void theEventOfAUserNamesAllTheirLocations() {
    String body =
        "{\"type\":\"UserUpdate\",\"id\":\"u\",\"companyId\":\"c\",\"locations\":[\"a\",7,\"b\",\"\",\"d\"]}";

    assertThat(event(body))
        .isEqualTo(
            new WebhookEvent.UsersChanged(
                Set.of(new LocationId("a"), new LocationId("b"), new LocationId("d"))));
    assertThat(envelope(body).isOfUserElsewhere()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ContactUpdate",
        "ContactDelete",
        "OpportunityUpdate",
        "OpportunityDelete",
        "AppointmentUpdate",
        "AppointmentDelete",
        "InboundMessage",
        "ConversationUnreadUpdate"
      })
  void anEventWithoutTheIdOfWhatItIsAboutIsUnreadable(String type) {
    assertThat(event("{\"type\":\"" + type + "\",\"locationId\":\"l\"}"))
        .isInstanceOf(WebhookEvent.Unreadable.class);
    assertThat(
            event(
                "{\"type\":\""
                    + type
                    + "\",\"id\":[],\"appointment\":{\"id\":\"\"},\"conversationId\":{}}"))
        .isInstanceOf(WebhookEvent.Unreadable.class);
  }

  private void read(RawBody body) {
    if (decoder.envelope(body) instanceof FirstLook.Event event) {
      assertThat(decoder.event(event.envelope(), body)).isNotNull();
    }
  }

  private WebhookEvent event(String body) {
    return decoder.event(envelope(body), raw(body));
  }

  private Envelope envelope(String body) {
    return ((FirstLook.Event) decoder.envelope(raw(body))).envelope();
  }

  private static RawBody raw(String body) {
    return RawBody.of(body.getBytes(StandardCharsets.UTF_8));
  }
}
