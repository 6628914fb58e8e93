package com.lpai.adapter.ghl.webhook;

import java.security.PublicKey;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Ed25519 in Java, several times faster than the JDK's own. */
final class BouncyCastleSignatureCheck implements SignatureCheck {
  private final Ed25519PublicKeyParameters key;

  /**
   * A check by this key.
   *
   * @throws IllegalArgumentException when the key is no point of the curve
   */
  BouncyCastleSignatureCheck(PublicKey key) {
    byte[] x509 = key.getEncoded();
    this.key =
        new Ed25519PublicKeyParameters(x509, x509.length - Ed25519PublicKeyParameters.KEY_SIZE);
  }

  @Override
  public boolean accepts(byte[] message, byte[] signature) {
    Ed25519Signer verifier = new Ed25519Signer();
    verifier.init(false, key);
    verifier.update(message, 0, message.length);
    return verifier.verifySignature(signature);
  }
}
