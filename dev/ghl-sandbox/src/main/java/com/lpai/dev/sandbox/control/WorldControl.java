package com.lpai.dev.sandbox.control;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.http.Request;
import com.lpai.dev.sandbox.http.Router;
import com.lpai.dev.sandbox.http.StrictJson;
import com.lpai.dev.sandbox.world.App;
import com.lpai.dev.sandbox.world.IsoTime;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;

/** The sandbox as a whole: its page, its clock, its settings. */
final class WorldControl implements ControlArea {
  private final World world;
  private final App app;

  WorldControl(World world, App app) {
    this.world = world;
    this.app = app;
  }

  @Override
  public void addTo(Router<Operation> router) {
    router.add("GET", "/", (request, path) -> IndexPage.of(world, app));
    router.add("GET", "/sandbox/clock", (request, path) -> clock());
    router.add("POST", "/sandbox/clock", (request, path) -> advanceClock(request));
    router.add("GET", "/sandbox/settings", (request, path) -> settings());
    router.add("PUT", "/sandbox/settings", (request, path) -> changeSettings(request));
    router.add("DELETE", "/sandbox/settings", (request, path) -> resetSettings());
  }

  private Reply clock() {
    return Reply.json(
        200,
        JsonText.object()
            .add("now", IsoTime.of(world.clock().instant()))
            .add("offsetMillis", world.clock().offset().toMillis())
            .build());
  }

  private Reply advanceClock(Request request) {
    StrictJson body = StrictJson.of(request);
    JsonValue advance =
        body.value("advance")
            .orElseThrow(() -> new IllegalArgumentException("property advance is required"));
    body.nothingElse();
    world.advanceClock(duration(advance));
    return clock();
  }

  private static Duration duration(JsonValue value) {
    try {
      Duration duration =
          switch (value) {
            case JsonNumber seconds ->
                Duration.ofMillis(seconds.bigDecimalValue().movePointRight(3).longValueExact());
            case JsonString text when text.getString().matches("\\d+") ->
                Duration.ofSeconds(Long.parseLong(text.getString()));
            case JsonString text -> Duration.parse(text.getString());
            default -> throw new IllegalArgumentException("not a duration");
          };
      if (duration.isNegative() || duration.toDays() > 36_500) {
        throw new IllegalArgumentException("out of range");
      }
      return duration;
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException mistake) {
      throw new IllegalArgumentException(
          "property advance must be an ISO 8601 duration such as PT1H, or seconds; from 0 on",
          mistake);
    }
  }

  private Reply settings() {
    return Reply.json(200, world.settings().describe());
  }

  private Reply changeSettings(Request request) {
    world.settings().change(JsonText.parseObject(request.body()));
    return settings();
  }

  private Reply resetSettings() {
    world.settings().reset();
    return settings();
  }
}
