package com.lpai.domain.defaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class LibraryTest {
  @Test
  void aPriceHasNoMoreDigitsThanEveryPlaceHolds() {
    assertThat(item("999999999999999.999999").price())
        .isEqualByComparingTo("999999999999999.999999");
    assertThat(item("9.500000000000").price()).isEqualByComparingTo("9.5");
    assertThat(item("-12").price()).isEqualByComparingTo("-12");

    for (String tooLong :
        new String[] {"1000000000000000", "0.0000001", "1E+40", "1E-7000", "1E+2147483647"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> item(tooLong))
          .withMessageContaining("15 digits before the point and 6 after it");
    }
  }

  private static Library.Item item(String price) {
    return new Library.Item("Tile", "m2", new BigDecimal(price));
  }
}
