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

/** Signs events as GoHighLevel does, by keys of its own, for {@link WebhookLoad}. */
final class SignedEvents {
  private static final int LEGACY_BITS = 4096;

  private final KeyPair current;
  private final KeyPair legacy;

  SignedEvents() {
    try {
      current = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
      rsa.initialize(LEGACY_BITS);
      legacy = rsa.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** The public key for {@code X-GHL-Signature}. */
  String currentPem() {
    return pem(current);
  }

  /** The public key for {@code X-WH-Signature}. */
  String legacyPem() {
    return pem(legacy);
  }

  /**
   * A system of one server, which accepts these signatures beside the sandbox's; it is not started
   * yet.
   */
  RunningSystem prepareSystem() {
    RunningSystem system = RunningSystem.builder().prepare();
    try {
      Path keys = system.dataDirectory().resolve("accepted-keys.pem");
      String sandboxs =
          Files.readString(system.dataDirectory().resolve("sandbox-webhook-keys.pem"));
      Files.writeString(keys, sandboxs + currentPem() + legacyPem());
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

  /** Writes them to a file, each with both signatures. */
  void write(Path file, List<String> bodies) {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (String text : bodies) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(body.length);
        out.write(body);
        out.writeUTF(signature(body, current, "Ed25519"));
        out.writeUTF(signature(body, legacy, "SHA256withRSA"));
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
