package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.lpai.dev.sandbox.http.Answer;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.world.Seeding;
import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** A sandbox without a port, for tests in the same process. */
class InProcessTest {
  private static final String LOCATION = "l";

  private final List<String> webhooks = new ArrayList<>();

  private GhlSandbox sandbox() {
    GhlSandbox sandbox = GhlSandbox.inProcess(SandboxConfig.standard().withSeed(7), webhooks::add);
    sandbox.createLocation(Seeding.of(LOCATION));
    return sandbox;
  }

  private static Answer.Reply create(GhlSandbox sandbox) {
    Headers headers = new Headers();
    headers.set("Authorization", "Bearer " + sandbox.userToken(LOCATION));
    headers.set("Version", "2021-07-28");
    headers.set("Content-Type", "application/json");
    String body = "{\"locationId\":\"l\",\"email\":\"a@b.co\"}";
    return (Answer.Reply)
        sandbox.answer(
            new Request(
                "POST", "/contacts/", Map.of(), headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void callsAreAnsweredAndWebhooksHandedOverBeforeTheAnswer() {
    try (GhlSandbox sandbox = sandbox()) {
      sandbox.newAuthorizationCode(LOCATION);
      webhooks.clear();

      Answer.Reply reply = create(sandbox);

      assertThat(reply.status()).isEqualTo(201);
      assertThat(webhooks).singleElement().asString().contains("\"ContactCreate\"", "a@b.co");
    }
  }

  @Test
  void theSameCallsMakeTheSameIds() {
    List<String> ids = new ArrayList<>();
    for (int time = 0; time < 2; time++) {
      try (GhlSandbox sandbox = sandbox()) {
        create(sandbox);
        ids.add(
            sandbox
                .control("GET", "/sandbox/locations/l/records/contacts", "")
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id"));
      }
    }

    assertThat(ids.get(0)).isEqualTo(ids.get(1));
  }

  @Test
  void itHasNoPort() {
    try (GhlSandbox sandbox = sandbox()) {
      assertThatThrownBy(sandbox::port).isInstanceOf(NoSuchElementException.class);
    }
  }
}
