package com.lpai.application.webhook;

import com.lpai.domain.webhook.RawBody;

/** Taking an event in: verified, stored durably, and only then acknowledged (spec 7). */
public interface AcceptWebhookUseCase {

  /** What became of it. */
  sealed interface Outcome {
    /** It is stored, or was stored before; GoHighLevel need not send it again. */
    record Stored(boolean duplicate) implements Outcome {}

    /** It was signed for another app; counted, not stored. */
    record OtherApp() implements Outcome {}

    /** It is of a location whose data was erased on request; counted, not stored. */
    record Erased() implements Outcome {}

    /** No signature, or one that does not fit; counted, not stored. */
    record Unverified(String reason) implements Outcome {}

    /**
     * Its signature fits none of our keys, and the operator wants such to be sent again; counted,
     * not stored.
     */
    record Unproven() implements Outcome {}

    /** It is no event: not JSON, or without a type. */
    record NotAnEvent(String reason) implements Outcome {}
  }

  /**
   * Takes one event in.
   *
   * @param signature the header {@code X-GHL-Signature}; empty when absent
   * @param legacySignature the header {@code X-WH-Signature}; empty when absent
   * @throws com.lpai.domain.sync.StorageUnavailableException when it could not be stored: it must
   *     be sent again
   */
  Outcome accept(RawBody body, String signature, String legacySignature);
}
