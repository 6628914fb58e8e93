package com.lpai.adapter.ghl.json;

import static com.lpai.adapter.ghl.json.Provider.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReadsTest {
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  @ParameterizedTest
  @CsvSource({
    "2021-07-16T11:22:33.456Z, 2021-07-16T11:22:33.456Z",
    "2024-02-29T23:59:59.999Z, 2024-02-29T23:59:59.999Z",
    "2021-07-16T11:22:33Z, 2021-07-16T11:22:33Z",
    "2021-07-16T11:22:33.456+02:00, 2021-07-16T09:22:33.456Z",
    "2021-07-16T11:22:33.456789Z, 2021-07-16T11:22:33.456789Z",
    "2021-07-16 11:22:33, 2021-07-16T15:22:33Z",
    "1626434553456, 2021-07-16T11:22:33.456Z",
  })
  void aTimeIsReadInEachOfItsForms(String given, String time) {
    assertThat(JsonReads.instant(text(given), NEW_YORK)).contains(Instant.parse(time));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2021-13-16T11:22:33.456Z",
        "2021-02-32T11:22:33.456Z",
        "2021-02-30T11:22:33.456Z",
        "2021-02-30T11:22:33Z",
        "2023-02-29 11:22:33",
        "2021-07-16T24:22:33.456Z",
        "2021-07-16T11:60:33.456Z",
        "1999-12-31T23:59:59.999Z",
        "2021-07-16T11:22:33.45xZ",
        "2021-07-16T11:22:33,456Z",
        "today",
        "",
      })
  void whatIsNoTimeOfOursIsEmpty(String given) {
    assertThat(JsonReads.instant(text(given), NEW_YORK)).isEmpty();
  }

  private static JsonValue text(String text) {
    return JSON.createValue(text);
  }
}
