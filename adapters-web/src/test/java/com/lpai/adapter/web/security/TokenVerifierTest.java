package com.lpai.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebSettings.ExternalIssuer;
import com.lpai.domain.access.InMemorySecretStore;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.testing.MutableInstantSource;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TokenVerifierTest {
  private static final LocationId LOCATION = new LocationId("loc1");
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableInstantSource time = MutableInstantSource.aClock();
  private final InMemorySecretStore secrets = new InMemorySecretStore();
  private final TokenIssuer issuer = new TokenIssuer(secrets, time);
  private final TokenVerifier verifier = new TokenVerifier(secrets, ExternalIssuer.NONE, time);

  private static Caller valid(TokenVerifier.Verdict verdict) {
    assertThat(verdict).isInstanceOf(TokenVerifier.Verdict.Valid.class);
    return ((TokenVerifier.Verdict.Valid) verdict).caller();
  }

  private static void refused(TokenVerifier.Verdict verdict) {
    assertThat(verdict).isInstanceOf(TokenVerifier.Verdict.Refused.class);
  }

  @Test
  void anOperatorsTokenIsValidEverywhereUntilItEnds() {
    Secret token = issuer.operatorToken(HOUR);

    Caller caller = valid(verifier.api(token.value()));
    time.advance(HOUR.plusMinutes(1));

    assertThat(caller.operator()).isTrue();
    assertThat(caller.mayUse(LOCATION)).isTrue();
    refused(verifier.api(token.value()));
  }

  @Test
  void aLocationTokenIsValidForItsLocationsOnly() {
    Caller caller =
        valid(verifier.api(issuer.locationToken("app", List.of(LOCATION), HOUR).value()));

    assertThat(caller.operator()).isFalse();
    assertThat(caller.mayUse(LOCATION)).isTrue();
    assertThat(caller.mayUse(new LocationId("loc2"))).isFalse();
  }

  @Test
  void allInstancesSignWithTheSameKey() {
    Secret ofAnother = new TokenIssuer(secrets, time).operatorToken(HOUR);

    valid(verifier.api(ofAnother.value()));
  }

  @Test
  void aTokenOfAnotherDeploymentIsRefused() {
    Secret foreign = new TokenIssuer(new InMemorySecretStore(), time).operatorToken(HOUR);

    refused(verifier.api(foreign.value()));
  }

  @Test
  void aChangedTokenIsRefused() {
    String token = issuer.locationToken("app", List.of(LOCATION), HOUR).value();
    String[] parts = token.split("\\.", -1);
    String[] others = issuer.operatorToken(HOUR).value().split("\\.", -1);

    refused(verifier.api(parts[0] + "." + others[1] + "." + parts[2]));
  }

  @Test
  void oneKindOfTokenIsNotAnother() {
    refused(verifier.session(issuer.operatorToken(HOUR).value()));
    refused(verifier.api(issuer.session("operator", HOUR).value()));
    refused(verifier.api(issuer.setupTicket(LOCATION, HOUR).value()));
    assertThat(verifier.setupTicket(issuer.operatorToken(HOUR).value())).isEmpty();
    assertThat(verifier.setupTicket(issuer.setupTicket(LOCATION, HOUR).value()))
        .hasValueSatisfying(visitor -> assertThat(visitor.location()).isEqualTo(LOCATION));
  }

  @Test
  void aTokenIsNotPrintedByAccident() {
    assertThat(issuer.operatorToken(HOUR).toString()).doesNotContain("ey");
  }

  @Nested
  class ExternalTokens {
    private static final String ISSUER = "https://login.example.com";

    private final RSAKey key = key("k1");
    private HttpServer jwks;
    private TokenVerifier verifier;

    @BeforeEach
    void start() throws IOException {
      jwks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      jwks.createContext(
          "/jwks",
          exchange -> {
            byte[] body = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
          });
      jwks.start();
      verifier =
          new TokenVerifier(
              secrets,
              new ExternalIssuer(
                  ISSUER, "http://127.0.0.1:" + jwks.getAddress().getPort() + "/jwks", "lpai-api"),
              time);
    }

    @AfterEach
    void stop() {
      jwks.stop(0);
    }

    private static RSAKey key(String id) {
      try {
        return new RSAKeyGenerator(2048).keyID(id).generate();
      } catch (JOSEException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private JWTClaimsSet.Builder claims() {
      return new JWTClaimsSet.Builder()
          .issuer(ISSUER)
          .subject("ada")
          .audience("lpai-api")
          .claim("locations", List.of("loc1"))
          .expirationTime(Date.from(time.instant().plus(HOUR)));
    }

    private String signed(JWTClaimsSet claims, RSAKey by) throws JOSEException {
      return signed(claims, JWSAlgorithm.RS256, by.getKeyID(), new RSASSASigner(by));
    }

    private String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, String id, JWSSigner signer)
        throws JOSEException {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(id).build(), claims);
      token.sign(signer);
      return token.serialize();
    }

    @Test
    void aGenuineTokenOpensItsLocations() throws JOSEException {
      Caller caller = valid(verifier.api(signed(claims().build(), key)));

      assertThat(caller.name()).isEqualTo("ada");
      assertThat(caller.locations()).isEqualTo(Set.of(LOCATION));
      assertThat(caller.operator()).isFalse();
    }

    @Test
    void anExternalOperatorIsNotEverywhere() throws JOSEException {
      JWTClaimsSet claims =
          claims().claim("groups", List.of("operator")).claim("locations", List.of("*")).build();

      Caller caller = valid(verifier.api(signed(claims, key)));

      assertThat(caller.operator()).isTrue();
      assertThat(caller.everywhere()).isFalse();
      assertThat(caller.mayUse(LOCATION)).isFalse();
    }

    @Test
    void anotherKeyIssuerOrAudienceIsRefused() throws JOSEException {
      refused(verifier.api(signed(claims().build(), key("k1"))));
      refused(verifier.api(signed(claims().issuer("https://evil.example").build(), key)));
      refused(verifier.api(signed(claims().issuer("lpai").build(), key)));
      refused(verifier.api(signed(claims().audience("other").build(), key)));
      refused(verifier.api(signed(claims().audience(List.of()).build(), key)));
    }

    @Test
    void anExpiredEndlessOrFutureTokenIsRefused() throws JOSEException {
      Instant now = time.instant();

      refused(
          verifier.api(
              signed(claims().expirationTime(Date.from(now.minusSeconds(60))).build(), key)));
      refused(verifier.api(signed(claims().expirationTime(null).build(), key)));
      refused(
          verifier.api(
              signed(claims().notBeforeTime(Date.from(now.plusSeconds(60))).build(), key)));
    }

    @Test
    void aPublicKeyIsNoSharedSecret() throws JOSEException {
      byte[] publicKey = key.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8);

      refused(
          verifier.api(
              signed(claims().build(), JWSAlgorithm.HS256, "k1", new MACSigner(publicKey))));
    }

    @Test
    void itIsNoSessionAndNoTicket() throws JOSEException {
      String token = signed(claims().build(), key);

      refused(verifier.session(token));
      assertThat(verifier.setupTicket(token)).isEmpty();
    }

    @Test
    void withoutTheIssuersKeysNothingIsDecided() throws JOSEException {
      jwks.stop(0);

      assertThat(verifier.api(signed(claims().build(), key)))
          .isInstanceOf(TokenVerifier.Verdict.Undecided.class);
    }
  }
}
