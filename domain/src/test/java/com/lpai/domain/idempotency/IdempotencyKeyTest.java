package com.lpai.domain.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\tb", "a\nb", "schlüssel", "a\u007f"})
  void aKeyIsPrintable(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyKey("frontend", "contacts", value));
  }

  @Test
  void aKeyIsBounded() {
    String longest = "k".repeat(IdempotencyKey.LONGEST);

    assertThat(new IdempotencyKey("frontend", "contacts", longest).value()).isEqualTo(longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IdempotencyKey("frontend", "contacts", longest + "k"));
  }

  @Test
  void aKeyIsNotPrinted() {
    assertThat(new IdempotencyKey("frontend", "contacts", "key-1").toString())
        .doesNotContain("key-1")
        .doesNotContain("frontend");
  }
}
