package com.lpai.adapter.ghl.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys whose signatures are accepted; several at once while one is replaced by another.
 *
 * @param ed25519 for {@code X-GHL-Signature}
 * @param rsa for {@code X-WH-Signature}
 */
record WebhookKeys(List<PublicKey> ed25519, List<PublicKey> rsa) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]*)-----END PUBLIC KEY-----");
  private static final int SHORTEST_RSA = 2048;

  /** GoHighLevel's own, as published (ghl-facts.md 6.2). */
  private static final List<String> BUILT_IN =
      List.of("x-ghl-signature-ed25519.pub.pem", "x-wh-signature-rsa4096.pub.pem");

  WebhookKeys {
    ed25519 = List.copyOf(ed25519);
    rsa = List.copyOf(rsa);
  }

  static WebhookKeys builtIn() {
    StringBuilder pem = new StringBuilder();
    BUILT_IN.forEach(name -> pem.append(resource(name)).append('\n'));
    return parse(pem.toString());
  }

  /**
   * Reads any number of {@code PUBLIC KEY} blocks of both kinds.
   *
   * @throws IllegalArgumentException when there is none, or one that cannot be used
   */
  static WebhookKeys parse(String pem) {
    List<PublicKey> ed25519 = new ArrayList<>();
    List<PublicKey> rsa = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(pem);
    int number = 0;
    while (blocks.find()) {
      number++;
      PublicKey key = key(blocks.group(1).replaceAll("\\s+", ""), number);
      (key.getAlgorithm().equals("RSA") ? rsa : ed25519).add(key);
    }
    int begun = pem.split("-----BEGIN ", -1).length - 1;
    if (number == 0 || begun != number) {
      throw new IllegalArgumentException(
          "The webhook keys hold "
              + begun
              + " PEM blocks, of which "
              + number
              + " are whole PUBLIC KEY blocks; give one such block for each key and nothing else");
    }
    return new WebhookKeys(ed25519, rsa);
  }

  private static PublicKey key(String base64, int number) {
    byte[] der = decoded(base64, number);
    PublicKey key =
        ofKind("Ed25519", der)
            .or(() -> ofKind("RSA", der))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "Webhook key " + number + " is neither an Ed25519 nor an RSA public key"));
    return strong(key, number);
  }

  private static byte[] decoded(String base64, int number) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException damaged) {
      throw new IllegalArgumentException("Webhook key " + number + " is not valid base64", damaged);
    }
  }

  private static Optional<PublicKey> ofKind(String algorithm, byte[] der) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("This Java knows no " + algorithm + " keys", missing);
    } catch (InvalidKeySpecException otherKind) {
      return Optional.empty();
    }
  }

  private static PublicKey strong(PublicKey key, int number) {
    if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < SHORTEST_RSA) {
      throw new IllegalArgumentException(
          "Webhook key " + number + " is an RSA key of less than " + SHORTEST_RSA + " bits");
    }
    return key;
  }

  private static String resource(String name) {
    try (InputStream in = WebhookKeys.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The resource " + name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
