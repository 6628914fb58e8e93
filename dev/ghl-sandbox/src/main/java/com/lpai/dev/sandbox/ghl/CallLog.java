package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Grant;
import com.lpai.dev.sandbox.world.IsoTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What was called, for tests. Never holds tokens, codes or secrets. */
public final class CallLog {

  /** Status of a call that got no answer. */
  static final int UNANSWERED = 0;

  private static final int REMEMBERED = 10_000;

  private record Key(String template, String method, int status, String actor, String locationId)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Long> counts = new TreeMap<>();
  private final Deque<JsonObject> last = new ArrayDeque<>();

  CallLog(InstantSource clock) {
    this.clock = clock;
  }

  void add(
      Request request, String template, int status, Optional<Grant> grant, Optional<String> fault) {
    String actor = grant.map(it -> it.actor().name().toLowerCase(Locale.ROOT)).orElse("anonymous");
    String locationId = grant.map(Grant::locationId).orElse("");
    JsonObject entry = entry(request, template, status, actor, locationId, fault);
    lock.lock();
    try {
      counts.merge(new Key(template, request.method(), status, actor, locationId), 1L, Long::sum);
      last.addLast(entry);
      if (last.size() > REMEMBERED) {
        last.removeFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Forgets all calls. */
  public void clear() {
    lock.lock();
    try {
      counts.clear();
      last.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The calls so far, counted by method, path template, status and actor.
   *
   * @param locationId only those of this location
   * @param actor only those of app, user or anonymous
   * @param detail whether to add the last 10,000 one by one, oldest first
   */
  public JsonObject describe(Optional<String> locationId, Optional<String> actor, boolean detail) {
    lock.lock();
    try {
      Map<Key, Long> merged = new TreeMap<>();
      counts.forEach(
          (key, count) -> {
            if (locationId.map(key.locationId()::equals).orElse(true)
                && actor.map(key.actor()::equals).orElse(true)) {
              merged.merge(
                  new Key(key.template(), key.method(), key.status(), key.actor(), ""),
                  count,
                  Long::sum);
            }
          });
      JsonObjectBuilder answer = JsonText.object().add("items", items(merged));
      answer.add("total", merged.values().stream().mapToLong(Long::longValue).sum());
      if (detail) {
        JsonArrayBuilder calls = JsonText.array();
        last.stream()
            .filter(it -> locationId.map(it.getString("locationId")::equals).orElse(true))
            .filter(it -> actor.map(it.getString("actor")::equals).orElse(true))
            .forEach(calls::add);
        answer.add("calls", calls);
      }
      return answer.build();
    } finally {
      lock.unlock();
    }
  }

  private static JsonArrayBuilder items(Map<Key, Long> counted) {
    JsonArrayBuilder items = JsonText.array();
    counted.forEach(
        (key, count) ->
            items.add(
                JsonText.object()
                    .add("method", key.method())
                    .add("path", key.template())
                    .add("status", key.status())
                    .add("actor", key.actor())
                    .add("count", count)));
    return items;
  }

  private JsonObject entry(
      Request request,
      String template,
      int status,
      String actor,
      String locationId,
      Optional<String> fault) {
    JsonObjectBuilder entry =
        JsonText.object()
            .add("at", IsoTime.of(clock.instant()))
            .add("method", request.method())
            .add("path", template)
            .add("status", status)
            .add("actor", actor)
            .add("locationId", locationId);
    if (template.equals(OAuthArea.TOKEN)) {
      entry.add("fields", JsonText.array(request.form().keySet()));
      entry.add("grantType", request.form().getOrDefault("grant_type", ""));
    } else {
      entry.add("target", request.path());
      JsonText.parse(request.body())
          .ifPresent(
              body -> {
                entry.add("body", body);
                if (body instanceof JsonObject object) {
                  entry.add("fields", JsonText.array(object.keySet()));
                }
              });
    }
    fault.ifPresent(kind -> entry.add("fault", kind));
    return entry.build();
  }
}
