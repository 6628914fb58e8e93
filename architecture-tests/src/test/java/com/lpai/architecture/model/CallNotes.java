package com.lpai.architecture.model;

import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.domain.sync.Mirrored;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks at our calls on their way to GoHighLevel, one after the other. */
final class CallNotes {
  private final Sides sides;
  private final Function<Request, Answer> answers;
  private final List<Look> looks = new ArrayList<>();

  /** A read of one of our records, which had this version then. */
  private record Look(ModelKind kind, String id, long version, Runnable takeBack) {}

  /**
   * Of a location.
   *
   * @param answers gives GoHighLevel's answers
   */
  CallNotes(Sides sides, Function<Request, Answer> answers) {
    this.sides = sides;
    this.answers = answers;
  }

  /** Notes what a call of ours read of a record there, and whose values it wrote over. */
  Answer noted(Request request) {
    Optional<ModelKind> kind = about(request.path());
    if (kind.isEmpty() || request.path().contains("/search")) {
      return answers.apply(request);
    }
    List<String> path = List.of(request.path().split("/", -1));
    if (request.method().equals("GET")) {
      Answer answer = answers.apply(request);
      if (answer instanceof Answer.Reply reply && reply.status() == 200) {
        looked(kind.get(), path.getLast());
      }
      return answer;
    }
    Map<String, JsonObject> before = sides.there.records(kind.get());
    Answer answer = answers.apply(request);
    Map<String, JsonObject> after = sides.there.records(kind.get());
    path.stream()
        .filter(id -> before.containsKey(id) && after.containsKey(id))
        .forEach(id -> overwritten(kind.get(), id, before.get(id), after.get(id)));
    after.keySet().stream()
        .filter(id -> !before.containsKey(id))
        .forEach(id -> madeByUs(kind.get(), id, after.get(id)));
    return answer;
  }

  /** The reads before are over: what they showed is stored, or was not wanted. */
  void stepBegins() {
    looks.clear();
  }

  /** A process died in this step: what it had read and not stored is known to nobody. */
  void died() {
    looks.reversed().stream()
        .filter(look -> version(look.kind(), look.id()) == look.version())
        .forEach(look -> look.takeBack().run());
    looks.clear();
  }

  private void looked(ModelKind kind, String id) {
    looks.add(new Look(kind, id, version(kind, id), sides.tales.shown(kind, id)));
  }

  private long version(ModelKind kind, String id) {
    return sides.here.live(kind).stream()
        .filter(record -> record.crmId().map(Object::toString).filter(id::equals).isPresent())
        .mapToLong(Mirrored::version)
        .findFirst()
        .orElse(0);
  }

  private static Optional<ModelKind> about(String path) {
    return Stream.of(ModelKind.values())
        .filter(kind -> (path + "/").startsWith(kind.path()))
        .findFirst();
  }

  private void madeByUs(ModelKind kind, String id, JsonObject record) {
    for (ModelField field : ModelField.of(kind)) {
      sides.tales.chosenThere(kind, id, field.name(), sides.valueThere(record, field));
    }
  }

  private void overwritten(ModelKind kind, String id, JsonObject before, JsonObject after) {
    for (ModelField field : ModelField.of(kind)) {
      String value = sides.valueThere(before, field);
      if (!value.equals(sides.valueThere(after, field))) {
        sides.tales.overwritten(kind, id, field.name(), value);
      }
    }
  }
}
