package com.lpai.adapter.ghl.oauth;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlOAuthClient;
import com.lpai.adapter.ghl.client.RestClients;
import com.lpai.adapter.ghl.failure.Failures;
import com.lpai.domain.connection.CrmOAuth;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** GoHighLevel's OAuth over HTTP (ghl-facts.md 2.1, 2.2). */
public final class GhlOAuth implements CrmOAuth, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(GhlOAuth.class.getName());
  private static final String PAGE = "/v2/oauth/chooselocation";
  private static final String TOKEN = "POST /oauth/token";
  private static final Duration LONGEST_BODY = Duration.ofSeconds(1);

  private final GhlOAuthClient client;
  private final OAuthSettings settings;
  private final InstantSource time;

  public GhlOAuth(GhlOAuthClient client, OAuthSettings settings, InstantSource time) {
    this.client = client;
    this.settings = settings;
    this.time = time;
  }

  @Override
  public URI authorizeUri(String state) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", settings.clientId());
    query.put("redirect_uri", settings.redirectUri().toString());
    query.put("scope", String.join(" ", settings.scopes()));
    query.put("state", state);
    String base = settings.authorizeBase().toString();
    String host = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    // In a query a blank may be + or %20; %20 is read by everybody.
    return URI.create(host + PAGE + "?" + Form.encoded(query).replace("+", "%20"));
  }

  /**
   * Without {@code user_type}: whether a location or a whole agency was chosen is not known yet,
   * and naming the wrong one would refuse a code that works once. The answer's {@code userType}
   * decides.
   */
  @Override
  public OAuthAnswer exchange(Secret code) {
    Map<String, String> form = form("authorization_code");
    form.put("code", code.value());
    return ask(form, TokenAnswers.Known.NOTHING);
  }

  @Override
  public OAuthAnswer refresh(LocationId owner, Secret refreshToken) {
    return ask(refreshForm("Location", refreshToken), TokenAnswers.Known.of(owner));
  }

  @Override
  public OAuthAnswer refresh(CompanyId owner, Secret refreshToken) {
    return ask(refreshForm("Company", refreshToken), TokenAnswers.Known.of(owner));
  }

  private Map<String, String> refreshForm(String userType, Secret refreshToken) {
    Map<String, String> form = form("refresh_token");
    form.put("refresh_token", refreshToken.value());
    form.put("user_type", userType);
    return form;
  }

  @Override
  public void close() {
    RestClients.close(client);
  }

  private Map<String, String> form(String grantType) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", settings.clientId());
    form.put("client_secret", settings.clientSecret().value());
    form.put("grant_type", grantType);
    form.put("redirect_uri", settings.redirectUri().toString());
    return form;
  }

  private OAuthAnswer ask(Map<String, String> form, TokenAnswers.Known known) {
    long begun = System.nanoTime();
    Instant asked = time.instant();
    try (Response response = client.token(Form.encoded(form))) {
      GhlAnswer answer = GhlAnswer.read(response, LONGEST_BODY);
      log(form, String.valueOf(answer.status()), begun, answer.traceId());
      return TokenAnswers.read(answer, asked, known);
    } catch (ProcessingException | IOException failure) {
      log(form, "no answer", begun, "");
      return new OAuthAnswer.TryAgain(TOKEN + " got no answer: " + Failures.inWords(failure) + ".");
    }
  }

  private static void log(Map<String, String> form, String outcome, long begun, String traceId) {
    LOG.log(
        Level.DEBUG,
        TOKEN + " ({0}) -> {1} in {2} ms, traceId {3}",
        form.getOrDefault("grant_type", ""),
        outcome,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun),
        traceId);
  }
}
