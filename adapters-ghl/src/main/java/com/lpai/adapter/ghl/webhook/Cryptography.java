package com.lpai.adapter.ghl.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.conscrypt.Conscrypt;

/**
 * Who verifies signatures on this machine: one of three, which answer alike (docs/adr/0011).
 *
 * @param name for the log
 */
record Cryptography(String name, Maker ed25519, Maker rsa) {
  private static final System.Logger LOG = System.getLogger(Cryptography.class.getName());
  private static final String RSA = "SHA256withRSA";

  /** Makes a check by one key. */
  @FunctionalInterface
  interface Maker {
    SignatureCheck by(PublicKey key);
  }

  /**
   * The fastest that works here: native code where it loads and proves that it can verify, Java
   * otherwise. Says in the log which it is.
   */
  static Cryptography ofThisMachine() {
    return fastestOf(Cryptography::conscrypt);
  }

  static Cryptography fastestOf(Supplier<Cryptography> ofNativeCode) {
    Cryptography chosen;
    try {
      chosen = ofNativeCode.get().proven();
    } catch (RuntimeException | LinkageError unavailable) {
      chosen = bouncyCastle();
      LOG.log(
          System.Logger.Level.WARNING,
          "Signatures of webhooks are verified by {0}: native code, which is faster, does not work"
              + " here ({1})",
          chosen.name(),
          unavailable.toString());
      return chosen;
    }
    LOG.log(System.Logger.Level.INFO, "Signatures of webhooks are verified by {0}", chosen.name());
    return chosen;
  }

  /** BoringSSL, which is for Linux, macOS and Windows in Conscrypt's one jar. */
  static Cryptography conscrypt() {
    Provider provider = Conscrypt.newProvider();
    return new Cryptography(
        "Conscrypt (native code)",
        key -> new ProviderSignatureCheck("EdDSA", key, provider),
        key -> new ProviderSignatureCheck(RSA, key, provider));
  }

  /** Java alone. Its RSA is the JDK's, which is fast enough. */
  static Cryptography bouncyCastle() {
    return new Cryptography(
        "Bouncy Castle (Java)", BouncyCastleSignatureCheck::new, key -> ofTheJdk(RSA, key));
  }

  /** What the others are compared with. */
  static Cryptography jdk() {
    return new Cryptography("the JDK", key -> ofTheJdk("Ed25519", key), key -> ofTheJdk(RSA, key));
  }

  private static SignatureCheck ofTheJdk(String algorithm, PublicKey key) {
    return new ProviderSignatureCheck(algorithm, key, providerInTheJdk(algorithm));
  }

  private static Provider providerInTheJdk(String algorithm) {
    try {
      return Signature.getInstance(algorithm).getProvider();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java cannot verify " + algorithm, missing);
    }
  }

  /** Itself, when it accepts a signature of RFC 8032 (7.1, TEST 2) and refuses a changed one. */
  private Cryptography proven() {
    HexFormat hex = HexFormat.of();
    byte[] x509 =
        hex.parseHex(
            "302a300506032b6570032100"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    byte[] signature =
        hex.parseHex(
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    SignatureCheck check = ed25519.by(key(x509));
    if (!check.accepts(new byte[] {0x72}, signature)
        || check.accepts(new byte[] {0x73}, signature)) {
      throw new IllegalStateException(name + " does not verify Ed25519 as RFC 8032 says");
    }
    return this;
  }

  private static PublicKey key(byte[] x509) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has Ed25519 keys", impossible);
    }
  }
}
