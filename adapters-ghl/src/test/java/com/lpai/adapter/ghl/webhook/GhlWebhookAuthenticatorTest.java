package com.lpai.adapter.ghl.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.domain.webhook.RawBody;
import com.lpai.domain.webhook.WebhookAuthenticator;
import com.lpai.domain.webhook.WebhookAuthenticator.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GhlWebhookAuthenticatorTest {
  private static final KeyPair ED25519 = pair("Ed25519");
  private static final KeyPair NEXT_ED25519 = pair("Ed25519");
  private static final KeyPair RSA = pair("RSA");
  private static final KeyPair NEXT_RSA = pair("RSA");
  private static final RawBody BODY =
      RawBody.of("{ \"b\":1.0, \"a\":\"\\u00e9\" }\n".getBytes(StandardCharsets.UTF_8));

  private final WebhookAuthenticator authenticator =
      GhlWebhookAuthenticator.of(
          "Two of each kind:\n"
              + pem(ED25519.getPublic())
              + pem(RSA.getPublic())
              + pem(NEXT_ED25519.getPublic())
              + pem(NEXT_RSA.getPublic()),
          true);

  /** Trap 17: over the bytes as they came, blanks and escapes included. */
  @Test
  void theCurrentSignatureProvesTheBytes() {
    assertThat(authenticator.verify(BODY, signed(ED25519, "Ed25519"), ""))
        .isEqualTo(Verdict.GENUINE);
    RawBody reordered =
        RawBody.of("{\"a\":\"\\u00e9\",\"b\":1.0}".getBytes(StandardCharsets.UTF_8));
    assertThat(authenticator.verify(reordered, signed(ED25519, "Ed25519"), ""))
        .isEqualTo(Verdict.FORGED);
  }

  @Test
  void anyOfSeveralKeysWillDo() {
    assertThat(authenticator.verify(BODY, signed(NEXT_ED25519, "Ed25519"), ""))
        .isEqualTo(Verdict.GENUINE);
    assertThat(authenticator.verify(BODY, "", signed(NEXT_RSA, "SHA256withRSA")))
        .isEqualTo(Verdict.GENUINE_LEGACY);
  }

  /** Trap 18. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "N/A", "n/a", " N/A "})
  void theLegacySignatureCountsOnlyWhereThereIsNoOther(String absent) {
    String legacy = signed(RSA, "SHA256withRSA");

    assertThat(authenticator.verify(BODY, absent, legacy)).isEqualTo(Verdict.GENUINE_LEGACY);
    assertThat(authenticator.verify(BODY, "AAAA", legacy)).isEqualTo(Verdict.FORGED);
    assertThat(authenticator.verify(BODY, absent, "AAAA")).isEqualTo(Verdict.FORGED);
  }

  /** Trap 19. */
  @Test
  void withoutASignatureItIsUnsigned() {
    assertThat(authenticator.verify(BODY, "", "")).isEqualTo(Verdict.UNSIGNED);
    assertThat(authenticator.verify(BODY, "N/A", "N/A")).isEqualTo(Verdict.UNSIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"not base64!", "AAAA====", "====", "A", "é", "undefined"})
  void whatIsNoSignatureIsForged(String header) {
    assertThat(authenticator.verify(BODY, header, "")).isEqualTo(Verdict.FORGED);
    assertThat(authenticator.verify(BODY, "", header)).isEqualTo(Verdict.FORGED);
  }

  @Test
  void aSignatureOfTheOtherKindOrAnotherKeyIsForged() {
    assertThat(authenticator.verify(BODY, signed(RSA, "SHA256withRSA"), ""))
        .isEqualTo(Verdict.FORGED);
    assertThat(authenticator.verify(BODY, signed(pair("Ed25519"), "Ed25519"), ""))
        .isEqualTo(Verdict.FORGED);
  }

  @Test
  void theLegacySignatureCanBeSwitchedOff() {
    WebhookAuthenticator strict =
        GhlWebhookAuthenticator.of(pem(ED25519.getPublic()) + pem(RSA.getPublic()), false);

    assertThat(strict.verify(BODY, "", signed(RSA, "SHA256withRSA"))).isEqualTo(Verdict.UNSIGNED);
    assertThat(strict.verify(BODY, signed(ED25519, "Ed25519"), "")).isEqualTo(Verdict.GENUINE);
  }

  @Test
  void configuredKeysTakeThePlaceOfGoHighLevelsOwn() {
    WebhookAuthenticator ghls = GhlWebhookAuthenticator.of("", true);

    assertThat(ghls.verify(BODY, signed(ED25519, "Ed25519"), "")).isEqualTo(Verdict.FORGED);
  }

  /** ghl-facts.md 6.2: copies of the keys found in the wild are often damaged. */
  @Test
  void theBuiltInKeysAreThosePublished() {
    WebhookKeys keys = WebhookKeys.builtIn();

    assertThat(keys.ed25519())
        .singleElement()
        .satisfies(
            key ->
                assertThat(sha256(key))
                    .isEqualTo("5a2c1b2749d3efcc233fb27d4ab43d56b8d20818c42cd226f6c9a3ff20d3097c"));
    assertThat(keys.rsa())
        .singleElement()
        .satisfies(
            key ->
                assertThat(sha256(key))
                    .isEqualTo("2f62045d413b1b7747e26770ce7f57840cbf86288cd20ceb90d299a62501fd25"));
  }

  @Test
  void keysThatCannotBeUsedStopTheStart() {
    String good = pem(ED25519.getPublic());
    for (String bad :
        new String[] {
          "no key at all",
          good + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
          good.replace("MCow", "MCox"),
          good.substring(0, good.length() - 30),
          pem(pair("EC").getPublic()),
          pem(smallRsa().getPublic()),
        }) {
      assertThatThrownBy(() -> GhlWebhookAuthenticator.of(bad, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("ebhook key");
    }
  }

  private static String signed(KeyPair pair, String algorithm) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(BODY.bytes());
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static KeyPair smallRsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(1024);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }

  private static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  private static String sha256(PublicKey key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    } catch (GeneralSecurityException failure) {
      throw new AssertionError(failure);
    }
  }
}
