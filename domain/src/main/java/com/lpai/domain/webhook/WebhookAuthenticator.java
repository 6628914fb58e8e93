package com.lpai.domain.webhook;

/** Tells whether a webhook comes from the CRM (ghl-facts.md 6.3). */
public interface WebhookAuthenticator {

  /** The answer. */
  enum Verdict {
    /** Signed with the current algorithm (Ed25519). */
    GENUINE,
    /** Signed with the legacy algorithm only (RSA). */
    GENUINE_LEGACY,
    /** No signature at all. */
    UNSIGNED,
    /** A signature that does not fit the bytes. */
    FORGED
  }

  /**
   * Checks the signature over exactly these bytes.
   *
   * @param signature the header {@code X-GHL-Signature}; empty when absent. When present it alone
   *     decides
   * @param legacySignature the header {@code X-WH-Signature}; empty when absent
   */
  Verdict verify(RawBody body, String signature, String legacySignature);
}
