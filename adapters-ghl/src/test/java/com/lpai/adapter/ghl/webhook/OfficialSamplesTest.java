package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.webhook.ProcessWebhooksUseCase;
import com.lpai.domain.appointment.GhlAppointmentId;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.conversation.Conversation;
import com.lpai.domain.conversation.Message;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder.FirstLook;
import com.lpai.domain.webhook.WebhookEvent;
import com.lpai.domain.webhook.WebhookStatus;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** GoHighLevel's own example payloads, which lie beside the project. */
class OfficialSamplesTest {
  private static final String SAMPLES = "ghl-webhook-samples";
  private final GhlWebhookDecoder decoder = new GhlWebhookDecoder();

  @Test
  void everySampleIsReadAndRoutedToTheTenantItNames() throws IOException {
    List<String> routed = new ArrayList<>();
    for (Path sample : samples()) {
      JsonObject original = JsonReads.object(Files.readAllBytes(sample)).orElseThrow();
      String type = sample.getFileName().toString().split("\\.", 2)[0];
      if (JsonReads.text(original, "type").isEmpty()) {
        // Some examples leave the type out; without it nothing can be told (spec 7.1).
        assertThat(decoder.envelope(raw(original))).isInstanceOf(FirstLook.NotAnEvent.class);
        original = Json.createObjectBuilder(original).add("type", type).build();
      }
      RawBody body = raw(original);

      Envelope envelope = ((FirstLook.Event) decoder.envelope(body)).envelope();
      WebhookEvent event = decoder.event(envelope, body);

      assertThat(envelope.locationId().value())
          .as(type)
          .isEqualTo(tenantNamedBy(type, original).orElse(Envelope.NO_LOCATION.value()));
      assertThat(event).as(type).isNotInstanceOf(WebhookEvent.Unreadable.class);
      routed.add(type);
    }
    assertThat(routed).hasSizeGreaterThan(50);
  }

  /**
   * What becomes of each sample, with the defects that its README lists: a type that is another's
   * or missing, a direction that contradicts it, no time and no id of the event in any of them.
   */
  private static final String EXPECTED =
      """
      AppointmentCreate.json              | DONE    | read from GoHighLevel
      AppointmentUpdate.json              | DONE    | read from GoHighLevel
      AppointmentDelete.json              | SKIPPED | GoHighLevel no longer has it
      ContactCreate.json                  | DONE    | read from GoHighLevel
      ContactUpdate.json                  | DONE    | read from GoHighLevel
      ContactTagUpdate.json               | DONE    | read from GoHighLevel
      ContactDelete.json                  | DONE    | nothing to delete
      OpportunityCreate.json              | DONE    | read from GoHighLevel
      OpportunityUpdate.json              | DONE    | read from GoHighLevel
      OpportunityStatusUpdate.json        | DONE    | read from GoHighLevel
      OpportunityAssignedToUpdate.json    | DONE    | read from GoHighLevel
      OpportunityMonetaryValueUpdate.json | DONE    | read from GoHighLevel
      OpportunityDelete.json              | DONE    | nothing to delete
      InboundMessage.json                 | DONE    | message stored
      InboundMessage.call.json            | DONE    | message stored
      InboundMessage.voicemail.json       | DONE    | message stored
      OutboundMessage.json                | DONE    | message stored
      OutboundMessage.email.json          | DONE    | message stored
      OutboundMessage.voicemail-workflow.json | DONE | message stored
      ConversationUnreadUpdate.json       | DONE    | read from GoHighLevel
      UserCreate.json                     | DONE    | users read from GoHighLevel
      LocationCreate.json                 | DONE    | the app is installed there
      LocationUpdate.json                 | DONE    | details are as they were
      INSTALL.json                        | DONE    | installed; its setup was requested before
      INSTALL.location-non-whitelabel.json | DONE   | installed; its setup was requested before
      UNINSTALL.json                      | DONE    | uninstalled; tokens deleted
      UNINSTALL.agency.json               | DONE    | the app was not installed
      PriceUpdate.json                    | SKIPPED | unhandled type: one_time
      PriceDelete.json                    | SKIPPED | unhandled type: one_time
      ProviderOutboundMessage.json        | SKIPPED | unhandled type: SMS
      ProviderOutboundMessage.email.json  | SKIPPED | unhandled type: Email
      """;

  static Stream<Path> samplesOneByOne() throws IOException {
    return samples().stream();
  }

  /** Trap 35: every mirrored kind has its processor, and every other type a word for what it is. */
  @ParameterizedTest
  @MethodSource("samplesOneByOne")
  void trap35EverySampleIsAppliedOrSaysWhyNot(Path sample) throws IOException {
    String file = sample.getFileName().toString();
    String type = file.split("\\.", 2)[0];
    RawBody body = raw(withType(JsonReads.object(Files.readAllBytes(sample)).orElseThrow(), type));
    Envelope envelope = ((FirstLook.Event) decoder.envelope(body)).envelope();
    WebhookEvent event = decoder.event(envelope, body);
    TestSystem system = installedIn(envelope.locationId());
    if (file.equals("UNINSTALL.json")) {
      system.crm.revokes(envelope.locationId());
    }
    boolean isThere = !file.contains("Delete");
    if (isThere) {
      crmHas(system, envelope.locationId(), event);
    }

    system.queue.accept(envelope, body, WebhookStatus.PENDING, system.time.instant());
    ProcessWebhooksUseCase processing = system.processing(decoder);
    processing.claim(10).forEach(processing::process);
    // What is not found is looked up again.
    system.time.advance(Duration.ofSeconds(30));
    processing.claim(10).forEach(processing::process);

    assertThat(system.queue.recent(envelope.locationId(), 10))
        .extracting(it -> it.status() + " " + it.outcome())
        .containsExactly(expected(file, type));
    if (isThere) {
      assertStored(system, envelope, event);
    }
  }

