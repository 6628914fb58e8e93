package com.lpai.adapter.web.json;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.sync.Origin;
import jakarta.json.JsonObject;

/** Who wrote something, in JSON. */
public final class OriginJson {
  private OriginJson() {}

  public static JsonObject of(Origin origin) {
    return switch (origin) {
      case Origin.User(String subject) ->
          JSON.createObjectBuilder().add("origin", "user").add("subject", subject).build();
      case Origin.Part part -> JSON.createObjectBuilder().add("origin", word(part)).build();
    };
  }

  private static String word(Origin.Part part) {
    return switch (part) {
      case UNKNOWN -> "unknown";
      case WEBHOOK -> "webhook";
      case SETUP -> "setup";
      case RECONCILIATION -> "reconciliation";
      case PUSH_ANSWER -> "pushAnswer";
    };
  }
}
