package com.lpai.domain.contact;

import java.util.Optional;

/** Brings phone numbers into one form, so that the same number is one value on both sides. */
@FunctionalInterface
public interface PhoneNumbers {
  /**
   * The number in E.164 form ({@code +14155550123}).
   *
   * @param country ISO 3166 alpha-2, whose national form is understood
   * @return empty when it cannot be read as a phone number
   */
  Optional<String> normalise(String number, String country);
}
