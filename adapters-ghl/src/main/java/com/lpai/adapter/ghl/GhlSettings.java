package com.lpai.adapter.ghl;

import com.lpai.adapter.ghl.limit.Limits;
import com.lpai.domain.connection.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What the adapter must know. Start from {@link #of} and change what matters.
 *
 * @param apiBaseUri GoHighLevel's API, token endpoint included
 * @param oauthBaseUri the host of the choose-location page; another one for white-label agencies
 * @param clientId {@code <appId>-<suffix>}
 * @param redirectUri our callback, exactly as registered
 * @param features what the app does; decides which scopes it asks for
 * @param connectTimeout how long a connection may take to come about
 * @param readTimeout how long GoHighLevel may be silent
 * @param limits calls of one location or company, until GoHighLevel's headers say otherwise
 * @param searchPageSize records per page at most, 1 to 500
 * @param webhookPublicKeys PEM text with the accepted keys; empty for GoHighLevel's own
 * @param acceptLegacySignatures whether an RSA signature counts where there is no Ed25519 one
 */
public record GhlSettings(
    URI apiBaseUri,
    URI oauthBaseUri,
    String clientId,
    Secret clientSecret,
    URI redirectUri,
    Set<Feature> features,
    Duration connectTimeout,
    Duration readTimeout,
    Limits limits,
    int searchPageSize,
    String webhookPublicKeys,
    boolean acceptLegacySignatures) {

  /** GoHighLevel itself. */
  public static final URI API = URI.create("https://services.leadconnectorhq.com");

  /** Where a browser consents, unless the agency is white-label. */
  public static final URI OAUTH = URI.create("https://marketplace.gohighlevel.com");

  public GhlSettings {
    features = Set.copyOf(features);
    requirePositive(connectTimeout, "connect");
    requirePositive(readTimeout, "read");
    if (clientId.isBlank()) {
      throw new IllegalArgumentException("GoHighLevel's client id must not be empty");
    }
    if (searchPageSize < 1 || searchPageSize > 500) {
      throw new IllegalArgumentException("the search page size must be from 1 to 500");
    }
  }

  /** The documented limits and the usual time-outs. */
  public static GhlSettings of(
      URI apiBaseUri, URI oauthBaseUri, String clientId, Secret clientSecret, URI redirectUri) {
    return new GhlSettings(
        apiBaseUri,
        oauthBaseUri,
        clientId,
        clientSecret,
        redirectUri,
        Feature.all(),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Limits.DOCUMENTED,
        500,
        "",
        true);
  }

  public GhlSettings withFeatures(Set<Feature> others) {
    return new GhlSettings(
        apiBaseUri,
        oauthBaseUri,
        clientId,
        clientSecret,
        redirectUri,
        others,
        connectTimeout,
        readTimeout,
        limits,
        searchPageSize,
        webhookPublicKeys,
        acceptLegacySignatures);
  }

  public GhlSettings withTimeouts(Duration connect, Duration read) {
    return new GhlSettings(
        apiBaseUri,
        oauthBaseUri,
        clientId,
        clientSecret,
        redirectUri,
        features,
        connect,
        read,
        limits,
        searchPageSize,
        webhookPublicKeys,
        acceptLegacySignatures);
  }

  public GhlSettings withLimits(Limits others) {
    return new GhlSettings(
        apiBaseUri,
        oauthBaseUri,
        clientId,
        clientSecret,
        redirectUri,
        features,
        connectTimeout,
        readTimeout,
        others,
        searchPageSize,
        webhookPublicKeys,
        acceptLegacySignatures);
  }

  public GhlSettings withWebhookKeys(String pem, boolean acceptLegacy) {
    return new GhlSettings(
        apiBaseUri,
        oauthBaseUri,
        clientId,
        clientSecret,
        redirectUri,
        features,
        connectTimeout,
        readTimeout,
        limits,
        searchPageSize,
        pem,
        acceptLegacy);
  }

  /** What the app asks for (ghl-facts.md 2.5). */
  public List<String> scopes() {
    return Feature.scopesOf(features);
  }

  /** What webhooks call our app: the client id up to its dash (ghl-facts.md 2.1). */
  public String appId() {
    int dash = clientId.indexOf('-');
    return dash < 0 ? clientId : clientId.substring(0, dash);
  }

  private static void requirePositive(Duration timeout, String name) {
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("GoHighLevel's " + name + " time-out must be positive");
    }
  }
}
