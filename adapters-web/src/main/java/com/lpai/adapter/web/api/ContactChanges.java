package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.JsonText;
import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.contact.ContactNormalizer;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the body of a create or of a merge patch of a contact. Groups are taken apart, so that each
 * tag, custom field and channel is merged on its own: an array of tags is the whole set, custom
 * fields are patched by id, channels by name.
 */
final class ContactChanges extends RecordChanges {
  private static final Set<String> SET_BY_SERVER = Set.of("ghlContactId", "fullName");
  private static final Set<String> GROUPS =
      Set.of(ContactField.TAGS, ContactField.CUSTOM_FIELDS, ContactField.DND_SETTINGS);
  private static final Set<String> CHANNELS =
      Set.of("Call", "Email", "SMS", "WhatsApp", "GMB", "FB");
  private static final Set<String> CHANNEL_PROPERTIES = Set.of("status", "message", "code");
  private static final Set<String> CHANNEL_STATES = Set.of("active", "inactive", "permanent");

  private ContactChanges(Fields present) {
    super(ContactField.TABLE, SET_BY_SERVER, present);
  }

  /**
   * The changes that a body asks for.
   *
   * @param present the contact's values now; none for a new one
   * @throws ProblemException 400, naming every property that is unknown or not accepted
   */
  static FieldChanges read(JsonObject body, Fields present) {
    return new ContactChanges(present).read(body);
  }

  @Override
  boolean isSpecial(String name) {
    return GROUPS.contains(name);
  }

  @Override
  void special(String name, JsonValue value) {
    switch (name) {
      case ContactField.TAGS -> tags(value);
      case ContactField.CUSTOM_FIELDS -> customFields(name, value);
      default -> channels(value);
    }
  }

  // ---- tags: the array is the whole set

  private void tags(JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(ContactField.TAGS, Set.of());
      return;
    }
    Optional<JsonArray> array = list(ContactField.TAGS, value, "texts");
    if (array.isEmpty()) {
      return;
    }
    Set<FieldName> named = new HashSet<>();
    for (JsonValue item : array.get()) {
      String tag = item instanceof JsonString text ? ContactNormalizer.tag(text.getString()) : "";
      if (!isElement(tag)) {
        refuse(
            ContactField.TAGS,
            "A tag is a text of 1 to " + longestElement() + " characters without line breaks.");
        return;
      }
      FieldName name = FieldName.element(ContactField.TAGS, tag);
      named.add(name);
      say(name, new FieldValue.Flag(true));
    }
    clearGroup(ContactField.TAGS, named);
  }

  // ---- do-not-disturb channels: each is patched on its own

  private void channels(JsonValue value) {
    if (value.equals(JsonValue.NULL)) {
      clearGroup(ContactField.DND_SETTINGS, Set.of());
      return;
    }
    if (!(value instanceof JsonObject channels)) {
      refuse(ContactField.DND_SETTINGS, "An object with channels is expected here.");
      return;
    }
    for (Map.Entry<String, JsonValue> channel : channels.entrySet()) {
      if (CHANNELS.contains(channel.getKey())) {
        channel(FieldName.element(ContactField.DND_SETTINGS, channel.getKey()), channel.getValue());
      } else {
        refuse(
            ContactField.DND_SETTINGS + "/" + channel.getKey(),
            "There is no such channel; there are " + String.join(", ", sorted(CHANNELS)) + ".");
      }
    }
  }

  private void channel(FieldName name, JsonValue patch) {
    if (patch.equals(JsonValue.NULL)) {
      say(name, FieldValue.cleared());
      return;
    }
    if (!(patch instanceof JsonObject properties)
        || !CHANNEL_PROPERTIES.containsAll(properties.keySet())) {
      refuse(name.value(), "An object with status, message and code is expected here.");
      return;
    }
    JsonValue before =
        present().get(name) instanceof FieldValue.Structure(String json)
            ? JsonText.parse(json)
            : JsonValue.EMPTY_JSON_OBJECT;
    JsonObject after = JSON.createMergePatch(properties).apply(before).asJsonObject();
    boolean texts = after.values().stream().allMatch(JsonString.class::isInstance);
    if (!texts || !CHANNEL_STATES.contains(after.getString("status", ""))) {
      refuse(
          name.value(),
          "status must be one of "
              + String.join(", ", sorted(CHANNEL_STATES))
              + "; message and code are texts.");
      return;
    }
    say(name, new FieldValue.Structure(JsonText.canonical(after)));
  }

  private static List<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
