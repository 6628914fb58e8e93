package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The shapes of the control API's answers. */
final class Replies {
  private Replies() {}

  static Reply items(List<JsonObject> items) {
    JsonArrayBuilder array = JsonText.array();
    items.forEach(array::add);
    return Reply.json(200, JsonText.object().add("items", array).build());
  }

  static Reply noContent() {
    return new Reply(204, Map.of(), new byte[0]);
  }

  static Reply error(int status, String message) {
    return Reply.json(
        status, JsonText.object().add("statusCode", status).add("message", message).build());
  }
}
