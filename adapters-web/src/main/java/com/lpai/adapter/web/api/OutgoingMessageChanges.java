package com.lpai.adapter.web.api;

import com.lpai.domain.conversation.OutgoingMessageField;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Set;

/** Reads the body of a message that is to be sent. */
final class OutgoingMessageChanges extends RecordChanges {
  private static final Set<String> SET_BY_SERVER = Set.of("ghlMessageId", "ghlContactId");

  private OutgoingMessageChanges() {
    super(OutgoingMessageField.TABLE, SET_BY_SERVER, Fields.NONE);
  }

  /**
   * What a body says.
   *
   * @throws com.lpai.adapter.web.problem.ProblemException 400, naming every property that is
   *     unknown or not accepted
   */
  static FieldChanges of(JsonObject body) {
    return new OutgoingMessageChanges().read(body);
  }

  @Override
  boolean isSpecial(String name) {
    return OutgoingMessageField.LISTS.stream().anyMatch(field -> field.key().equals(name));
  }

  @Override
  void special(String name, JsonValue value) {
    if (value.equals(JsonValue.NULL) || value.equals(JsonValue.EMPTY_JSON_ARRAY)) {
      say(FieldName.of(name), FieldValue.cleared());
    } else if (value instanceof JsonArray array
        && array.stream().allMatch(JsonString.class::isInstance)) {
      say(
          FieldName.of(name),
          new FieldValue.Texts(
              array.getValuesAs(JsonString.class).stream().map(JsonString::getString).toList()));
    } else {
      refuse(name, "A list of texts or null is expected here.");
    }
  }
}
