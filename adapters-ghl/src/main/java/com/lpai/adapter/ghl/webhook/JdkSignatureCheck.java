package com.lpai.adapter.ghl.webhook;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Signatures by the JDK's own providers. */
record JdkSignatureCheck(String algorithm, PublicKey key) implements SignatureCheck {
  @Override
  public boolean accepts(byte[] message, byte[] signature) {
    Signature verifier = verifier();
    try {
      verifier.update(message);
      return verifier.verify(signature);
    } catch (SignatureException malformed) {
      return false;
    }
  }

  private Signature verifier() {
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      return verifier;
    } catch (NoSuchAlgorithmException | InvalidKeyException unusable) {
      throw new IllegalStateException(
          "This Java cannot verify " + algorithm + " signatures", unusable);
    }
  }

  /** Fails at the start rather than at the first webhook when this Java lacks the algorithm. */
  JdkSignatureCheck {
    try {
      Signature.getInstance(algorithm).initVerify(key);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          "This Java cannot verify " + algorithm + " signatures with the given key", unusable);
    }
  }
}
