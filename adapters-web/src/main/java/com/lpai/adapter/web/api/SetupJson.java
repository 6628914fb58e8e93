package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** A setup as the REST API shows it (docs/rest-api.md). */
public final class SetupJson {
  private static final String RETRYING = "retrying";

  private SetupJson() {}

  /** A setup with its steps in their order; the same as long as nothing of it changes. */
  public static JsonObject of(Setup setup) {
    return of(setup, Instant.EPOCH);
  }

  /** The same, and how fast it goes at this time. */
  public static JsonObject of(Setup setup, Instant now) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("run", setup.run())
            .add("state", state(setup))
            .add("fullSync", setup.fullSync());
    LocationJson.addTime(json, "requestedAt", setup.requestedAt());
    if (setup.run() > 0) {
      setup.nextStep(now).ifPresent(step -> json.add("step", step.key()));
    }
    JsonArrayBuilder steps = JSON.createArrayBuilder();
    JsonArrayBuilder errors = JSON.createArrayBuilder();
    for (Map.Entry<SetupStep, StepResult> step : setup.results().entrySet()) {
      StepResult result = step.getValue();
      steps.add(step(step.getKey(), result, now));
      if (result.state() == StepResult.State.FAILED) {
        errors.add(
            JSON.createObjectBuilder()
                .add("step", step.getKey().key())
                .add("message", result.note()));
      }
    }
    return json.add("steps", steps).add("errors", errors).build();
  }

  /** {@code none}, {@code running}, {@code retrying}, {@code done} or {@code failed}. */
  static String state(Setup setup) {
    if (setup.run() == 0) {
      return "none";
    }
    if (setup.isAtWork()) {
      return "running";
    }
    if (setup.hasFailedSteps()) {
      return "failed";
    }
    return setup.isUnderWay() ? RETRYING : "done";
  }

  private static JsonObjectBuilder step(SetupStep step, StepResult result, Instant now) {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("step", step.key())
            .add(
                "state",
                result.isToBeTriedAgain()
                    ? RETRYING
                    : result.state().name().toLowerCase(Locale.ROOT))
            .add("done", result.done());
    if (result.total() >= 0) {
      json.add("total", result.total());
    }
    result.perSecond(now).ifPresent(rate -> json.add("rate", rounded(rate)));
    if (!result.told().isEmpty()) {
      json.add("note", result.told());
    }
    LocationJson.addTime(json, "startedAt", result.startedAt());
    LocationJson.addTime(json, "finishedAt", result.finishedAt());
    if (result.attempts() > 0) {
      json.add("attempts", result.attempts());
    }
    LocationJson.addTime(json, "nextAttemptAt", result.nextAttemptAt());
    return json;
  }

  private static BigDecimal rounded(double rate) {
    return BigDecimal.valueOf(rate).setScale(1, RoundingMode.HALF_UP);
  }
}
