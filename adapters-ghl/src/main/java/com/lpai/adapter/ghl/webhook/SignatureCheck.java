package com.lpai.adapter.ghl.webhook;

/** Checks signatures by one public key. Another provider of cryptography is another of these. */
@FunctionalInterface
interface SignatureCheck {
  /** True when the signature is one over exactly these bytes; never throws. */
  boolean accepts(byte[] message, byte[] signature);
}
