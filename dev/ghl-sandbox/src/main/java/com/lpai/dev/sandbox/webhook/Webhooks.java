package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Delivery.Sign;
import com.lpai.dev.sandbox.webhook.Delivery.State;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Sends what happens in GoHighLevel to the app's webhook URL, in its envelope and signed. */
public final class Webhooks implements AutoCloseable {
  private static final List<String> ENVELOPE =
      List.of("type", "timestamp", "webhookId", "appId", "versionId");

  private final World world;
  private final Faults faults;
  private final String appId;
  private final WebhookKeys keys;
  private final Deliveries deliveries;
  private final AtomicLong order;

  /**
   * @param target the app's default webhook URL
   * @param seed of the retries' jitter
   */
  public Webhooks(World world, Faults faults, String appId, URI target, long seed) {
    this.world = world;
    this.faults = faults;
    this.appId = appId;
    this.keys = WebhookKeys.keptOn(world.shelf("webhook-keys"));
    this.deliveries = new Deliveries(world.shelf("deliveries"), world.clock(), target, keys, seed);
    this.order = new AtomicLong(world.clock().instant().toEpochMilli() << 12);
  }

  public void start() {
    deliveries.start();
  }

  /** Both public keys as PEM. */
  public String publicKeys() {
    return keys.pem();
  }

  /** Something happened in a location; the app hears of it only where it is installed. */
  public void happened(String type, String locationId, JsonObject fields) {
    if (world.installs().has(locationId)) {
      send(
          type,
          JsonText.object().add("locationId", locationId).addAll(JsonText.object(fields)).build());
    }
  }

  /** Something happened that the app hears of in any case. */
  public void send(String type, JsonObject fields) {
    sendWritten(written(type, fields));
  }

  /** Makes the body of an event: sent again, it is the same event. */
  public JsonObject written(String type, JsonObject fields) {
    return envelope(type, fields);
  }

  /**
   * Sends an event that was written before.
   *
   * @return what {@link #awaitFirstAttempts} waits for; nothing when the event gets lost
   */
  public List<String> sendWritten(JsonObject envelope) {
    String type = envelope.getString("type");
    Optional<Fault> fault =
        faults.forWebhook(
            type, envelope.getString("locationId", ""), envelope.getString("companyId", ""));
    Instant now = world.clock().instant();
    if (fault.isEmpty()) {
      return List.of(enqueue(type, envelope, Sign.GOOD, now));
    }
    return switch (fault.get().kind()) {
      case WEBHOOK_DROP -> List.of();
      case WEBHOOK_DELAY ->
          List.of(enqueue(type, envelope, Sign.GOOD, now.plus(fault.get().time())));
      default ->
          IntStream.range(0, fault.get().copies())
              .mapToObj(copy -> enqueue(type, envelope, Sign.GOOD, now))
              .toList();
    };
  }

  /**
   * Waits until each of these deliveries has been tried once.
   *
   * @param within in real time
   * @return whether all were
   */
  public boolean awaitFirstAttempts(Collection<String> deliveryIds, Duration within)
      throws InterruptedException {
    return deliveries.awaitFirstAttempts(deliveryIds, within);
  }

  /**
   * Sends a webhook by hand.
   *
   * @param payload may set parts of the envelope itself, or leave them out by null
   * @param times the same bytes are sent so often
   * @param sign good, bad or none; only good ones are retried
   * @return its webhookId, empty when the payload leaves it out
   * @throws IllegalArgumentException when sign is none of these
   */
  public Optional<String> sendByHand(
      String type, JsonObject payload, int times, Duration delay, String sign) {
    Sign how = sign(sign);
    JsonObject envelope = envelope(type, payload);
    for (int i = 0; i < times; i++) {
      enqueue(type, envelope, how, world.clock().instant().plus(delay));
    }
    return JsonText.text(envelope, "webhookId");
  }

  /** What waits and what has ended lately. */
  public List<JsonObject> list() {
    return deliveries.list().stream().map(Webhooks::describe).toList();
  }

  @Override
  public void close() {
    deliveries.close();
  }

  private String enqueue(String type, JsonObject envelope, Sign sign, Instant due) {
    String id = "%020d".formatted(order.incrementAndGet());
    deliveries.add(
        new Delivery(
            id,
            type,
            JsonText.text(envelope, "webhookId").orElse(""),
            envelope.toString(),
            sign,
            State.PENDING,
            0,
            0,
            due));
    return id;
  }

  private JsonObject envelope(String type, JsonObject payload) {
    JsonObjectBuilder envelope =
        JsonText.object()
            .add("type", type)
            .add("timestamp", IsoTime.of(world.clock().instant()))
            .add("webhookId", UUID.randomUUID().toString())
            .add("appId", appId)
            .add("versionId", appId);
    List<String> leftOut = new ArrayList<>();
    payload.forEach(
        (name, value) -> {
          if (ENVELOPE.contains(name) && JsonValue.NULL.equals(value)) {
            leftOut.add(name);
          } else {
            envelope.add(name, value);
          }
        });
    leftOut.forEach(envelope::remove);
    return envelope.build();
  }

  private static Sign sign(String name) {
    return switch (name) {
      case "good" -> Sign.GOOD;
      case "bad" -> Sign.BAD;
      case "none" -> Sign.NONE;
      default -> throw new IllegalArgumentException("property sign must be good, bad or none");
    };
  }

  private static JsonObject describe(Delivery delivery) {
    return JsonText.object()
        .add("type", delivery.type())
        .add("webhookId", delivery.webhookId())
        .add("state", delivery.state().name().toLowerCase(Locale.ROOT))
        .add("attempts", delivery.attempts())
        .add("lastStatus", delivery.lastStatus())
        .add("due", delivery.due().toString())
        .build();
  }
}
