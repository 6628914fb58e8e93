package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.fault.Fault;
import com.lpai.dev.sandbox.fault.Faults;
import com.lpai.dev.sandbox.ghl.CallLog;
import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;

/** What was called, and what goes wrong with it. */
final class TrafficControl implements ControlArea {
  private final CallLog callLog;
  private final Faults faults;

  TrafficControl(CallLog callLog, Faults faults) {
    this.callLog = callLog;
    this.faults = faults;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("GET", "/sandbox/calls", (request, path) -> calls(request));
    router.add("DELETE", "/sandbox/calls", (request, path) -> clearCalls());
    router.add("PUT", "/sandbox/faults", (request, path) -> putFaults(request));
    router.add("GET", "/sandbox/faults", (request, path) -> listFaults());
    router.add("DELETE", "/sandbox/faults", (request, path) -> clearFaults());
  }

  /** Reads a list of faults; a tester may send the bare list or {@code {"faults": […]}}. */
  static List<Fault> faultsOf(JsonValue body) {
    JsonValue list = body;
    if (body instanceof JsonObject object) {
      StrictJson reader = new StrictJson(object);
      list = reader.value("faults").orElse(JsonValue.NULL);
      reader.nothingElse();
    }
    if (!(list instanceof JsonArray items)) {
      throw new IllegalArgumentException("send a list of faults");
    }
    return items.stream()
        .map(
            item -> {
              if (item instanceof JsonObject fault) {
                return Fault.of(fault);
              }
              throw new IllegalArgumentException("each fault must be an object");
            })
        .toList();
  }

  private Reply calls(Request request) {
    return Reply.json(
        200,
        callLog.describe(
            new CallLog.Question(
                request.queryValue("locationId"),
                request.queryValue("companyId"),
                request.queryValue("actor"),
                request.queryValue("by").map("owner"::equals).orElse(false),
                request.queryValue("detail").map("true"::equals).orElse(false))));
  }

  private Reply clearCalls() {
    callLog.clear();
    return Replies.noContent();
  }

  private Reply putFaults(Request request) {
    faults.replaceBy(
        faultsOf(
            JsonText.parse(request.body())
                .orElseThrow(() -> new IllegalArgumentException("the body is not JSON"))));
    return listFaults();
  }

  private Reply listFaults() {
    return Replies.items(faults.describe());
  }

  private Reply clearFaults() {
    faults.clear();
    return Replies.noContent();
  }
}
