package com.lpai.adapter.web;

import com.lpai.domain.connection.Secret;
import java.net.URI;
import java.time.Duration;

/**
 * What the web adapter must be told.
 *
 * @param publicApiUrl the address under which browsers and GoHighLevel reach this server, without a
 *     slash at its end
 * @param evaluation whether the console offers to install a demo location
 * @param sandboxUrl the sandbox's own page in evaluation mode; empty otherwise
 * @param externalIssuer whose tokens are accepted beside our own
 * @param cronSecret the bearer secret of {@code /api/cron/*}
 * @param sessionLife how long a console session lasts
 * @param webhooksAtOnce how many webhooks are let in at once
 * @param webhookBytesAtOnce how large they may be together
 */
public record WebSettings(
    URI publicApiUrl,
    boolean evaluation,
    String sandboxUrl,
    ExternalIssuer externalIssuer,
    Secret cronSecret,
    Duration sessionLife,
    int webhooksAtOnce,
    long webhookBytesAtOnce) {

  /**
   * An issuer of tokens for frontends.
   *
   * @param issuer the claim {@code iss}; empty when only our own tokens are accepted
   * @param jwksUri where its public keys are
   * @param audience the claim {@code aud} that is asked for; empty when none is
   */
  public record ExternalIssuer(String issuer, String jwksUri, String audience) {
    public static final ExternalIssuer NONE = new ExternalIssuer("", "", "");

    public boolean isPresent() {
      return !issuer.isEmpty();
    }
  }

  /** Whether browsers come by https, so that cookies can be kept to it. */
  public boolean isSecure() {
    return "https".equalsIgnoreCase(publicApiUrl.getScheme());
  }

  /** The address of a path under which the outside reaches it. */
  public URI address(String path) {
    String base = publicApiUrl.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }
}
