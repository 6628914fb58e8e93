package com.lpai.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartModeTest {
  private static final Map<String, String> OWN_DATABASE_AND_APP =
      Map.of(
          "MONGODB_URI", "mongodb://db/lpai",
          "GHL_MARKETPLACE_CLIENT_ID", "id",
          "GHL_MARKETPLACE_CLIENT_SECRET", "secret");

  @Test
  void nothingConfiguredMeansEvaluation() {
    assertThat(StartMode.decide(Map.of("PATH", "/bin"))).isEqualTo(StartMode.EVALUATION);
  }

  @Test
  void anEmptySettingCountsAsAbsent() {
    assertThat(StartMode.decide(Map.of("MONGODB_URI", ""))).isEqualTo(StartMode.EVALUATION);
  }

  @Test
  void evaluationCanBeAskedForByName() {
    assertThat(StartMode.decide(Map.of("LPAI_EVALUATION", "true"))).isEqualTo(StartMode.EVALUATION);
  }

  @Test
  void databaseAndCredentialsMeanTheServerOnly() {
    assertThat(StartMode.decide(OWN_DATABASE_AND_APP)).isEqualTo(StartMode.SERVER_ONLY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void theServerIsStartedAloneWhateverEvaluationSays(String evaluation) {
    var environment = new HashMap<>(OWN_DATABASE_AND_APP);
    environment.put("LPAI_EVALUATION", evaluation);

    assertThat(StartMode.decide(environment)).isEqualTo(StartMode.SERVER_ONLY);
  }

  @Test
  void aPartOfTheConfigurationIsRefusedNamingWhatIsMissing() {
    assertThatThrownBy(
            () ->
                StartMode.decide(
                    Map.of("MONGODB_URI", "x", "GHL_MARKETPLACE_CLIENT_ID", "not-to-be-shown")))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(
            "MONGODB_URI, GHL_MARKETPLACE_CLIENT_ID are set, but GHL_MARKETPLACE_CLIENT_SECRET is missing.")
        .hasMessageNotContaining("not-to-be-shown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GHL_BASE_URL", "GHL_OAUTH_BASE_URL", "GHL_WEBHOOK_PUBLIC_KEYS", "LPAI_CLOCK_URL"})
  void aSettingThatEvaluationWouldOverwriteIsRefused(String setting) {
    assertThatThrownBy(() -> StartMode.decide(Map.of(setting, "x")))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith(setting + " is set, but MONGODB_URI, ");
  }

  @Test
  void refusedEvaluationWithoutConfigurationIsContradictory() {
    assertThatThrownBy(() -> StartMode.decide(Map.of("LPAI_EVALUATION", "false")))
        .isInstanceOf(StartRefused.class)
        .hasMessageStartingWith("LPAI_EVALUATION=false is set, but MONGODB_URI");
  }

  @Test
  void anythingButTrueAndFalseIsRefused() {
    assertThatThrownBy(() -> StartMode.decide(Map.of("LPAI_EVALUATION", "yes")))
        .isInstanceOf(StartRefused.class)
        .hasMessage("LPAI_EVALUATION must be true or false; it is \"yes\".");
  }
}
