package com.lpai.dev.sandbox.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.webhook.Delivery.Sign;
import com.lpai.dev.sandbox.webhook.Delivery.State;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.Settings;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Sends what happens in GoHighLevel to the app's webhook URL, in its envelope and signed. */
public final class Webhooks implements AutoCloseable {
  private static final List<String> ENVELOPE =
      List.of("type", "timestamp", "webhookId", "appId", "versionId");

  /** What a contact event may leave out. */
  private static final Set<String> NEVER_LEFT_OUT =
      Set.of("id", "locationId", "dateAdded", "type", "timestamp", "webhookId", "appId");

  private static final double SHARE_LEFT_OUT = 0.2;

  private final World world;
  private final Settings settings;
  private final Faults faults;
  private final String appId;
  private final WebhookKeys keys;
  private final Courier deliveries;
  private final AtomicLong order;
  private final Random chance;

  private Webhooks(World world, Faults faults, App app, WebhookKeys keys, Courier deliveries) {
    this.world = world;
    this.settings = world.settings();
    this.faults = faults;
    this.appId = app.appId();
    this.keys = keys;
    this.deliveries = deliveries;
    this.order = new AtomicLong(world.clock().instant().toEpochMilli() << 12);
    this.chance = new Random(settings.seed());
  }

  /** Sent to the app's webhook URL. */
  public static Webhooks overHttp(World world, Faults faults, App app) {
    WebhookKeys keys = WebhookKeys.keptOn(world.shelf("webhook-keys"));
    return new Webhooks(world, faults, app, keys, new Deliveries(world, app.webhookUrl(), keys));
  }

  /**
   * Handed over in this process, unsigned, at the moment at which they are written.
   *
   * @param receiver takes the body of each
   */
  public static Webhooks handedOver(
      World world, Faults faults, App app, Consumer<String> receiver) {
    WebhookKeys keys = WebhookKeys.keptOn(world.shelf("webhook-keys"));
    return new Webhooks(world, faults, app, keys, new HandOver(receiver));
  }

  public void start() {
    deliveries.start();
  }

  /**
   * Both public keys as PEM.
   *
   * @param next those that sign after a change of keys
   */
  public String publicKeys(boolean next) {
    return keys.pem(next);
  }

  /** Something happened in a location; the app hears of it only where it is installed. */
  public void happened(String type, String locationId, JsonObject fields) {
    if (world.installs().has(locationId)) {
      JsonObjectBuilder event = JsonText.object().add("locationId", locationId);
      fields.forEach(
          (name, value) -> {
            if (!isLeftOut(type, name)) {
              event.add(name, value);
            }
          });
      send(type, event.build());
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
    return fault
        .map(it -> sendWith(it, type, envelope))
        .orElseGet(() -> List.of(enqueue(type, envelope, sign(), soon())));
  }

  private List<String> sendWith(Fault fault, String type, JsonObject envelope) {
    Instant now = world.clock().instant();
    return switch (fault.kind()) {
      case WEBHOOK_DROP -> List.of();
      case WEBHOOK_DELAY -> List.of(enqueue(type, envelope, sign(), now.plus(fault.time())));
      case WEBHOOK_REORDER -> List.of(enqueueMirrored(type, envelope, now, fault.time()));
      case WEBHOOK_BAD_SIGNATURE -> List.of(enqueue(type, envelope, Sign.BAD_ONCE, now));
      case WEBHOOK_NEXT_KEY -> List.of(enqueue(type, envelope, Sign.NEXT, now));
      case WEBHOOK_OVERSIZED -> List.of(enqueue(type, padded(envelope, fault), sign(), now));
      default ->
          IntStream.range(0, fault.copies())
              .mapToObj(copy -> enqueue(type, envelope, sign(), now))
              .toList();
    };
  }

  /** Mirrors the time at the end of its window: what was last comes first. */
  private String enqueueMirrored(String type, JsonObject envelope, Instant now, Duration window) {
    long millis = now.toEpochMilli();
    long end = (millis / window.toMillis() + 1) * window.toMillis();
    String id = "%020d".formatted(Long.MAX_VALUE - order.incrementAndGet());
    return enqueue(id, type, envelope, sign(), Instant.ofEpochMilli(2 * end - millis));
  }

  private static JsonObject padded(JsonObject envelope, Fault fault) {
    String empty = JsonText.object(envelope).add("padding", "").build().toString();
    int missing = fault.bytes() - empty.getBytes(UTF_8).length;
    return JsonText.object(envelope).add("padding", "x".repeat(Math.max(0, missing))).build();
  }

  private Sign sign() {
    return settings.get(Settings.WEBHOOK_KEY).equals("next") ? Sign.NEXT : Sign.GOOD;
  }

  private Instant soon() {
    int jitter = settings.get(Settings.WEBHOOK_JITTER_MILLIS);
    return world.clock().instant().plusMillis(jitter == 0 ? 0 : chance.nextInt(jitter + 1));
  }

  private boolean isLeftOut(String type, String field) {
    return type.startsWith("Contact")
        && settings.get(Settings.WEBHOOK_LEAVES_OUT_FIELDS)
        && !NEVER_LEFT_OUT.contains(field)
        && chance.nextDouble() < SHARE_LEFT_OUT;
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
   * @param sign good, next (by the next keys), bad or none; the last two are not retried
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

  /**
   * What waits and what has ended lately.
   *
   * @param type only those of this type
   * @param state only those that are pending, delivered or given_up
   */
  public List<JsonObject> list(Optional<String> type, Optional<String> state) {
    return deliveries.list().stream()
        .map(Webhooks::describe)
        .filter(it -> type.map(it.getString("type")::equals).orElse(true))
        .filter(it -> state.map(it.getString("state")::equals).orElse(true))
        .toList();
  }

  @Override
  public void close() {
    deliveries.close();
  }

  private String enqueue(String type, JsonObject envelope, Sign sign, Instant due) {
    return enqueue("%020d".formatted(order.incrementAndGet()), type, envelope, sign, due);
  }

  private String enqueue(String id, String type, JsonObject envelope, Sign sign, Instant due) {
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
      case "next" -> Sign.NEXT;
      default ->
          throw new IllegalArgumentException("property sign must be good, bad, none or next");
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
