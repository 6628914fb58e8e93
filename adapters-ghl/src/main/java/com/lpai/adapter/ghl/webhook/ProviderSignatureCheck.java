package com.lpai.adapter.ghl.webhook;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;

/** Signatures by a provider of Java's own interface; each check has an engine of its own. */
record ProviderSignatureCheck(String algorithm, PublicKey key, Provider provider)
    implements SignatureCheck {

  /**
   * Fails at the start rather than at the first webhook when the provider lacks the algorithm. The
   * key becomes one of the provider's own, so that no check has to translate it.
   */
  ProviderSignatureCheck {
    try {
      key =
          KeyFactory.getInstance(key.getAlgorithm(), provider)
              .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
      Signature.getInstance(algorithm, provider).initVerify(key);
    } catch (GeneralSecurityException unusable) {
      throw new IllegalArgumentException(
          provider.getName() + " cannot verify " + algorithm + " signatures with the given key",
          unusable);
    }
  }

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
      Signature verifier = Signature.getInstance(algorithm, provider);
      verifier.initVerify(key);
      return verifier;
    } catch (NoSuchAlgorithmException | InvalidKeyException unusable) {
      throw new IllegalStateException(
          provider.getName() + " cannot verify " + algorithm + " signatures any more", unusable);
    }
  }
}
