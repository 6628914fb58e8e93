package com.lpai.adapter.web.security;

import com.lpai.adapter.web.WebSettings.ExternalIssuer;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;

/** The public keys of the external issuer, fetched when they are needed and kept for a while. */
final class ExternalKeys {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int LARGEST = 100_000;

  private final JWKSource<SecurityContext> source;

  private ExternalKeys(JWKSource<SecurityContext> source) {
    this.source = source;
  }

  static ExternalKeys of(ExternalIssuer issuer) {
    if (!issuer.isPresent()) {
      return new ExternalKeys(new ImmutableJWKSet<>(new JWKSet()));
    }
    try {
      return new ExternalKeys(
          JWKSourceBuilder.<SecurityContext>create(
                  URI.create(issuer.jwksUri()).toURL(),
                  new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST))
              .retrying(true)
              .build());
    } catch (MalformedURLException | IllegalArgumentException notAnAddress) {
      throw new IllegalArgumentException(
          "The address of the issuer's keys (JWKS) is not an address: " + issuer.jwksUri(),
          notAnAddress);
    }
  }

  JWKSource<SecurityContext> source() {
    return source;
  }
}
