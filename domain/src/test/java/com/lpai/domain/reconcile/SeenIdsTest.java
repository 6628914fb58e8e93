package com.lpai.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SeenIdsTest {
  @Test
  void hundredThousandAreToldApartAndComeBackFromBytes() {
    SeenIds ids = new SeenIds();
    for (int i = 0; i < 100_000; i++) {
      assertThat(ids.add("contact-" + i)).isTrue();
    }
    SeenIds again = new SeenIds();
    again.addFrom(ids.toBytes());

    assertThat(ids.add("contact-7")).isFalse();
    assertThat(ids.size()).isEqualTo(100_000);
    assertThat(again.size()).isEqualTo(100_000);
    assertThat(ids.toBytes()).hasSize(1_600_000);
    for (int i = 0; i < 100_000; i++) {
      if (!again.contains("contact-" + i) || again.contains("contact+" + i)) {
        throw new AssertionError(i + " is mistaken");
      }
    }
  }

  @Test
  void halfAnIdIsRefused() {
    SeenIds ids = new SeenIds();

    assertThatIllegalArgumentException().isThrownBy(() -> ids.addFrom(new byte[24]));
  }
}
