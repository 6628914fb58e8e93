package com.lpai.dev.sandbox.hostile;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Bodies of webhooks that no honest sender sends, or only by a fault of its own. The same seed
 * gives the same bodies.
 */
public final class HostileBodies {
  private static final int KINDS = 18;
  private static final int DEEP = 100_000;
  private static final List<String> TYPES =
      List.of(
          "ContactCreate",
          "ContactUpdate",
          "ContactDelete",
          "ContactTagUpdate",
          "ContactDndUpdate",
          "OpportunityUpdate",
          "AppointmentUpdate",
          "InboundMessage",
          "UserCreate",
          "LocationUpdate",
          "InvoiceCreate",
          "INSTALL",
          "UNINSTALL",
          "Unheard");
  private static final List<String> FIELDS =
      List.of(
          "type",
          "locationId",
          "companyId",
          "appId",
          "webhookId",
          "timestamp",
          "id",
          "_id",
          "altId",
          "altType",
          "conversationId",
          "appointment",
          "locations",
          "firstName",
          "email",
          "phone",
          "tags",
          "dnd",
          "dndSettings",
          "dateOfBirth",
          "customFields",
          "dateAdded",
          "assignedTo",
          "country");
  private static final List<String> LOOK_ALIKES =
      List.of(
          "{\"$date\":\"2026-11-22T10:00:00Z\"}",
          "{\"$date\":{\"$numberLong\":\"1\"}}",
          "{\"$oid\":\"5f9f1b9b9c9d440000000000\"}",
          "{\"$ne\":null}",
          "{\"$where\":\"sleep(1000)\"}",
          "{\"$binary\":{\"base64\":\"AAAA\",\"subType\":\"00\"}}",
          "{\"$numberDecimal\":\"1e6144\"}",
          "{\"$undefined\":true}",
          "{\"$minKey\":1}",
          "{\"$ref\":\"a\",\"$id\":\"b\"}");
  private static final List<String> KEYS =
      List.of("$set", "$", "a.b", ".", "", "a..b", "$where", "_id.$oid", "__proto__", "\\u0000");
  private static final List<String> TEXTS =
      List.of(
          "\\ud800",
          "\\udfff\\ud83d",
          "\\u0000",
          "a\\u0000b",
          "\\u202e",
          "\ud83d\ude00",
          "\u0000",
          "\t");
  private static final List<String> NUMBERS =
      List.of(
          "1e999999999",
          "-1e-99999999999",
          "1E400",
          "-0",
          "0.1e1",
          "9".repeat(10_000),
          "1." + "0".repeat(5_000) + "1",
          "99999999999999999999",
          "-9223372036854775809",
          "1e-2147483649");
  private static final List<Charset> CHARSETS =
      List.of(
          StandardCharsets.UTF_16,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE,
          StandardCharsets.ISO_8859_1,
          Charset.forName("UTF-32"));

  private final SplittableRandom random;

  public HostileBodies(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The next so many. */
  public List<byte[]> next(int count) {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      bodies.add(next());
    }
    return bodies;
  }

  private byte[] next() {
    return switch (random.nextInt(KINDS)) {
      case 0 -> truncated(utf8(event()));
      case 1 -> damaged(utf8(event()));
      case 2 -> utf8(with("deep", nested(random.nextBoolean() ? "[" : "{\"a\":")));
      case 3 -> utf8(with(any(FIELDS), any(NUMBERS)));
      case 4 -> utf8(with(any(FIELDS), value(2)).replaceFirst("}$", "," + event().substring(1)));
      case 5 -> utf8(with(any(KEYS), with(any(KEYS), value(2))));
      case 6 -> utf8(with(any(FIELDS), any(LOOK_ALIKES)));
      case 7 -> utf8(wrongTypes());
      case 8 -> event().replace("Jo", "Jos\u00e9").getBytes(any(CHARSETS));
      case 9 -> utf8("\ufeff" + event());
      case 10 -> utf8(with(any(FIELDS), text(any(TEXTS))));
      case 11 -> utf8(with(any(FIELDS), text("x".repeat(giant()))));
      case 12 -> bytes(random.nextInt(300));
      case 13 -> utf8(value(4));
      case 14 -> utf8(with("many", many()));
      case 15 ->
          utf8(with(any(FIELDS), text(any(List.of("", " ", "a b", "i".repeat(129), "\\n")))));
      case 16 -> utf8(event() + any(List.of("{}", " x", "/* */", "]", "\u0000", ",")));
      default -> utf8(event().replace('"', '\'').replace("Jo", any(List.of("NaN", "Infinity"))));
    };
  }

  /** An event as it should be. */
  private String event() {
    return "{\"type\":\""
        + any(TYPES)
        + "\",\"locationId\":\"fuzz"
        + random.nextInt(5)
        + "\",\"companyId\":\"comp\",\"webhookId\":\""
        + Long.toHexString(random.nextLong())
        + "\",\"id\":\"c"
        + random.nextInt(50)
        + "\",\"firstName\":\"Jo\",\"tags\":[\"a\"],\"timestamp\":\"2026-11-22T10:00:00Z\"}";
  }

  /** The same with one more field, which may be there already. */
  private String with(String field, String value) {
    String event = event();
    return event.substring(0, event.length() - 1) + ",\"" + field + "\":" + value + "}";
  }

  private String wrongTypes() {
    StringBuilder body = new StringBuilder("{\"webhookId\":\"" + random.nextLong() + "\"");
    for (String field : FIELDS) {
      if (random.nextInt(4) > 0 || field.equals("type")) {
        String value = field.equals("type") && random.nextInt(3) > 0 ? text(any(TYPES)) : value(3);
        body.append(",\"").append(field).append("\":").append(value);
      }
    }
    return body.append('}').toString();
  }

  private String nested(String opening) {
    String closing = opening.equals("[") ? "]" : "}";
    String end = random.nextBoolean() ? closing.repeat(DEEP) : "";
    return opening.repeat(DEEP) + (opening.equals("[") ? "" : "1") + end;
  }

  /** Any JSON value. */
  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 6)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> any(NUMBERS);
      case 3 -> text(any(TEXTS));
      case 4 -> text("w" + random.nextInt(1_000));
      case 5 -> Integer.toString(random.nextInt());
      case 6 -> any(LOOK_ALIKES);
      case 7 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
      default ->
          "{\""
              + any(FIELDS)
              + "\":"
              + value(depth - 1)
              + ",\""
              + any(KEYS)
              + "\":"
              + value(0)
              + "}";
    };
  }

  private String many() {
    StringBuilder fields = new StringBuilder("{\"k\":0");
    for (int i = random.nextInt(2_000); i > 0; i--) {
      fields.append(",\"k").append(i).append("\":[]");
    }
    return fields.append('}').toString();
  }

  private int giant() {
    return random.nextInt(50) == 0 ? 900_000 : random.nextInt(20_000);
  }

  private byte[] truncated(byte[] whole) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  private byte[] damaged(byte[] whole) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      whole[random.nextInt(whole.length)] = (byte) random.nextInt();
    }
    return whole;
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(String inside) {
    return '"' + inside + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
