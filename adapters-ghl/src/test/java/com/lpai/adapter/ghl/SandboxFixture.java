package com.lpai.adapter.ghl;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.ghl.limit.CallGate;
import com.lpai.adapter.ghl.oauth.GhlOAuth;
import com.lpai.dev.sandbox.GhlSandbox;
import com.lpai.dev.sandbox.SandboxConfig;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import com.lpai.domain.connection.AccessTokens;
import com.lpai.domain.connection.CompanyGrant;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.OpenBudget;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A sandbox with one connected location, and the adapter in front of it. */
public final class SandboxFixture implements AutoCloseable {
  public static final LocationId LOCATION = new LocationId("locationOfTests");
  public static final String COMPANY = "sandboxCompany";

  public final GhlSandbox sandbox;
  public final GhlSettings settings;
  public final TestTokens<LocationId> tokens;
  public final GhlAdapter adapter;

  private SandboxFixture(GhlSandbox sandbox, GhlSettings settings, CallGate<LocationId> gate) {
    this.sandbox = sandbox;
    this.settings = settings;
    this.tokens = new TestTokens<>(newToken());
    this.adapter = GhlAdapter.of(settings, tokens, gate);
  }

  public static SandboxFixture start(
      UnaryOperator<SandboxConfig> config, UnaryOperator<Seeding> seeding) {
    GhlSandbox sandbox = sandbox(config, seeding);
    GhlSettings settings = settings(sandbox.baseUri());
    return new SandboxFixture(sandbox, settings, TestLimits.of(settings).locations());
  }

  /** For a location with very much in it: no limits, and nobody is in a hurry. */
  public static SandboxFixture startLarge(UnaryOperator<Seeding> seeding) {
    GhlSandbox sandbox = sandbox(SandboxConfig::withoutRateLimits, seeding);
    return new SandboxFixture(sandbox, patient(sandbox.baseUri()), noLimits());
  }

  private static GhlSandbox sandbox(
      UnaryOperator<SandboxConfig> config, UnaryOperator<Seeding> seeding) {
    // Nobody listens there: its webhooks must not reach a server that happens to run here.
    SandboxConfig silent =
        SandboxConfig.standard().withWebhookUrl(URI.create("http://localhost:1/"));
    GhlSandbox sandbox = GhlSandbox.start(config.apply(silent));
    sandbox.createLocation(seeding.apply(Seeding.of(LOCATION.value())));
    return sandbox;
  }

  public static SandboxFixture start() {
    return start(config -> config, seeding -> seeding);
  }

  public static GhlSettings settings(URI base) {
    return GhlSettings.of(
            base,
            base,
            SandboxConfig.CLIENT_ID,
            new Secret(SandboxConfig.CLIENT_SECRET),
            URI.create("http://localhost:9080/api/oauth/callback"))
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  private static GhlSettings patient(URI base) {
    return settings(base).withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /** A gate whose budget is never used up. */
  public static CallGate<LocationId> noLimits() {
    return TestLimits.gate(new OpenBudget<>());
  }

  /** The adapter in front of a server that has neither tokens nor limits. */
  public static GhlAdapter adapterTo(FakeGhl ghl) {
    return GhlAdapter.of(patient(ghl.uri()), new TestTokens<>(new Secret("token")), noLimits());
  }

  /** All records of a kind as the sandbox has them. */
  public List<JsonObject> records(Kind kind) {
    List<JsonObject> all = new ArrayList<>();
    String target = "/sandbox/locations/" + LOCATION + "/records/" + kind.plural() + "?limit=10000";
    JsonObject page = sandbox.control("GET", target, "");
    while (!page.getJsonArray("items").isEmpty()) {
      all.addAll(page.getJsonArray("items").getValuesAs(JsonObject.class));
      page = sandbox.control("GET", target + "&after=" + page.getString("after"), "");
    }
    return all;
  }

  /** What nobody documents is done in another way from now on. */
  public void behave(String settings) {
    sandbox.control("PUT", "/sandbox/settings", settings);
  }

  public Secret newToken() {
    try (GhlOAuth oauth = GhlAdapter.oauth(settings, sandbox.clock())) {
      OAuthAnswer answer =
          oauth.exchange(new Secret(sandbox.newAuthorizationCode(LOCATION.value())));
      return ((OAuthAnswer.Granted) answer).grant().tokens().access();
    }
  }

  /** A code as the company's consent gives it, its locations included. */
  public Secret newCompanyCode(String more) {
    JsonObject installed =
        sandbox.control(
            "POST",
            "/sandbox/installs",
            "{\"companyId\":\""
                + COMPANY
                + "\",\"webhooks\":\"none\",\"exchange\":false"
                + more
                + "}");
    return new Secret(installed.getString("code"));
  }

  public CompanyGrant newCompanyGrant() {
    try (GhlOAuth oauth = GhlAdapter.oauth(settings, sandbox.clock())) {
      return ((OAuthAnswer.GrantedForCompany) oauth.exchange(newCompanyCode(""))).grant();
    }
  }

  public CrmContacts contacts() {
    return adapter.contacts();
  }

  /** A change that somebody makes in GoHighLevel itself. */
  public void asPerson(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.baseUri().resolve(path))
            .header("Authorization", "Bearer " + sandbox.userToken(LOCATION.value()))
            .header("Version", path.startsWith("/calendars/") ? "2021-04-15" : "2021-07-28")
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Our calls of the API itself, oldest first. */
  public List<JsonObject> calls() {
    return sandbox.calls().getJsonArray("calls").getValuesAs(JsonObject.class).stream()
        .filter(call -> call.getString("actor").equals("app"))
        .filter(call -> !call.getString("path").equals("/oauth/token"))
        .toList();
  }

  public JsonObject lastCall() {
    return calls().getLast();
  }

  public static <T> T done(CrmResult<T> result) {
    return switch (result) {
      case CrmResult.Done<T>(T value) -> value;
      case CrmResult.Failed<T>(CrmFailure failure) ->
          throw new AssertionError("expected a success but got " + failure);
    };
  }

  public static CrmFailure failure(CrmResult<?> result) {
    return switch (result) {
      case CrmResult.Done<?> done -> throw new AssertionError("expected a failure but got " + done);
      case CrmResult.Failed<?>(CrmFailure failure) -> failure;
    };
  }

  @Override
  public void close() {
    adapter.close();
    sandbox.close();
  }

  /** Tokens as a test wants them, with what was asked and told. */
  public static final class TestTokens<O> implements AccessTokens<O> {
    private final List<Secret> worked = new ArrayList<>();
    private final List<String> notActive = new ArrayList<>();
    private Answer current;
    private Answer next;
    private int renewals;

    public TestTokens(Secret token) {
      this(new Answer.Usable(token, false));
    }

    public TestTokens(Answer answer) {
      this.current = answer;
      this.next = answer;
    }

    /** The tokens that were seen to work. */
    public List<Secret> worked() {
      return worked;
    }

    /** What was said of owners that are not active. */
    public List<String> notActive() {
      return notActive;
    }

    public void now(Answer answer) {
      this.current = answer;
    }

    public void afterRenewal(Answer answer) {
      this.next = answer;
    }

    public int renewals() {
      return renewals;
    }

    @Override
    public Answer current(O owner) {
      return current;
    }

    @Override
    public Answer renewed(O owner, Secret refused) {
      renewals++;
      current = next;
      return next;
    }

    @Override
    public void worked(O owner, Secret token) {
      worked.add(token);
    }

    @Override
    public void notActive(O owner, Secret token, String message) {
      notActive.add(message);
    }
  }
}
