package com.lpai.adapter.ghl.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibPhoneNumbersTest {
  private final LibPhoneNumbers numbers = new LibPhoneNumbers();

  /** A national number is one of the location's country (trap 60). */
  @ParameterizedTest
  @CsvSource({
    "(415) 555-0123, US, +14155550123",
    "+1 415-555-0123, DE, +14155550123",
    "030 123456, DE, +4930123456",
    "030 123456, de, +4930123456",
    "+14155550123, '', +14155550123",
    "1-800-FLOWERS, US, +18003569377",
  })
  void aNumberIsBroughtIntoItsOneForm(String given, String country, String normal) {
    assertThat(numbers.normalise(given, country)).contains(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "'', US",
    "hello, US",
    "12, US",
    "030 123456, ''",
    "030 123456, ZZ",
    "415 555 0123 ext. 7, US",
    "+99999999999999999999, US",
  })
  void whatIsNoNumberIsEmpty(String given, String country) {
    assertThat(numbers.normalise(given, country)).isEmpty();
  }

  /** What is not given to the library is what it would make of it. */
  @ParameterizedTest
  @ValueSource(strings = {"US", "CA", "GB", ""})
  void aNormalNumberOfNorthAmericaIsWhatTheLibrarySays(String country) throws Exception {
    PhoneNumberUtil library = PhoneNumberUtil.getInstance();
    for (long national = 2_000_000_000L; national < 10_000_000_000L; national += 999_983) {
      String number = "+1" + national;
      PhoneNumber parsed = library.parse(number, country);

      assertThat(library.isPossibleNumber(parsed)).isTrue();
      assertThat(numbers.normalise(number, country))
          .contains(library.format(parsed, PhoneNumberFormat.E164));
    }
  }

  @Test
  void anAbsurdlyLongTextIsNoNumber() {
    assertThat(numbers.normalise("1".repeat(1_000_000), "US")).isEmpty();
  }
}
