package com.lpai.adapter.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.ApiApplication;
import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.Envelope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks every resource method that is served, and asks each for what it must not give. */
class DefaultDenyTest {
  private static WebFixture web;

  /** One resource method. */
  record Endpoint(
      String method,
      String path,
      boolean open,
      boolean operatorOnly,
      boolean anyLocation,
      boolean byTicket) {
    String of(String location) {
      return path.replace("{locationId}", location)
          .replaceAll("\\{\\w+: (\\w+)\\|[^}]+}", "$1")
          .replaceAll("\\{[^}]+}", "x");
    }

    boolean isOfOneLocation() {
      return path.contains("{" + SecurityFilter.LOCATION + "}");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  static Stream<Endpoint> all() {
    List<Endpoint> endpoints = new ArrayList<>();
    for (Class<?> type : ApiApplication.RESOURCES) {
      for (Method method : type.getMethods()) {
        verb(method).ifPresent(verb -> endpoints.add(endpoint(type, method, verb)));
      }
    }
    return endpoints.stream();
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static Endpoint endpoint(Class<?> type, Method method, String verb) {
    Path below = method.getAnnotation(Path.class);
    String path =
        type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
    return new Endpoint(
        verb,
        path,
        has(type, method, Open.class),
        has(type, method, OperatorOnly.class),
        has(type, method, AnyLocation.class),
        has(type, method, ByTicket.class));
  }

  private static boolean has(Class<?> type, Method method, Class<? extends Annotation> mark) {
    return type.isAnnotationPresent(mark) || method.isAnnotationPresent(mark);
  }

  static Stream<Endpoint> closed() {
    return all().filter(endpoint -> !endpoint.open());
  }

  static Stream<Endpoint> ofOneLocation() {
    return all().filter(Endpoint::isOfOneLocation);
  }

  static Stream<Endpoint> operators() {
    return all().filter(Endpoint::operatorOnly);
  }

  private static Answer ask(Endpoint endpoint, String location, String... headers) {
    boolean body = endpoint.method().equals("POST") || endpoint.method().equals("PATCH");
    return web.send(endpoint.method(), endpoint.of(location), body ? "{}" : "", headers);
  }

  private static String[] bearer(String token) {
    return new String[] {"Authorization", "Bearer " + token};
  }

  @Test
  void everyEndpointIsKnownToThisWalk() {
    assertThat(all().count()).isGreaterThan(35);
    assertThat(closed().count()).isGreaterThan(25);
    assertThat(ofOneLocation().count()).isGreaterThan(20);
  }

  @Test
  void onlyTheseAreOpen() {
    assertThat(all().filter(Endpoint::open).map(e -> e.path().replaceFirst("/.*", "")).distinct())
        .containsExactlyInAnyOrder("oauth", "session", "cron");
  }

  @Test
  void onlyTheseAreForLocationsThatAreNotKnown() {
    assertThat(all().filter(Endpoint::anyLocation).map(Endpoint::toString))
        .containsExactlyInAnyOrder(
            "DELETE locations/{locationId}", "POST operations/locations/{locationId}/api-key");
    assertThat(all().filter(Endpoint::anyLocation)).allMatch(Endpoint::operatorOnly);
  }

  @Test
  void onlyTheseTakeATicketInPlaceOfAToken() {
    assertThat(all().filter(Endpoint::byTicket).map(Endpoint::toString))
        .containsExactly("GET locations/{locationId}/setup/stream");
  }

  @ParameterizedTest
  @MethodSource("closed")
  void noTicketThatNobodyGaveOpensAnything(Endpoint endpoint) {
    String ticket = "?ticket=" + "A".repeat(43);

    assertThat(web.send(endpoint.method(), endpoint.of(web.location.value()) + ticket, "").status())
        .isEqualTo(401);
  }

  @Test
  void noOpenEndpointIsOfOneLocation() {
    assertThat(ofOneLocation()).noneMatch(Endpoint::open);
  }

  /** In the guide anybody could begin a setup (trap 16). */
  @ParameterizedTest
  @MethodSource("closed")
  void withoutATokenNothingIsAnswered(Endpoint endpoint) {
    Answer answer = ask(endpoint, web.location.value());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    if (!endpoint.method().equals("HEAD")) {
      assertThat(answer.problem()).isEqualTo("unauthorized");
    }
  }

  @ParameterizedTest
  @MethodSource("ofOneLocation")
  void aForeignLocationDoesNotExist(Endpoint endpoint) {
    String[] token = bearer(web.tokenFor(web.otherLocation));
    Answer answer = ask(endpoint, web.location.value(), token);

    assertThat(answer.status()).isEqualTo(endpoint.operatorOnly() ? 403 : 404);
    assertThat(answer.body()).doesNotContain(web.location.value());
  }

  @ParameterizedTest
  @MethodSource("ofOneLocation")
  void aLocationThatNobodyHasDoesNotExistForOperatorsEither(Endpoint endpoint) {
    List<String> nobodies = new ArrayList<>(List.of("%20", "a%0Ab", Envelope.NO_LOCATION.value()));
    if (!endpoint.anyLocation()) {
      nobodies.add("..%2F..%2Fx");
      nobodies.add(TenantFixture.anyLocation().value());
    }
    for (String nobody : nobodies) {
      assertThat(ask(endpoint, nobody, bearer(web.operator())).status()).as(nobody).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @MethodSource("operators")
  void frontendsAreNoOperators(Endpoint endpoint) {
    Answer answer = ask(endpoint, web.location.value(), bearer(web.tokenFor(web.location)));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.problem()).isEqualTo("forbidden");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", "Basic YTpi"})
  void whatIsNoTokenIsRefused(String authorization) {
    Answer answer = web.send("GET", "locations", "", "Authorization", authorization);

    assertThat(answer.status()).isEqualTo(401);
  }

  @Test
  void aTicketOrSessionIsNoBearerToken() {
    String ticket = web.issuer.setupTicket(web.location, Duration.ofHours(1)).value();
    String session = web.issuer.session("operator", Duration.ofHours(1)).value();

    assertThat(web.send("GET", "locations", "", bearer(ticket)).status()).isEqualTo(401);
    assertThat(web.send("GET", "locations", "", bearer(session)).status()).isEqualTo(401);
  }

  @Test
  void anUnsignedTokenIsRefused() {
    String header = text("{\"alg\":\"none\"}");
    String claims =
        text(
            "{\"iss\":\"lpai\",\"exp\":99999999999,\"groups\":[\"operator\"],\"locations\":[\"*\"]}");

    assertThat(web.send("GET", "locations", "", bearer(header + "." + claims + ".")).status())
        .isEqualTo(401);
  }

  private static String text(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void aFrontendSeesItsOwnLocationsOnly() {
    Answer answer = web.send("GET", "locations", "", bearer(web.tokenFor(web.location)));

    assertThat(answer.json().getJsonArray("items")).hasSize(1);
    assertThat(answer.json().getJsonArray("items").getJsonObject(0).getString("id"))
        .isEqualTo(web.location.value());
  }

  @Test
  void everywhereIsBelievedOfOperatorsOnly() {
    String token =
        web.issuer
            .locationToken(
                "frontend",
                List.of(new com.lpai.domain.tenant.LocationId("*")),
                Duration.ofHours(1))
            .value();

    Answer answer = web.send("GET", "locations", "", bearer(token));

    assertThat(answer.json().getJsonArray("items")).isEmpty();
  }
}
