package com.lpai.adapter.ghl.webhook;

import static com.lpai.adapter.ghl.SandboxFixture.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.FakeGhl;
import com.lpai.adapter.ghl.SandboxFixture;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.webhook.Envelope;
import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator.Verdict;
import com.lpai.domain.webhook.WebhookDecoder.FirstLook;
import com.lpai.domain.webhook.WebhookEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SandboxWebhookTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aChangeInTheSandboxArrivesSignedAndReadable() {
    try (FakeGhl receiver = FakeGhl.answering(200, "{}");
        SandboxFixture fixture =
            SandboxFixture.start(it -> it.withWebhookUrl(receiver.uri()), it -> it)) {
      String id =
          SandboxFixture.done(
                  fixture
                      .contacts()
                      .create(
                          LOCATION,
                          FieldChanges.of(
                              ContactField.FIRST_NAME.fieldName(), FieldValue.text("Zoë"))))
              .value();
      FakeGhl.Received received =
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      receiver.received().stream()
                          .filter(it -> it.body().contains("ContactCreate"))
                          .findFirst(),
                  Optional::isPresent)
              .orElseThrow();

      RawBody body = RawBody.of(received.body().getBytes(StandardCharsets.UTF_8));
      GhlWebhookAuthenticator authenticator =
          GhlWebhookAuthenticator.of(fixture.sandbox.publicKeys(), true);
      GhlWebhookDecoder decoder = new GhlWebhookDecoder();
      Envelope envelope = ((FirstLook.Event) decoder.envelope(body)).envelope();

      String signature = received.header("X-GHL-Signature");
      String legacy = received.header("X-WH-Signature");
      assertThat(authenticator.verify(body, signature, legacy)).isEqualTo(Verdict.GENUINE);
      assertThat(authenticator.verify(body, "", legacy)).isEqualTo(Verdict.GENUINE_LEGACY);
      assertThat(envelope.appId()).isEqualTo(fixture.settings.appId());
      assertThat(envelope.locationId()).isEqualTo(LOCATION);
      assertThat(envelope.entityKey()).isEqualTo("contact/" + id);
      assertThat(envelope.sentAt()).isAfter(Instant.EPOCH);
      WebhookEvent.ContactChanged changed =
          (WebhookEvent.ContactChanged) decoder.event(envelope, body);
      assertThat(changed.contact().fields().get(ContactField.FIRST_NAME.fieldName()))
          .contains(FieldValue.text("Zoë"));
    }
  }
}
