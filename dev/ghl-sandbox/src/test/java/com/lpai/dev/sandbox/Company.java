package com.lpai.dev.sandbox;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A sandbox with a company of five locations. */
abstract class Company extends Sandboxed {
  static final String COMPANY = "comp1";

  @BeforeEach
  void makeCompany() {
    control(
        "POST",
        "/sandbox/locations/bulk",
        """
        {"companyId":"comp1","prefix":"loc-","count":5}""");
  }

  JsonObject control(String method, String target, String body) {
    return sandbox.control(method, target, body);
  }

  /** Installs for the company; the callback is left alone. */
  JsonObject install(String more) {
    return control(
        "POST",
        "/sandbox/installs",
        "{\"companyId\":\"comp1\",\"exchange\":false" + (more.isEmpty() ? "" : "," + more) + "}");
  }

  JsonObject companyTokens(String more) {
    return exchange(install(more).getString("code")).json();
  }

  Client companyApp() {
    return bearer(companyTokens(""));
  }

  Client bearer(JsonObject tokens) {
    return anonymous.withToken(tokens.getString("access_token"));
  }

  static Client.Reply locationToken(Client company, String locationId) {
    return company.form(
        "/oauth/locationToken", Map.of("companyId", COMPANY, "locationId", locationId));
  }

  void set(String settings) {
    control("PUT", "/sandbox/settings", "{" + settings + "}");
  }

  static List<String> texts(JsonObject object, String name) {
    return object.getJsonArray(name).getValuesAs(JsonString.class).stream()
        .map(JsonString::getString)
        .toList();
  }
}
