package com.lpai.dev.sandbox;

import com.lpai.dev.sandbox.Client.Reply;
import com.lpai.dev.sandbox.openapi.Answers;
import com.lpai.dev.sandbox.openapi.Complaint;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.Seeding;
import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes the sandbox give each answer that it has, and looks at each. */
final class EveryAnswer {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String LOCATION = "location1";
  private static final String COMPANY = "company1";

  private final GhlSandbox sandbox;
  private final Answers documented;
  private final List<Complaint> complaints = new ArrayList<>();

  private EveryAnswer(GhlSandbox sandbox, Answers documented) {
    this.sandbox = sandbox;
    this.documented = documented;
  }

  /** What of all the answers of a seed is not as documented. */
  static List<Complaint> complaints(Answers documented, long seed) {
    SandboxConfig config =
        SandboxConfig.standard().withWebhookUrl(URI.create("http://localhost:1/")).withSeed(seed);
    try (GhlSandbox sandbox = GhlSandbox.start(config)) {
      EveryAnswer all = new EveryAnswer(sandbox, documented);
      all.giveThem();
      return List.copyOf(all.complaints);
    }
  }

  private void giveThem() {
    sandbox.createLocation(
        Seeding.of(LOCATION)
            .ofCompany(COMPANY)
            .withContacts(9, 5)
            .with(Kind.OPPORTUNITIES, 9)
            .with(Kind.CALENDARS, 3)
            .with(Kind.APPOINTMENTS, 60)
            .with(Kind.BLOCKED_SLOTS, 3)
            .with(Kind.CONVERSATIONS, 8)
            .with(Kind.MESSAGES, 60));
    sandbox.createLocation(Seeding.of("other").withContacts(1, 5));
    set("\"rateBurst\":10000,\"installLagSeconds\":0,\"searchLagSeconds\":0");
    tokens();
    company();
    contacts();
    OpportunityAnswers.give(this);
    CalendarAnswers.give(this);
    FieldAnswers.give(this);
    ConversationAnswers.give(this);
    usersAndLocations();
    refusals();
  }

  void set(String settings) {
    sandbox.control("PUT", "/sandbox/settings", "{" + settings + "}");
  }

  Reply call(Client client, String method, String target, String type, String body) {
    Reply reply = client.send(method, target, body, type);
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    complaints.addAll(documented.complaints(method, path, reply.status(), reply.text()));
    return reply;
  }

  Reply json(Client client, String method, String target, String body) {
    return call(client, method, target, JSON, body);
  }

  Reply get(Client client, String target) {
    return call(client, "GET", target, "", "");
  }

  private Reply form(Client client, String path, Map<String, String> fields) {
    String body =
        fields.entrySet().stream()
            .map(it -> it.getKey() + "=" + Client.encoded(it.getValue()))
            .collect(Collectors.joining("&"));
    return call(client, "POST", path, FORM, body);
  }

