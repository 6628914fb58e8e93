package com.lpai.dev.sandbox.world;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;

/** Makes ids and tokens of the forms that GoHighLevel's have. */
public final class Ids {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 20;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Ids() {}

  /** A new id of 20 letters and digits. */
  public static String random() {
    return from(RANDOM);
  }

  /** The next id of a generator: the same seed gives the same ids. */
  public static String from(RandomGenerator generator) {
    StringBuilder id = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(generator.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /** The id of an event of a series, of the form that has been seen (ghl-facts.md 3.3). */
  public static String ofInstance(String masterId, Instant start, Duration length) {
    return masterId + "_" + start.toEpochMilli() + "_" + length.toSeconds();
  }

  /** An unguessable text of the given number of random bytes. */
  public static String secret(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** An opaque token that looks like a JWT, as GoHighLevel's do. */
  public static String token() {
    return "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9." + secret(120) + "." + secret(64);
  }
}
