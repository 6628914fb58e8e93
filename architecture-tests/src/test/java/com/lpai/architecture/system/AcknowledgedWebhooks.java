package com.lpai.architecture.system;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.Document;

/** The webhooks that the server has answered with 200, as their sender saw it. */
public final class AcknowledgedWebhooks {
  private static final Set<String> OVER = Set.of("done", "skipped");

  private final HttpCalls sandbox;
  private final Set<String> ids = new HashSet<>();

  public AcknowledgedWebhooks(HttpCalls sandbox) {
    this.sandbox = sandbox;
  }

  /**
   * To be called often: the sandbox remembers the last ten thousand.
   *
   * @return how many the sandbox is still to deliver
   */
  public synchronized int note() {
    int waiting = 0;
    for (JsonValue item : sandbox.get("/sandbox/webhooks").json().getJsonArray("items")) {
      JsonObject delivery = item.asJsonObject();
      switch (delivery.getString("state")) {
        case "delivered" -> ids.add(delivery.getString("webhookId"));
        case "pending" -> waiting++;
        default -> {}
      }
    }
    return waiting;
  }

  /** How many there are. */
  public synchronized int count() {
    return ids.size();
  }

  /** Each of them must be stored once, and be over with nothing left to do. */
  public synchronized void check(MongoDatabase database, Consumer<String> findings) {
    Map<String, Integer> stored = new HashMap<>();
    for (Document event :
        database
            .getCollection("webhook_queue")
            .find(Filters.empty())
            .projection(Projections.include("webhookId", "status", "outcome", "type"))) {
      stored.merge(event.getString("webhookId"), 1, Integer::sum);
      if (!OVER.contains(event.getString("status"))) {
        findings.accept(
            "webhook %s (%s) ended as %s: %s"
                .formatted(
                    event.getString("webhookId"),
                    event.getString("type"),
                    event.getString("status"),
                    event.getString("outcome")));
      }
    }
    for (String id : ids) {
      int times = stored.getOrDefault(id, 0);
      if (times != 1) {
        findings.accept("webhook " + id + " was acknowledged and is stored " + times + " times");
      }
    }
  }
}
