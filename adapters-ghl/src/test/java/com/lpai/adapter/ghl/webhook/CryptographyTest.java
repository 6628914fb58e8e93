package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.testing.ManyThreads;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever verifies: the vectors of RFC 8032, section 7.1, and what must be refused. */
class CryptographyTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] X509_ED25519 = HEX.parseHex("302a300506032b6570032100");

  /** The order of the base point; S and S + L would verify alike if nobody looked. */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  /** One vector of the RFC, in hex. */
  record Vector(String name, String keyHex, String messageHex, String signatureHex) {
    static List<Vector> all() {
      try (InputStream in = CryptographyTest.class.getResourceAsStream("rfc8032-7.1.txt")) {
        assertThat(in).isNotNull();
        return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
            .lines()
            .map(line -> line.split(" ", -1))
            .map(part -> new Vector(part[0], part[1], part[2].equals("-") ? "" : part[2], part[3]))
            .toList();
      } catch (IOException unreadable) {
        throw new AssertionError(unreadable);
      }
    }

    byte[] key() {
      return HEX.parseHex(keyHex);
    }

    byte[] message() {
      return HEX.parseHex(messageHex);
    }

    byte[] signature() {
      return HEX.parseHex(signatureHex);
    }
  }

  static Stream<Cryptography> everyOne() {
    return Stream.of(Cryptography.conscrypt(), Cryptography.bouncyCastle(), Cryptography.jdk());
  }

  private static boolean accepts(
      Cryptography cryptography, byte[] key, byte[] message, byte[] signature) {
    return cryptography.ed25519().by(publicKey(key)).accepts(message, signature);
  }

  private static PublicKey publicKey(byte[] raw) {
    try {
      byte[] x509 = Arrays.copyOf(X509_ED25519, X509_ED25519.length + raw.length);
      System.arraycopy(raw, 0, x509, X509_ED25519.length, raw.length);
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] changed = bytes.clone();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return changed;
  }

  /** The same signature with S + L in the place of S. */
  private static byte[] malleated(byte[] signature) {
    byte[] changed = signature.clone();
    byte[] s = reversed(Arrays.copyOfRange(signature, 32, 64));
    byte[] larger = reversed(new BigInteger(1, s).add(L).toByteArray());
    Arrays.fill(changed, 32, 64, (byte) 0);
    System.arraycopy(larger, 0, changed, 32, Math.min(32, larger.length));
    return changed;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void theVectorsOfTheRfcAreAccepted(Cryptography cryptography) {
    assertThat(Vector.all()).hasSize(5);
    assertThat(Vector.all().get(3).message()).hasSize(1023);
    for (Vector vector : Vector.all()) {
      assertThat(accepts(cryptography, vector.key(), vector.message(), vector.signature()))
          .as(vector.name())
          .isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void aFlippedBitOfSignatureOrMessageIsRefused(Cryptography cryptography) {
    for (Vector vector : Vector.all()) {
      SignatureCheck check = cryptography.ed25519().by(publicKey(vector.key()));
      for (int bit = 0; bit < 512; bit += 3) {
        assertThat(check.accepts(vector.message(), flipped(vector.signature(), bit)))
            .as("%s, bit %s of the signature", vector.name(), bit)
            .isFalse();
      }
      for (int bit = 0; bit < vector.message().length * 8; bit += 37) {
        assertThat(check.accepts(flipped(vector.message(), bit), vector.signature()))
            .as("%s, bit %s of the message", vector.name(), bit)
            .isFalse();
      }
    }
  }

  /** A key that is no point of the curve may be refused when it is read, too. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void aFlippedBitOfTheKeyIsRefused(Cryptography cryptography) {
    for (Vector vector : Vector.all()) {
      for (int bit = 0; bit < 256; bit += 5) {
        boolean accepted;
        try {
          accepted =
              accepts(
                  cryptography, flipped(vector.key(), bit), vector.message(), vector.signature());
        } catch (IllegalArgumentException noPoint) {
          accepted = false;
        }
        assertThat(accepted).as("%s, bit %s of the key", vector.name(), bit).isFalse();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void aSignatureWithAnotherSOfTheSameValueIsRefused(Cryptography cryptography) {
    for (Vector vector : Vector.all()) {
      byte[] malleated = malleated(vector.signature());
      assertThat(malleated).isNotEqualTo(vector.signature());
      assertThat(accepts(cryptography, vector.key(), vector.message(), malleated))
          .as(vector.name())
          .isFalse();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void aSignatureOfAnotherLengthIsRefused(Cryptography cryptography) {
    for (Vector vector : Vector.all()) {
      SignatureCheck check = cryptography.ed25519().by(publicKey(vector.key()));
      for (int length : new int[] {0, 1, 32, 63, 65, 128, 512}) {
        assertThat(check.accepts(vector.message(), Arrays.copyOf(vector.signature(), length)))
            .as("%s, %s bytes", vector.name(), length)
            .isFalse();
      }
    }
  }

  @Test
  void allAnswerAlike() throws GeneralSecurityException {
    long seed = new SplittableRandom().nextLong();
    System.out.println("signatures: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    for (int round = 0; round < 60; round++) {
      byte[] message = new byte[random.nextInt(3_000)];
      random.nextBytes(message);
      assertAlike(pair, "Ed25519", message, round, random);
      assertAlike(rsa, "SHA256withRSA", message, round, random);
    }
  }

  private static void assertAlike(
      KeyPair pair, String algorithm, byte[] message, int round, SplittableRandom random)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(message);
    byte[] signature = signer.sign();
    boolean isGood = round % 2 == 0;
    byte[] given = isGood ? signature : flipped(signature, random.nextInt(signature.length * 8));

    List<Boolean> answers = new ArrayList<>();
    everyOne()
        .map(it -> algorithm.equals("Ed25519") ? it.ed25519() : it.rsa())
        .forEach(it -> answers.add(it.by(pair.getPublic()).accepts(message, given)));

    assertThat(answers).as(algorithm).containsOnly(isGood);
  }

  /** One check serves every thread; none sees another's message. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("everyOne")
  void oneCheckServesManyThreadsAtOnce(Cryptography cryptography) {
    Vector vector = Vector.all().get(3);
    SignatureCheck check = cryptography.ed25519().by(publicKey(vector.key()));

    List<Boolean> right =
        ManyThreads.atOnce(
            16,
            number ->
                IntStream.range(0, 50)
                    .allMatch(
                        round ->
                            (number + round) % 2 == 0
                                ? check.accepts(vector.message(), vector.signature())
                                : !check.accepts(
                                    flipped(vector.message(), round), vector.signature())));

    assertThat(right).containsOnly(true);
  }

  @Test
  void nativeCodeIsChosenWhereItWorks() {
    assertThat(Cryptography.ofThisMachine().name()).contains("native");
  }

  @Test
  void javaTakesOverWhereNativeCodeDoesNotLoadOrVerifiesWrongly() {
    Cryptography missing =
        Cryptography.fastestOf(
            () -> {
              throw new UnsatisfiedLinkError("no library for this machine");
            });
    Cryptography believesAll =
        Cryptography.fastestOf(
            () ->
                new Cryptography(
                    "careless",
                    key -> (message, signature) -> true,
                    key -> (message, signature) -> true));

    assertThat(missing.name()).contains("Bouncy Castle");
    assertThat(believesAll.name()).contains("Bouncy Castle");
  }
}
