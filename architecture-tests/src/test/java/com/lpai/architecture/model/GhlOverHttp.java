package com.lpai.architecture.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.lpai.architecture.system.HttpCalls;
import com.lpai.dev.sandbox.http.Answer;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;

/** A location of a sandbox that runs as a process. */
final class GhlOverHttp extends Ghl {
  private final HttpCalls sandbox;
  private final HttpCalls person;

  /**
   * A location.
   *
   * @param sandbox calls to its control API
   * @param person calls with the token of a person who works in the location
   */
  GhlOverHttp(String location, HttpCalls sandbox, HttpCalls person) {
    super(location);
    this.sandbox = sandbox;
    this.person = person;
  }

  @Override
  JsonObject control(String target) {
    HttpCalls.Answer answer = sandbox.get(target);
    if (answer.status() != 200) {
      throw new AssertionError(target + " was answered " + answer.status() + " " + answer.body());
    }
    return answer.json();
  }

  @Override
  Answer.Reply answer(String method, String path, String version, JsonObject body) {
    HttpCalls.Answer answer =
        person
            .with("Version", version)
            .send(method, path, BodyPublishers.ofString(body.toString()), "application/json");
    return new Answer.Reply(answer.status(), Map.of(), answer.body().getBytes(UTF_8));
  }
}
