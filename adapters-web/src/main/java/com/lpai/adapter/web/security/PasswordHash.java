package com.lpai.adapter.web.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Salted, slow hashes of passwords. A hash is one text with its parameters: {@code
 * pbkdf2-sha512$ITERATIONS$SALT$HASH}, so that they can grow without breaking what is stored.
 */
final class PasswordHash {
  /** OWASP's advice for PBKDF2 with HMAC-SHA-512. */
  private static final int ITERATIONS = 210_000;

  private static final int MOST_ITERATIONS = 10_000_000;
  private static final String SCHEME = "pbkdf2-sha512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 64;

  /** Stands for the account that does not exist: checking takes as long, and never succeeds. */
  private static final String NOBODY =
      SCHEME
          + "$"
          + ITERATIONS
          + "$"
          + text(new byte[SALT_BYTES])
          + "$"
          + text(new byte[HASH_BYTES]);

  private PasswordHash() {}

  static String of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] hash = derive(password, salt, ITERATIONS);
    return SCHEME + "$" + ITERATIONS + "$" + text(salt) + "$" + text(hash);
  }

  /** Compares in constant time. */
  static boolean fits(String password, String stored) {
    String[] parts = stored.split("\\$", -1);
    if (parts.length != 4 || !parts[0].equals(SCHEME)) {
      throw new IllegalStateException("A stored password hash has an unknown form");
    }
    int iterations = Integer.parseInt(parts[1]);
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new IllegalStateException("A stored password hash has unusable parameters");
    }
    byte[] hash = derive(password, Base64.getDecoder().decode(parts[2]), iterations);
    return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
  }

  /** Takes as long as {@link #fits} does. */
  static boolean fitsNobody(String password) {
    return fits(password, NOBODY);
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("This Java has no PBKDF2WithHmacSHA512", missing);
    } finally {
      spec.clearPassword();
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
