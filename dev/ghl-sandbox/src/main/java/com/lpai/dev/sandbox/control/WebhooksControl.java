package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.webhook.Webhooks;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Optional;

/** Webhooks sent by hand, what has become of all of them, and their keys. */
final class WebhooksControl implements ControlArea {
  private static final int MOST_SENDS = 10_000;

  private final Webhooks webhooks;

  WebhooksControl(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("POST", "/sandbox/webhooks", (request, path) -> send(request));
    router.add("GET", "/sandbox/webhooks", (request, path) -> list(request));
    router.add("GET", "/sandbox/keys", (request, path) -> keys(request));
  }

  private Reply send(Request request) {
    StrictJson body = StrictJson.of(request);
    String type = body.text("type");
    JsonObject payload = body.optionalObject("payload").orElse(JsonValue.EMPTY_JSON_OBJECT);
    int times = body.count("times", 1, MOST_SENDS);
    Duration delay = Duration.ofMillis(body.optionalCount("delayMs").orElse(0L));
    String sign = body.optionalText("sign").orElse("good");
    body.nothingElse();
    Optional<String> webhookId = webhooks.sendByHand(type, payload, times, delay, sign);
    JsonObjectBuilder answer = JsonText.object().add("queued", times);
    webhookId.ifPresent(id -> answer.add("webhookId", id));
    return Reply.json(202, answer.build());
  }

  private Reply list(Request request) {
    return Replies.items(webhooks.list(request.queryValue("type"), request.queryValue("state")));
  }

  private Reply keys(Request request) {
    boolean next = request.queryValue("next").map("true"::equals).orElse(false);
    return Reply.text(200, "application/x-pem-file", webhooks.publicKeys(next));
  }
}
