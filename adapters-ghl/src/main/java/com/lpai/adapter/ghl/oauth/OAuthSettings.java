package com.lpai.adapter.ghl.oauth;

import com.lpai.domain.connection.Secret;
import java.net.URI;
import java.util.List;

/**
 * The Marketplace app as GoHighLevel's OAuth pages know it.
 *
 * @param authorizeBase the host of the choose-location page; another one for white-label agencies
 * @param redirectUri exactly as registered
 */
public record OAuthSettings(
    URI authorizeBase, String clientId, Secret clientSecret, URI redirectUri, List<String> scopes) {
  public OAuthSettings {
    scopes = List.copyOf(scopes);
  }
}
