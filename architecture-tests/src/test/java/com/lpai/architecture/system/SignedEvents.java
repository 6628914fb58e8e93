package com.lpai.architecture.system;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Signs events as GoHighLevel does, by keys of its own, for {@link WebhookLoad}. */
final class SignedEvents {
  private static final int LEGACY_BITS = 4096;

  private final KeyPair current = keys("Ed25519", 255);
  private Optional<KeyPair> legacy = Optional.empty();

  private static KeyPair keys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** They take seconds to make, and not every load needs them. */
  private KeyPair legacy() {
    KeyPair keys = legacy.orElseGet(() -> keys("RSA", LEGACY_BITS));
    legacy = Optional.of(keys);
    return keys;
  }

  /** The public key for {@code X-GHL-Signature}. */
  String currentPem() {
    return pem(current);
  }

  /** The public key for {@code X-WH-Signature}. */
  String legacyPem() {
    return pem(legacy());
  }

  /**
   * A system of one server, which accepts the current signatures beside the sandbox's; it is not
   * started yet.
   */
  RunningSystem prepareSystem() {
    RunningSystem system = RunningSystem.builder().prepare();
    try {
      Path keys = system.dataDirectory().resolve("accepted-keys.pem");
      String sandboxs =
          Files.readString(system.dataDirectory().resolve("sandbox-webhook-keys.pem"));
      Files.writeString(keys, sandboxs + currentPem());
      system.server(1).set("GHL_WEBHOOK_PUBLIC_KEYS", keys.toString());
      return system;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String pem(KeyPair keys) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Writes them to a file, each with both signatures; a legacy one takes milliseconds. */
  void write(Path file, List<String> bodies) {
    KeyPair keys = legacy();
    write(file, bodies, body -> signature(body, keys, "SHA256withRSA"));
  }

  /**
   * Writes them to a file for who checks the current signature only: the legacy one is as long as a
   * true one, and none.
   */
  void writeCurrent(Path file, List<String> bodies) {
    String any = Base64.getEncoder().encodeToString(new byte[LEGACY_BITS / Byte.SIZE]);
    write(file, bodies, body -> any);
  }

  private void write(Path file, List<String> bodies, Function<byte[], String> legacySignature) {
    List<WebhookLoad.Signed> signed =
        bodies.parallelStream()
            .map(
                text -> {
                  byte[] body = text.getBytes(StandardCharsets.UTF_8);
                  return new WebhookLoad.Signed(
                      text, signature(body, current, "Ed25519"), legacySignature.apply(body));
                })
            .toList();
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (WebhookLoad.Signed event : signed) {
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        out.writeInt(body.length);
        out.write(body);
        out.writeUTF(event.ed25519());
        out.writeUTF(event.rsa());
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String signature(byte[] body, KeyPair keys, String algorithm) {
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(keys.getPrivate());
      signer.update(body);
      return Base64.getEncoder().encodeToString(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
