package com.lpai.adapter.ghl.webhook;

import static com.lpai.adapter.ghl.json.Provider.JSON;

import com.lpai.adapter.ghl.json.JsonReads;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.CharArrayReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The few fields of a body that say what it is and whose. The whole body is read, so that it is
 * known to be JSON, but only these fields are built, and no depth of nesting costs more than a
 * count. Of a field that comes twice the last one counts, as in {@link JsonReads}.
 */
final class EnvelopeFields {
  private static final String APPOINTMENT = "appointment";
  private static final String LOCATIONS = "locations";
  private static final Set<String> OF_AN_APPOINTMENT = Set.of("id", "locationId");
  private static final Set<String> OF_AN_EVENT =
      Set.of(
          "type",
          "webhookId",
          "appId",
          "companyId",
          "timestamp",
          "locationId",
          "id",
          "_id",
          "altId",
          "altType",
          "conversationId",
          APPOINTMENT,
          LOCATIONS);

  /** More digits than a time in milliseconds has. */
  private static final int LONGEST_NUMBER = 20;

  private static final JsonParserFactory PARSERS = JSON.createParserFactory(Map.of());
  private static final JsonBuilderFactory BUILDERS = JSON.createBuilderFactory(Map.of());

  /** Why a body is no event; says nothing of what is in it. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnreadableException(String reason) {
      super(reason, null, false, false);
    }
  }

  private final JsonParser parser;
  private int depth;

  private EnvelopeFields(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * The fields that are there.
   *
   * @throws UnreadableException when the body is no JSON object in UTF-8, or nested too deep
   */
  static JsonObject of(byte[] body) throws UnreadableException {
    CharBuffer text = text(body);
    try (JsonParser parser =
        PARSERS.createParser(
            new CharArrayReader(
                text.array(), text.arrayOffset() + text.position(), text.remaining()))) {
      return new EnvelopeFields(parser).document();
    } catch (JsonException
        | NoSuchElementException
        | IllegalStateException
        | IllegalArgumentException
        | ArithmeticException
        | UnsupportedOperationException malformed) {
      // The last three: what parsers throw at numbers of absurd length.
      throw new UnreadableException("the body is no JSON");
    }
  }

  private static CharBuffer text(byte[] body) throws UnreadableException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
    } catch (CharacterCodingException otherCharset) {
      throw new UnreadableException("the body is not in UTF-8");
    }
  }

  private JsonObject document() throws UnreadableException {
    if (next() != Event.START_OBJECT) {
      throw new UnreadableException("the body is no JSON object");
    }
    JsonObject fields = object(OF_AN_EVENT);
    if (parser.hasNext()) {
      throw new UnreadableException("the body is more than one JSON object");
    }
    return fields;
  }

  private Event next() throws UnreadableException {
    Event event = parser.next();
    switch (event) {
      case START_OBJECT, START_ARRAY -> {
        depth++;
        if (depth > JsonReads.DEEPEST) {
          throw new UnreadableException("the body is nested too deep");
        }
      }
      case END_OBJECT, END_ARRAY -> depth--;
      default -> {}
    }
    return event;
  }

  /** Reads to the end of the object that has just begun. */
  private JsonObject object(Set<String> wanted) throws UnreadableException {
    JsonObjectBuilder fields = BUILDERS.createObjectBuilder();
    while (next() == Event.KEY_NAME) {
      String key = parser.getString();
      Event value = next();
      if (wanted.contains(key)) {
        fields.add(key, value(key, value, wanted));
      } else {
        skip(value);
      }
    }
    return fields.build();
  }

  private JsonValue value(String key, Event value, Set<String> wanted) throws UnreadableException {
    switch (value) {
      case VALUE_STRING -> {
        return JSON.createValue(JsonReads.wellFormed(parser.getString()));
      }
      case VALUE_NUMBER -> {
        return parser.getString().length() <= LONGEST_NUMBER ? parser.getValue() : JsonValue.NULL;
      }
      case START_OBJECT -> {
        if (key.equals(APPOINTMENT) && wanted.contains(APPOINTMENT)) {
          return object(OF_AN_APPOINTMENT);
        }
      }
      case START_ARRAY -> {
        if (key.equals(LOCATIONS)) {
          return firstTwo();
        }
      }
      default -> {}
    }
    skip(value);
    return JsonValue.NULL;
  }

  /** Whether there is more than one is all that is asked of a list. */
  private JsonArray firstTwo() throws UnreadableException {
    JsonArrayBuilder items = BUILDERS.createArrayBuilder();
    int count = 0;
    for (Event item = next(); item != Event.END_ARRAY; item = next()) {
      if (count++ < 2) {
        items.add(value("", item, Set.of()));
      } else {
        skip(item);
      }
    }
    return items.build();
  }

  private void skip(Event begun) throws UnreadableException {
    if (begun == Event.START_OBJECT || begun == Event.START_ARRAY) {
      int outside = depth - 1;
      while (depth > outside) {
        next();
      }
    }
  }
}
