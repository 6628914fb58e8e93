package com.lpai.dev.sandbox.ghl;

import java.util.Map;
import java.util.Optional;

/** Brings phone numbers to E.164, with a location's country as default. Simple on purpose. */
final class PhoneForm {
  private static final int FEWEST_DIGITS = 7;
  private static final int MOST_DIGITS = 15;
  private static final int NORTH_AMERICAN_DIGITS = 10;
  private static final Map<String, String> COUNTRY_CODES =
      Map.of("GB", "44", "DE", "49", "FR", "33", "AU", "61", "IN", "91", "NZ", "64");

  private PhoneForm() {}

  /** The number as {@code +digits}; empty when it cannot be a phone number. */
  static Optional<String> normalised(String given, String country) {
    String digits = given.replaceAll("\\D", "");
    boolean strange = !given.matches("[+\\d\\s().\\-/]*");
    if (strange || digits.length() < FEWEST_DIGITS || digits.length() > MOST_DIGITS) {
      return Optional.empty();
    }
    if (given.strip().startsWith("+")) {
      return Optional.of("+" + digits);
    }
    boolean northAmerican = country.equals("US") || country.equals("CA");
    if (northAmerican) {
      return Optional.of((digits.length() == NORTH_AMERICAN_DIGITS ? "+1" : "+") + digits);
    }
    String code = COUNTRY_CODES.get(country);
    boolean national = code != null && !digits.startsWith(code);
    return Optional.of(national ? "+" + code + digits.replaceFirst("^0", "") : "+" + digits);
  }
}
