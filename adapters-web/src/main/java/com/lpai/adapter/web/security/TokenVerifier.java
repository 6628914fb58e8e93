package com.lpai.adapter.web.security;

import com.lpai.adapter.web.WebSettings.ExternalIssuer;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks tokens: who signed them, with which algorithm, for whom, and until when. The claims say
 * what the caller may do; "every location" is believed of our own tokens only.
 */
public final class TokenVerifier {
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(30);
  private static final int LONGEST = 16_384;

  /** Public-key algorithms only: with a shared secret, whoever checks could also sign. */
  private static final Set<JWSAlgorithm> EXTERNAL_ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** What a token turned out to be. */
  sealed interface Verdict {
    /** It is genuine and valid now. */
    record Valid(Caller caller, Instant expiresAt) implements Verdict {}

    /** It is not accepted; the reason says nothing that its holder does not know. */
    record Refused(String reason) implements Verdict {}

    /** The issuer's keys cannot be read now, so nothing is known of it. */
    record Undecided() implements Verdict {}
  }

  private final OwnKey key;
  private final ExternalIssuer external;
  private final ExternalKeys externalKeys;
  private final InstantSource time;

  public TokenVerifier(SecretStore secrets, ExternalIssuer external, InstantSource time) {
    this(new OwnKey(secrets), external, ExternalKeys.of(external), time);
  }

  TokenVerifier(
      OwnKey key, ExternalIssuer external, ExternalKeys externalKeys, InstantSource time) {
    this.key = key;
    this.external = external;
    this.externalKeys = externalKeys;
    this.time = time;
  }

  /** Checks a bearer token of the REST API. */
  Verdict api(String token) {
    return verify(token, TokenKind.API);
  }

  /** Checks what a console's cookie held. */
  Verdict session(String token) {
    return verify(token, TokenKind.SESSION);
  }

  /** Whom this ticket lets look at the setup of one location; empty when it is no such ticket. */
  public Optional<SetupVisitor> setupTicket(String token) {
    return verify(token, TokenKind.SETUP) instanceof Verdict.Valid(Caller caller, Instant expiresAt)
        ? caller.locations().stream().findFirst().map(id -> new SetupVisitor(caller, id))
        : Optional.empty();
  }

  /** Somebody who may look at one location's setup. */
  public record SetupVisitor(Caller caller, LocationId location) {}

  /** The company whose locations this ticket lets one count; empty when it is no such ticket. */
  public Optional<CompanyId> companyTicket(String token) {
    return verify(token, TokenKind.COMPANY)
            instanceof Verdict.Valid(Caller caller, Instant expiresAt)
        ? caller.locations().stream().findFirst().map(id -> new CompanyId(id.value()))
        : Optional.empty();
  }

  private Verdict verify(String token, TokenKind kind) {
    if (token.length() > LONGEST) {
      return new Verdict.Refused("The token is too long.");
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      String issuer = jwt.getJWTClaimsSet().getIssuer();
      if (TokenIssuer.ISSUER.equals(issuer)) {
        return own(jwt, kind);
      }
      boolean known = external.isPresent() && external.issuer().equals(issuer);
      return known && kind == TokenKind.API
          ? external(jwt)
          : new Verdict.Refused("The token's issuer is not known here.");
    } catch (ParseException noToken) {
      return new Verdict.Refused("This is not a signed JSON Web Token.");
    }
  }

  private Verdict own(SignedJWT jwt, TokenKind kind) throws ParseException {
    boolean expectedForm =
        JWSAlgorithm.ES256.equals(jwt.getHeader().getAlgorithm())
            && jwt.getHeader().getType() != null
            && jwt.getHeader().getType().getType().equals(kind.type());
    try {
      if (!expectedForm || !jwt.verify(new ECDSAVerifier(key.get().toPublicJWK()))) {
        return new Verdict.Refused("The token's signature is not ours.");
      }
    } catch (JOSEException unfit) {
      return new Verdict.Refused("The token's signature cannot be checked.");
    }
    return claims(jwt.getJWTClaimsSet(), true);
  }

  private Verdict external(SignedJWT jwt) throws ParseException {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            com.nimbusds.jose.JOSEObjectType.JWT,
            new com.nimbusds.jose.JOSEObjectType("at+jwt"),
            null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(EXTERNAL_ALGORITHMS, externalKeys.source()));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    JWTClaimsSet claims;
    try {
      claims = processor.process(jwt, null);
    } catch (RateLimitReachedException unknownKey) {
      return new Verdict.Refused("The token's signature is not its issuer's.");
    } catch (KeySourceException away) {
      return new Verdict.Undecided();
    } catch (BadJOSEException | JOSEException refused) {
      return new Verdict.Refused("The token's signature is not its issuer's.");
    }
    if (!external.audience().isEmpty() && !claims.getAudience().contains(external.audience())) {
      return new Verdict.Refused("The token is meant for somebody else.");
    }
    return claims(claims, false);
  }

  private Verdict claims(JWTClaimsSet claims, boolean ours) throws ParseException {
    Date ends = claims.getExpirationTime();
    Date begins = claims.getNotBeforeTime();
    Instant now = time.instant();
    if (ends == null || !ends.toInstant().plus(CLOCK_SKEW).isAfter(now)) {
      return new Verdict.Refused("The token has expired, or does not say when it does.");
    }
    if (begins != null && begins.toInstant().minus(CLOCK_SKEW).isAfter(now)) {
      return new Verdict.Refused("The token is not valid yet.");
    }
    List<String> groups = strings(claims, TokenIssuer.GROUPS);
    List<String> ids = strings(claims, TokenIssuer.LOCATIONS);
    boolean operator = groups.contains(TokenIssuer.OPERATOR);
    boolean everywhere = ours && operator && ids.contains(TokenIssuer.EVERYWHERE);
    String subject = claims.getSubject() == null ? "" : claims.getSubject();
    return new Verdict.Valid(
        new Caller(
            subject, operator, everywhere, locations(ids), ends.toInstant().plus(CLOCK_SKEW)),
        ends.toInstant());
  }

  private static List<String> strings(JWTClaimsSet claims, String name) throws ParseException {
    List<String> values = claims.getStringListClaim(name);
    return values == null ? List.of() : values;
  }

  private static Set<LocationId> locations(List<String> ids) {
    Set<LocationId> locations = new HashSet<>();
    for (String id : ids) {
      parse(id).ifPresent(locations::add);
    }
    return locations;
  }

  /** Empty for what no location can be called. */
  private static Optional<LocationId> parse(String id) {
    try {
      return id.equals(TokenIssuer.EVERYWHERE) ? Optional.empty() : Optional.of(new LocationId(id));
    } catch (IllegalArgumentException nobodysId) {
      return Optional.empty();
    }
  }
}
