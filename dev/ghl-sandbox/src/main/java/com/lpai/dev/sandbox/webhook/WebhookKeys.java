package com.lpai.dev.sandbox.webhook;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Shelf;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sandbox's own pairs of keys, an Ed25519 and an RSA one for now, and two more for a change of
 * keys; made when first needed and kept.
 */
public final class WebhookKeys {
  private static final String ED25519 = "Ed25519";
  private static final String RSA = "RSA";
  private static final String NEXT = "-next";

  /** Made once in a JVM: an RSA pair takes longer than all else at a sandbox's start. */
  private static final Map<String, JsonObject> MADE = new ConcurrentHashMap<>();

  private final Shelf shelf;
  private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();

  private WebhookKeys(Shelf shelf) {
    this.shelf = shelf;
  }

  public static WebhookKeys keptOn(Shelf shelf) {
    return new WebhookKeys(shelf);
  }

  /** Both public keys, each a PEM block, Ed25519 first. */
  public String pem(boolean next) {
    return pem(pair(ED25519, next).getPublic()) + pem(pair(RSA, next).getPublic());
  }

  /** The value of {@code X-GHL-Signature}. */
  String ed25519Signature(byte[] body, boolean next) {
    return sign("Ed25519", pair(ED25519, next).getPrivate(), body);
  }

  /** The value of {@code X-WH-Signature}. */
  String rsaSignature(byte[] body, boolean next) {
    return sign("SHA256withRSA", pair(RSA, next).getPrivate(), body);
  }

  private KeyPair pair(String algorithm, boolean next) {
    return pairs.computeIfAbsent(
        algorithm + (next ? NEXT : ""), name -> keyPair(shelf, algorithm, name));
  }

  private static KeyPair keyPair(Shelf shelf, String algorithm, String name) {
    try {
      if (shelf.get(name).isEmpty()) {
        shelf.put(name, MADE.computeIfAbsent(name, any -> generate(algorithm)));
      }
      return keyPair(algorithm, shelf.get(name).orElseThrow());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java cannot do " + algorithm, impossible);
    }
  }

  private static JsonObject generate(String algorithm) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (algorithm.equals(RSA)) {
        generator.initialize(2048);
      }
      return record(generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java cannot make keys of " + algorithm, impossible);
    }
  }

  private static JsonObject record(KeyPair pair) {
    Base64.Encoder base64 = Base64.getEncoder();
    return JsonText.object()
        .add("public", base64.encodeToString(pair.getPublic().getEncoded()))
        .add("private", base64.encodeToString(pair.getPrivate().getEncoded()))
        .build();
  }

  private static KeyPair keyPair(String algorithm, JsonObject record)
      throws GeneralSecurityException {
    KeyFactory factory = KeyFactory.getInstance(algorithm);
    Base64.Decoder base64 = Base64.getDecoder();
    return new KeyPair(
        factory.generatePublic(new X509EncodedKeySpec(base64.decode(record.getString("public")))),
        factory.generatePrivate(
            new PKCS8EncodedKeySpec(base64.decode(record.getString("private")))));
  }

  private static String sign(String algorithm, PrivateKey key, byte[] body) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(body);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("This Java cannot sign with " + algorithm, impossible);
    }
  }

  private static String pem(PublicKey key) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN PUBLIC KEY-----\n"
        + lines.encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }
}