  private static String expected(String file, String type) {
    return EXPECTED
        .lines()
        .map(line -> line.split("\\|"))
        .filter(cells -> cells[0].strip().equals(file))
        .map(cells -> cells[1].strip() + " " + cells[2].strip())
        .findFirst()
        .orElse("SKIPPED unhandled type: " + type);
  }

  @Test
  void everySampleOfTheTableIsThere() throws IOException {
    List<String> files = samples().stream().map(it -> it.getFileName().toString()).toList();

    assertThat(files).containsAll(EXPECTED.lines().map(it -> it.split(" ", 2)[0]).toList());
  }

  private static TestSystem installedIn(LocationId location) {
    TestSystem system = new TestSystem();
    system.installing.complete(new Secret(location.value()), "", "");
    system.settle();
    return system;
  }

  /** GoHighLevel has what the event tells. */
  private static void crmHas(TestSystem system, LocationId location, WebhookEvent event) {
    switch (event) {
      case WebhookEvent.ContactChanged(CrmRecord<GhlContactId> said) ->
          system.crm.hasAgain(location, said.id(), said.fields());
      case WebhookEvent.OpportunityChanged(CrmRecord<GhlOpportunityId> said) ->
          system.lists.hasOpportunity(said.id(), said.fields());
      case WebhookEvent.AppointmentChanged(CrmRecord<GhlAppointmentId> said) ->
          system.lists.hasAppointment(said.id(), said.fields());
      case WebhookEvent.OfConversation of ->
          system.lists.hasConversation(of.conversationId().value());
      default -> {
        // It is about nothing that would have to be there.
      }
    }
  }

  private static void assertStored(TestSystem system, Envelope envelope, WebhookEvent event) {
    LocationId location = envelope.locationId();
    switch (event) {
      case WebhookEvent.ContactChanged(CrmRecord<GhlContactId> said) ->
          assertThat(system.contacts.findByCrmId(location, said.id()).orElseThrow().fields())
              .satisfies(
                  it -> assertThat(it.text(FieldName.of("city"))).isEqualTo("ruDolomitebika"))
              .satisfies(
                  it -> assertThat(it.text(FieldName.of("email"))).isEqualTo("johndeo@gmail.comm"));
      case WebhookEvent.OpportunityChanged(CrmRecord<GhlOpportunityId> said) ->
          assertThat(system.projects.findByCrmId(location, said.id()).orElseThrow().fields())
              .satisfies(it -> assertThat(it.text(FieldName.of("title"))).isEqualTo("Loram ipsu"))
              .satisfies(
                  it ->
                      assertThat(it.get(FieldName.of("monetaryValue")))
                          .isEqualTo(new FieldValue.Amount(new BigDecimal("40"))));
      case WebhookEvent.AppointmentChanged(CrmRecord<GhlAppointmentId> said) ->
          assertThat(system.appointments.findByCrmId(location, said.id()).orElseThrow().start())
              .isEqualTo(Instant.parse("2023-09-25T10:30:00Z"));
      case WebhookEvent.MessageAdded(Message message) -> {
        assertThat(system.messages.list(location, message.conversationId(), 10, "").items())
            .containsExactly(message);
        assertThat(
                system
                    .conversations
                    .find(location, message.conversationId())
                    .orElseThrow()
                    .lastMessageAt())
            .contains(message.addedAt());
      }
      case WebhookEvent.ConversationChanged(Conversation changed) ->
          assertThat(system.conversations.find(location, changed.id())).isPresent();
      default -> {
        // It stores nothing but what became of it.
      }
    }
  }

  private static JsonObject withType(JsonObject sample, String type) {
    return JsonReads.text(sample, "type").isEmpty()
        ? Json.createObjectBuilder(sample).add("type", type).build()
        : sample;
  }

  /** Found without the routing table: wherever a payload says location. */
  private static Optional<String> tenantNamedBy(String type, JsonObject sample) {
    String altId =
        JsonReads.text(sample, "altType").equals("location") ? JsonReads.text(sample, "altId") : "";
    String own = type.startsWith("Location") ? JsonReads.text(sample, "id") : "";
    return Stream.of(
            JsonReads.text(sample, "locationId"),
            JsonReads.text(JsonReads.child(sample, "appointment"), "locationId"),
            own,
            altId)
        .filter(id -> !id.isEmpty())
        .findFirst();
  }

  private static List<Path> samples() throws IOException {
    Optional<Path> folder = shared().map(it -> it.resolve(SAMPLES)).filter(Files::isDirectory);
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(folder)
          .as("GoHighLevel's samples are not here: no folder shared/ beside the project")
          .isPresent();
    }
    try (Stream<Path> files = Files.list(folder.orElseThrow())) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static Optional<Path> shared() {
    String configured = System.getenv("LPAI_SHARED_DIR");
    if (configured != null && !configured.isBlank()) {
      return Optional.of(Path.of(configured));
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared"))) {
        return Optional.of(folder.resolve("shared"));
      }
    }
    return Optional.empty();
  }

  private static RawBody raw(JsonObject payload) {
    return RawBody.of(payload.toString().getBytes(StandardCharsets.UTF_8));
  }
}