  private Reply token(String grantType, String name, String value) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", SandboxConfig.CLIENT_ID);
    fields.put("client_secret", SandboxConfig.CLIENT_SECRET);
    fields.put("grant_type", grantType);
    fields.put(name, value);
    return form(Client.of(sandbox), "/oauth/token", fields);
  }

  private Reply install(String more) {
    JsonObject order = sandbox.control("POST", "/sandbox/installs", "{\"exchange\":false," + more);
    return token("authorization_code", "code", order.getString("code"));
  }

  private Client bearer(Reply tokens) {
    return Client.of(sandbox).withToken(tokens.json().getString("access_token"));
  }

  Client user() {
    return Client.of(sandbox).withToken(sandbox.userToken(LOCATION));
  }

  private void tokens() {
    String refreshToken =
        install("\"locationId\":\"location1\"}").json().getString("refresh_token");
    token("refresh_token", "refresh_token", refreshToken);
    install("\"locationId\":\"location1\",\"withoutUserId\":true}");
    form(Client.of(sandbox), "/oauth/token", Map.of("foo", "bar"));
    token("client_credentials", "user_type", "Location");
    for (int status : new int[] {400, 401}) {
      for (String body : new String[] {"oauth", "envelope"}) {
        set("\"invalidGrantStatus\":%d,\"invalidGrantBody\":\"%s\"".formatted(status, body));
        token("refresh_token", "refresh_token", "nonsense");
      }
    }
    token("refresh_token", "client_secret", "wrong");
    set("\"tokenExtras\":true");
    Reply extras = install("\"companyId\":\"company1\",\"approvedLocations\":\"present\"}");
    form(
        Client.of(sandbox),
        "/oauth/token",
        Map.of(
            "client_id",
            SandboxConfig.CLIENT_ID,
            "client_secret",
            SandboxConfig.CLIENT_SECRET,
            "grant_type",
            "refresh_token",
            "user_type",
            "Location",
            "refresh_token",
            extras.json().getString("refresh_token")));
    set("\"tokenExtras\":null");
  }

  private void company() {
    Client company = bearer(install("\"companyId\":\"company1\"}"));
    String list = "/oauth/installedLocations?companyId=company1&appId=";
    get(company, list + "sandboxapp");
    get(company, list + "sandboxapp&isInstalled=true&skip=0&limit=1");
    get(company, list + "wrong");
    get(company, "/oauth/installedLocations?companyId=other&appId=sandboxapp");
    get(company, "/oauth/installedLocations");
    for (boolean refresh : new boolean[] {true, false}) {
      set("\"derivedRefreshToken\":" + refresh);
      derive(company, LOCATION);
    }
    form(company, "/oauth/locationToken", Map.of("companyId", COMPANY));
    for (int status : new int[] {400, 403, 404, 422}) {
      set("\"notInstalledStatus\":" + status);
      derive(company, "other");
    }
    sandbox.control("POST", "/sandbox/locations/location1/suspend", "");
    derive(company, LOCATION);
    sandbox.control("POST", "/sandbox/locations/location1/resume", "");
    derive(bearer(install("\"companyId\":\"company1\",\"withoutUserId\":true}")), LOCATION);
    get(company, "/contacts/x");
    get(company, "/locations/location1");
    get(company, "/users/search?companyId=company1");
  }

  private void derive(Client company, String locationId) {
    form(company, "/oauth/locationToken", Map.of("companyId", COMPANY, "locationId", locationId));
  }

  private void contacts() {
    Client client = user();
    String created =
        json(client, "POST", "/contacts/", OpenApiTest.EVERYTHING)
            .json()
            .getJsonObject("contact")
            .getString("id");
    json(client, "POST", "/contacts/", OpenApiTest.EVERYTHING);
    json(client, "POST", "/contacts/upsert", OpenApiTest.EVERYTHING);
    json(client, "POST", "/contacts/upsert", "{}");
    String path = "/contacts/" + created;
    json(
        client,
        "PUT",
        path,
        """
        {"customFields":[{"id":"n","field_value":7},{"id":"l","field_value":["a","b"]}]}""");
    get(client, path);
    json(client, "PUT", path, "{\"foo\":1}");
    json(client, "POST", path + "/tags", "{\"tags\":[\"b\"]}");
    json(client, "DELETE", path + "/tags", "{\"tags\":[\"b\"]}");
    json(client, "POST", path + "/tags", "{}");
    json(client, "POST", "/contacts/search", "{\"locationId\":\"location1\",\"pageLimit\":2}");
    json(client, "POST", "/contacts/search", "{}");
    String duplicate = "/contacts/search/duplicate?locationId=location1&email=";
    get(client, duplicate + "ann%40example.com");
    get(client, duplicate + "nobody%40example.com");
    get(client, "/contacts/search/duplicate");
    call(client, "DELETE", path, "", "");
    for (int status : new int[] {400, 404}) {
      set("\"notFoundStatus\":" + status);
      get(client, path);
      json(client, "PUT", path, "{}");
      call(client, "DELETE", path, "", "");
    }
  }

  private void usersAndLocations() {
    Client client = user();
    String userId =
        get(client, "/users/search?companyId=company1&limit=2")
            .json()
            .getJsonArray("users")
            .getJsonObject(0)
            .getString("id");
    get(client, "/users/" + userId);
    get(client, "/users/nobody");
    get(client, "/users/search");
    get(client, "/locations/location1");
    get(client, "/locations/other");
  }

  private void refusals() {
    Reply tokens = install("\"locationId\":\"location1\",\"scopes\":[\"contacts.readonly\"]}");
    Client client = bearer(tokens);
    get(Client.of(sandbox), "/contacts/x");
    get(Client.of(sandbox).withToken("garbage"), "/users/search?companyId=c");
    get(client, "/locations/location1");
    get(client.withVersion(""), "/contacts/x");
    get(client.withVersion("2021-04-15"), "/contacts/x");
    derive(client, LOCATION);
    sandbox.control("POST", "/sandbox/locations/location1/suspend", "");
    for (int status : new int[] {400, 401, 403}) {
      set("\"suspendedCallStatus\":" + status);
      get(client, "/contacts/x");
    }
    token("refresh_token", "refresh_token", tokens.json().getString("refresh_token"));
    set("\"rateBurst\":0");
    get(client, "/contacts/x");
    sandbox.control("POST", "/sandbox/tokens/expire", "{\"all\":true}");
    get(client, "/contacts/x");
  }
}
