package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * One webhook on its way. Its body never changes: a retry sends the bytes that were signed first.
 *
 * @param id orders the deliveries by their making
 * @param sign how it is signed
 * @param attempts made so far
 * @param lastStatus of the last attempt: 0 for none yet, -1 for no answer
 * @param due when the next attempt may start
 */
record Delivery(
    String id,
    String type,
    String webhookId,
    String body,
    Sign sign,
    State state,
    int attempts,
    int lastStatus,
    Instant due) {

  /** How a webhook is signed. */
  enum Sign {
    GOOD,
    /** By the next keys. */
    NEXT,
    BAD,
    /** Wrong at the first attempt, right from then on. */
    BAD_ONCE,
    NONE
  }

  /** Where a delivery stands. */
  enum State {
    PENDING,
    DELIVERED,
    GIVEN_UP
  }

  /** Whether it is tried again: what is wrongly signed by hand is not. */
  boolean isRetried() {
    return sign != Sign.BAD && sign != Sign.NONE;
  }

  Delivery after(State newState, int status, Instant nextDue) {
    Sign next = sign == Sign.BAD_ONCE ? Sign.GOOD : sign;
    return new Delivery(id, type, webhookId, body, next, newState, attempts + 1, status, nextDue);
  }

  /** The same for the record: a body may be large. */
  Delivery withoutBody() {
    return new Delivery(id, type, webhookId, "", sign, state, attempts, lastStatus, due);
  }

  JsonObject toJson() {
    return JsonText.object()
        .add("id", id)
        .add("type", type)
        .add("webhookId", webhookId)
        .add("body", body)
        .add("sign", sign.name())
        .add("state", state.name())
        .add("attempts", attempts)
        .add("lastStatus", lastStatus)
        .add("due", due.toString())
        .build();
  }

  static Delivery of(JsonObject json) {
    return new Delivery(
        json.getString("id"),
        json.getString("type"),
        json.getString("webhookId"),
        json.getString("body"),
        Sign.valueOf(json.getString("sign")),
        State.valueOf(json.getString("state")),
        json.getInt("attempts"),
        json.getInt("lastStatus"),
        Instant.parse(json.getString("due")));
  }
}
