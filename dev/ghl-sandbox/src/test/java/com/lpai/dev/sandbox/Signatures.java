package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.AppReceiver.Webhook;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Verifies webhooks with nothing but the JDK, over the raw bytes. */
final class Signatures {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([^-]*)-----END PUBLIC KEY-----");

  private Signatures() {}

  static boolean ed25519IsRight(String pem, Webhook webhook) throws GeneralSecurityException {
    return isRight(pem, 0, "Ed25519", "Ed25519", "X-GHL-Signature", webhook);
  }

  static boolean rsaIsRight(String pem, Webhook webhook) throws GeneralSecurityException {
    return isRight(pem, 1, "RSA", "SHA256withRSA", "X-WH-Signature", webhook);
  }

  private static boolean isRight(
      String pem, int block, String key, String algorithm, String header, Webhook webhook)
      throws GeneralSecurityException {
    List<byte[]> keys =
        BLOCK
            .matcher(pem)
            .results()
            .map(it -> Base64.getMimeDecoder().decode(it.group(1)))
            .toList();
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(
        KeyFactory.getInstance(key).generatePublic(new X509EncodedKeySpec(keys.get(block))));
    signature.update(webhook.body());
    Optional<String> value = Optional.ofNullable(webhook.headers().getFirst(header));
    return value.isPresent() && signature.verify(Base64.getDecoder().decode(value.get()));
  }
}
