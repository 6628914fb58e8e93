package com.lpai.domain.webhook;

/** Reads the CRM's event formats (ghl-facts.md 6.4, 6.7). */
public interface WebhookDecoder {

  /** The answer to a first look at a body. */
  sealed interface FirstLook {
    /**
     * It is an event.
     *
     * @param isKnownType whether the CRM documents events of this type
     */
    record Event(Envelope envelope, boolean isKnownType) implements FirstLook {
      /** Of a known type. */
      public Event(Envelope envelope) {
        this(envelope, true);
      }
    }

    /** It is none: not JSON, no object, no type. The reason holds nothing of the body. */
    record NotAnEvent(String reason) implements FirstLook {}
  }

  /** Reads what is needed to store the event; never throws on any body. */
  FirstLook envelope(RawBody body);

  /** Reads what the event means; never throws on a body that {@link #envelope} accepted. */
  WebhookEvent event(Envelope envelope, RawBody body);
}
