package com.lpai.adapter.ghl.failure;

import com.lpai.adapter.ghl.json.JsonReads;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GoHighLevel's own words, fit to be logged and shown: no token, no personal data, not long. */
public final class Messages {
  private static final int LONGEST = 500;
  private static final Pattern TOKEN =
      Pattern.compile("(?i)bearer\\s+\\S+|eyJ[\\w-]+\\.[\\w.-]+|pit-[\\w-]+");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@\"'<>]+@[^\\s@\"'<>]+\\.[^\\s@\"'<>]+");
  private static final Pattern PHONE = Pattern.compile("(?<!\\w)\\+?\\d[\\d ().-]{6,}\\d(?!\\w)");

  private Messages() {}

  /**
   * The message of an error envelope, several joined, whatever its form (ghl-facts.md 1, 5); empty
   * when there is none.
   */
  public static String of(JsonObject body) {
    JsonObject newer = JsonReads.child(body, "error");
    for (String found :
        new String[] {
          joined(JsonReads.list(body, "message")),
          JsonReads.text(body, "message"),
          JsonReads.text(newer, "message"),
          JsonReads.text(body, "error_description"),
          JsonReads.text(body, "error"),
        }) {
      if (!found.isBlank()) {
        return clean(found);
      }
    }
    return "";
  }

  private static String joined(JsonArray messages) {
    return messages.stream()
        .filter(JsonString.class::isInstance)
        .map(message -> ((JsonString) message).getString())
        .collect(Collectors.joining("; "));
  }

  /** The same text without tokens, e-mail addresses, phone numbers and line breaks. */
  public static String clean(String text) {
    // Cut twice: what the first cut goes through is beyond the second one.
    String bounded = text.substring(0, Math.min(text.length(), 2 * LONGEST));
    String withoutTokens = TOKEN.matcher(bounded).replaceAll("(hidden)");
    String withoutEmails = EMAIL.matcher(withoutTokens).replaceAll("(hidden)");
    String clean =
        PHONE.matcher(withoutEmails).replaceAll("(hidden)").replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
  }
}
