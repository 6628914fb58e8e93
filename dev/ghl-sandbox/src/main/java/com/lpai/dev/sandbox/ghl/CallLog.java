package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.IsoTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** What was called, for tests. Never holds tokens, codes or secrets. */
public final class CallLog {

  /** Status of a call that got no answer. */
  static final int UNANSWERED = 0;

  private static final int REMEMBERED = 10_000;

  /**
   * Which calls to show.
   *
   * @param locationId only those about this location
   * @param companyId only those with a token of this company or its locations
   * @param actor only those of app, user, private or anonymous
   * @param byOwner whether to count each location and company on its own
   * @param detail whether to add the last 10,000 one by one, oldest first
   */
  public record Question(
      Optional<String> locationId,
      Optional<String> companyId,
      Optional<String> actor,
      boolean byOwner,
      boolean detail) {
    /** All calls, one by one, too. */
    public static Question everything() {
      return new Question(Optional.empty(), Optional.empty(), Optional.empty(), false, true);
    }

    private boolean wants(String itsLocation, String itsCompany, String itsActor) {
      return locationId.map(itsLocation::equals).orElse(true)
          && companyId.map(itsCompany::equals).orElse(true)
          && actor.map(itsActor::equals).orElse(true);
    }
  }

  private record Key(String template, String method, int status, String grantType, Caller caller)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }

    Key withoutOwner() {
      return new Key(template, method, status, "", new Caller(caller.actor(), "", "", ""));
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
      Instant begun,
      Request request,
      String template,
      int status,
      Caller caller,
      Optional<String> fault) {
    String grantType =
        template.equals(TokenArea.TOKEN)
            ? TokenFields.of(request).getOrDefault("grant_type", "")
            : "";
    JsonObject entry = entry(begun, request, template, status, caller, fault);
    lock.lock();
    try {
      counts.merge(new Key(template, request.method(), status, grantType, caller), 1L, Long::sum);
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

  /** The calls so far, counted by method, path template, status and actor. */
  public JsonObject describe(Question question) {
    lock.lock();
    try {
      Map<Key, Long> merged = new TreeMap<>();
      counts.forEach(
          (key, count) -> {
            Caller caller = key.caller();
            if (question.wants(caller.locationId(), caller.companyId(), caller.actor())) {
              merged.merge(question.byOwner() ? key : key.withoutOwner(), count, Long::sum);
            }
          });
      JsonObjectBuilder answer = JsonText.object().add("items", items(merged));
      answer.add("total", merged.values().stream().mapToLong(Long::longValue).sum());
      if (question.detail()) {
        JsonArrayBuilder calls = JsonText.array();
        last.stream()
            .filter(
                it ->
                    question.wants(
                        it.getString("locationId"),
                        it.getString("companyId"),
                        it.getString("actor")))
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
    counted.forEach((key, count) -> items.add(item(key, count)));
    return items;
  }

  private static JsonObjectBuilder item(Key key, long count) {
    JsonObjectBuilder item =
        JsonText.object()
            .add("method", key.method())
            .add("path", key.template())
            .add("status", key.status())
            .add("actor", key.caller().actor())
            .add("count", count);
    Map<String, String> more = new LinkedHashMap<>();
    more.put("grantType", key.grantType());
    more.put("userType", key.caller().userType());
    more.put("locationId", key.caller().locationId());
    more.put("companyId", key.caller().companyId());
    more.forEach(
        (name, value) -> {
          if (!value.isEmpty()) {
            item.add(name, value);
          }
        });
    return item;
  }

  private JsonObject entry(
      Instant begun,
      Request request,
      String template,
      int status,
      Caller caller,
      Optional<String> fault) {
    JsonObjectBuilder entry =
        JsonText.object()
            .add("begunAt", IsoTime.of(begun))
            .add("at", IsoTime.of(clock.instant()))
            .add("method", request.method())
            .add("path", template)
            .add("status", status)
            .add("actor", caller.actor())
            .add("userType", caller.userType())
            .add("locationId", caller.locationId())
            .add("companyId", caller.companyId());
    boolean secret =
        template.equals(TokenArea.TOKEN) || template.equals(CompanyArea.LOCATION_TOKEN);
    if (secret) {
      Map<String, String> fields = TokenFields.of(request);
      entry.add("fields", JsonText.array(fields.keySet()));
      entry.add("grantType", fields.getOrDefault("grant_type", ""));
      entry.add("askedUserType", fields.getOrDefault("user_type", ""));
    } else {
      entry.add("target", request.path());
      JsonObjectBuilder query = JsonText.object();
      new TreeMap<>(request.query()).forEach(query::add);
      entry.add("query", query);
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
