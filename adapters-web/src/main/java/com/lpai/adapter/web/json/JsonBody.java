package com.lpai.adapter.web.json;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.problem.Problem;
import com.lpai.adapter.web.problem.ProblemException;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a request's body as one JSON object; anything else ends the request with a problem. */
public final class JsonBody {
  /** The largest body that is read. */
  public static final int LIMIT = 1 << 20;

  private static final JsonParserFactory PARSERS = JSON.createParserFactory(Map.of());

  /** A name that occurs twice in one object has no defined meaning, so it is refused. */
  private static final JsonReaderFactory READERS =
      JSON.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

  private JsonBody() {}

  /**
   * Reads at most {@link #LIMIT} bytes.
   *
   * @throws ProblemException 413 when there are more, 400 when they are not one JSON object in
   *     UTF-8
   */
  public static JsonObject read(InputStream body) {
    return parse(text(bytes(body)));
  }

  /** As {@link #read}, and every property must be one of these. */
  public static JsonObject read(InputStream body, Set<String> properties) {
    JsonObject object = read(body);
    List<String> unknown =
        object.keySet().stream().filter(name -> !properties.contains(name)).sorted().toList();
    if (!unknown.isEmpty()) {
      throw new ProblemException(Problem.unknownProperties(unknown));
    }
    return object;
  }

  private static byte[] bytes(InputStream body) {
    Optional<byte[]> bytes;
    try {
      bytes = LimitedBody.read(body, LIMIT);
    } catch (IOException broken) {
      throw new ProblemException(Problem.malformed("The body ended too early."));
    }
    return bytes.orElseThrow(() -> new ProblemException(Problem.tooLarge(LIMIT)));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      throw new ProblemException(Problem.malformed("The body is not UTF-8."));
    }
  }

  private static JsonObject parse(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      if (!(reader.readValue() instanceof JsonObject object)) {
        throw new ProblemException(Problem.malformed("The body must be a JSON object: { … }."));
      }
      requireNothingMore(text);
      return object;
    } catch (ProblemException ours) {
      throw ours;
    } catch (RuntimeException notJson) {
      // Not only JsonException: deep nesting has a plain RuntimeException.
      throw new ProblemException(
          Problem.malformed(
              "The body is not JSON, or a name occurs twice in it, or it is nested too deeply."));
    }
  }

  /**
   * The reader stops at the end of the object. The parser is asked only once the object is known to
   * be whole: skipping one that is cut off never ends.
   */
  private static void requireNothingMore(String text) {
    try (JsonParser parser = PARSERS.createParser(new StringReader(text))) {
      parser.next();
      parser.skipObject();
      if (parser.hasNext()) {
        throw new ProblemException(Problem.malformed("The body must be one JSON object only."));
      }
    }
  }
}
