package com.lpai.adapter.ghl.client;

import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.domain.crm.PageText;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An answer, read to its end.
 *
 * @param headers by name in lower case; the first value of each
 * @param text the body as it came
 * @param json the body; empty when it is no JSON object
 */
public record GhlAnswer(
    int status, Map<String, String> headers, PageText text, Optional<JsonObject> json) {
  private static final int LARGEST = 32 * 1024 * 1024;

  public GhlAnswer {
    headers = Map.copyOf(headers);
  }

  /**
   * Reads an answer.
   *
   * @param most how long the whole body may take; each silence within it is bounded by the client's
   *     own time-out
   * @throws IOException when it breaks off, takes too long or is larger than anything the CRM sends
   */
  public static GhlAnswer read(Response response, Duration most) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    response
        .getStringHeaders()
        .forEach(
            (name, values) ->
                headers.put(
                    name.toLowerCase(Locale.ROOT), values.isEmpty() ? "" : values.getFirst()));
    byte[] body = response.hasEntity() ? body(response, most) : new byte[0];
    return new GhlAnswer(response.getStatus(), headers, PageText.of(body), JsonReads.object(body));
  }

  private static byte[] body(Response response, Duration most) throws IOException {
    long begun = System.nanoTime();
    try (InputStream in = response.readEntity(InputStream.class)) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] chunk = new byte[16 * 1024];
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        body.write(chunk, 0, read);
        if (body.size() > LARGEST) {
          throw new IOException("the answer is larger than " + LARGEST + " bytes");
        }
        if (System.nanoTime() - begun > most.toNanos()) {
          throw new IOException("the answer took longer than " + most.toSeconds() + " s");
        }
      }
      return body.toByteArray();
    }
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Bytes of the body. */
  public int size() {
    return text.size();
  }

  /** The body, or an empty object. */
  public JsonObject body() {
    return json.orElse(JsonValue.EMPTY_JSON_OBJECT);
  }

  /** A header's value; empty when it is absent. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** What HighLevel's support asks for (ghl-facts.md 1); empty when the answer has none. */
  public String traceId() {
    String inBody = JsonReads.text(body(), "traceId");
    String found = inBody.isEmpty() ? header("traceId") : inBody;
    String named = found.isEmpty() ? header("x-trace-id") : found;
    return named.length() > 64 ? named.substring(0, 64) : named;
  }
}
