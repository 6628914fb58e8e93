package com.lpai.adapter.web.security;

import com.lpai.domain.access.SecretStore;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Signs our own tokens (ES256). Their life is theirs: nothing but time or a new key ends them. */
public final class TokenIssuer {
  static final String ISSUER = "lpai";
  static final String GROUPS = "groups";
  static final String LOCATIONS = "locations";
  static final String OPERATOR = "operator";
  static final String EVERYWHERE = "*";

  private final OwnKey key;
  private final InstantSource time;

  public TokenIssuer(SecretStore secrets, InstantSource time) {
    this(new OwnKey(secrets), time);
  }

  TokenIssuer(OwnKey key, InstantSource time) {
    this.key = key;
    this.time = time;
  }

  /** A bearer token with the role operator for every location. */
  public Secret operatorToken(Duration life) {
    return sign(TokenKind.API, operator("operator"), life);
  }

  /** A bearer token for some locations. */
  public Secret locationToken(String subject, List<LocationId> locations, Duration life) {
    List<String> ids = locations.stream().map(LocationId::value).toList();
    return sign(
        TokenKind.API, new JWTClaimsSet.Builder().subject(subject).claim(LOCATIONS, ids), life);
  }

  /** What the console's cookie holds. */
  Secret session(String name, Duration life) {
    return sign(TokenKind.SESSION, operator(name), life);
  }

  /** Lets its holder read the progress of this location's setup, and nothing else. */
  public Secret setupTicket(LocationId location, Duration life) {
    return sign(
        TokenKind.SETUP,
        new JWTClaimsSet.Builder().subject("setup").claim(LOCATIONS, List.of(location.value())),
        life);
  }

  /** Lets its holder see how far the locations of this company are connected, and nothing else. */
  public Secret companyTicket(CompanyId company, Duration life) {
    return sign(
        TokenKind.COMPANY,
        new JWTClaimsSet.Builder().subject("setup").claim(LOCATIONS, List.of(company.value())),
        life);
  }

  private static JWTClaimsSet.Builder operator(String name) {
    return new JWTClaimsSet.Builder()
        .subject(name)
        .claim(GROUPS, List.of(OPERATOR))
        .claim(LOCATIONS, List.of(EVERYWHERE));
  }

  private Secret sign(TokenKind kind, JWTClaimsSet.Builder claims, Duration life) {
    Instant now = time.instant();
    ECKey signer = key.get();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType(kind.type()))
                .keyID(signer.getKeyID())
                .build(),
            claims
                .issuer(ISSUER)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)))
                .jwtID(UUID.randomUUID().toString())
                .build());
    try {
      token.sign(new ECDSASigner(signer));
    } catch (JOSEException unfit) {
      throw new IllegalStateException("The token-signing key cannot sign", unfit);
    }
    return new Secret(token.serialize());
  }
}
