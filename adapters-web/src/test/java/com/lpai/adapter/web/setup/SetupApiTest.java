package com.lpai.adapter.web.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.web.WebFixture;
import com.lpai.adapter.web.WebFixture.Answer;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupApiTest {
  private static WebFixture web;

  private final LocationId location = web.installed();

  @BeforeAll
  static void start() {
    web = WebFixture.start();
  }

  @AfterAll
  static void stop() {
    web.close();
  }

  private Answer request(LocationId location, String rest) {
    return web.call(
        "POST", "locations/setup-location", "{\"locationId\":\"" + location + "\"" + rest + "}");
  }

  private JsonObject progress() {
    return web.call("GET", "locations/" + location + "/setup", "").json();
  }

  private static JsonObject step(JsonObject setup, SetupStep step) {
    return setup.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
        .filter(each -> each.getString("step").equals(step.key()))
        .findFirst()
        .orElseThrow();
  }

  private Setup setup() {
    return web.locations.find(location).orElseThrow().setup();
  }

  private void becomes(SetupStep step, UnaryOperator<StepResult> change) {
    Setup before = setup();
    becomes(before.with(step, change.apply(before.result(step))));
  }

  private void becomes(Setup setup) {
    Location before = web.locations.find(location).orElseThrow();
    assertThat(web.locations.save(location, before.withSetup(setup))).isPresent();
  }

  private void isOver() {
    for (SetupStep step : SetupStep.values()) {
      becomes(step, result -> result.started(web.time.instant()).finished(web.time.instant()));
    }
  }

  // ---- asking for one

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSetupThatIsAskedForIsAcceptedWithTheAddressOfItsProgress(boolean fullSync) {
    Answer answer = request(location, ",\"fullSync\":" + fullSync);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.header("Location"))
        .isEqualTo("http://localhost:9080/api/locations/" + location + "/setup");
    assertThat(answer.json().getBoolean("started")).isTrue();
    assertThat(setup().fullSync()).isEqualTo(fullSync);
    assertThat(progress().getBoolean("fullSync")).isEqualTo(fullSync);
    assertThat(progress().getString("state")).isEqualTo("running");
  }

  @Test
  void withoutAWordOnItEverythingIsCopied() {
    request(location, "");

    assertThat(setup().fullSync()).isTrue();
  }

  @Test
  void askingAgainWhileOneRunsIsAnsweredByThatOne() {
    request(location, ",\"fullSync\":false");

    Answer again = request(location, ",\"fullSync\":true");

    assertThat(again.status()).isEqualTo(202);
    assertThat(again.header("Location"))
        .isEqualTo("http://localhost:9080/api/locations/" + location + "/setup");
    assertThat(again.json().getBoolean("started")).isFalse();
    assertThat(again.json().getJsonObject("setup").getInt("run")).isEqualTo(1);
    assertThat(setup().fullSync()).isFalse();
  }

  @Test
  void onceItIsOverAnotherOneBegins() {
    request(location, "");
    isOver();

    Answer again = request(location, ",\"fullSync\":false");

    assertThat(again.json().getBoolean("started")).isTrue();
    assertThat(again.json().getJsonObject("setup").getInt("run")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"fullSync\":\"no\"", ",\"fullSync\":null", ",\"since\":1"})
  void whatIsNotUnderstoodBeginsNothing(String rest) {
    assertThat(request(location, rest).status()).isEqualTo(400);
    assertThat(setup().run()).isZero();
  }

  @Test
  void aLocationThatNobodyKnowsIsNotFoundAndOneWithoutTheAppIsRefused() {
    LocationId disconnected = TenantFixture.anyLocation();
    web.locations.save(
        disconnected,
        Location.installed(disconnected, TenantFixture.anyCompany(), web.time.instant()));

    assertThat(request(TenantFixture.anyLocation(), "").status()).isEqualTo(404);
    assertThat(request(disconnected, "").status()).isEqualTo(409);
  }

  // ---- looking at one

  @Test
  void aLocationThatWasNeverCopiedSaysSo() {
    assertThat(progress())
        .hasToString(
            "{\"run\":0,\"state\":\"none\",\"fullSync\":false,\"steps\":[],\"errors\":[]}");
  }

  @Test
  void aStepThatRunsTellsHowMuchOfItIsDoneAndHowFastItGoes() {
    request(location, "");
    becomes(SetupStep.LOCATION_DETAILS, result -> result.finished(web.time.instant()));
    becomes(
        SetupStep.PIPELINES, result -> result.started(web.time.instant()).progressed(300, 2_500));
    web.time.advance(Duration.ofSeconds(2));

    JsonObject progress = progress();

    assertThat(progress.getString("step")).isEqualTo("pipelines");
    assertThat(step(progress, SetupStep.PIPELINES).getInt("done")).isEqualTo(300);
    assertThat(step(progress, SetupStep.PIPELINES).getInt("total")).isEqualTo(2_500);
    assertThat(step(progress, SetupStep.PIPELINES).getJsonNumber("rate").doubleValue())
        .isEqualTo(150);
    assertThat(step(progress, SetupStep.LOCATION_DETAILS)).doesNotContainKey("rate");
    assertThat(step(progress, SetupStep.CONTACTS)).doesNotContainKeys("rate", "total");
  }

  @Test
  void whatWentWrongIsListedInPlainWords() {
    request(location, "");
    isOver();
    becomes(
        SetupStep.USERS,
        result -> result.failed("The scope users.readonly is missing.", web.time.instant()));

    JsonObject progress = progress();

    assertThat(progress.getString("state")).isEqualTo("failed");
    assertThat(progress).doesNotContainKey("step");
    assertThat(progress.getJsonArray("errors"))
        .hasToString("[{\"step\":\"users\",\"message\":\"The scope users.readonly is missing.\"}]");
  }

  // ---- repeating a step

  @Test
  void aFailedStepIsRepeatedAloneWithThoseThatWaitForIt() {
    request(location, "");
    isOver();
    becomes(SetupStep.PIPELINES, result -> result.failed("away", web.time.instant()));
    becomes(SetupStep.OPPORTUNITIES, result -> result.skipped("no way", web.time.instant()));

    Answer answer = web.call("POST", "locations/" + location + "/setup/steps/pipelines/retry", "");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(setup().result(SetupStep.PIPELINES)).isEqualTo(StepResult.WAITING);
    assertThat(setup().result(SetupStep.OPPORTUNITIES)).isEqualTo(StepResult.WAITING);
    assertThat(setup().result(SetupStep.USERS).isOver()).isTrue();
  }

  @Test
  void aStepOfAnotherNameIsNotFound() {
    assertThat(web.call("POST", "locations/" + location + "/setup/steps/shoes/retry", "").status())
        .isEqualTo(404);
  }
}
