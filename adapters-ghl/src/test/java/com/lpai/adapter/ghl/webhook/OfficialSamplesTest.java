package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookDecoder.FirstLook;
import com.lpai.domain.webhook.WebhookEvent;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
      assertThat(event instanceof WebhookEvent.ContactChanged)
          .as(type)
          .isEqualTo(type.startsWith("Contact") && !type.equals("ContactDelete"));
      routed.add(type);
    }
    assertThat(routed).hasSizeGreaterThan(50);
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
