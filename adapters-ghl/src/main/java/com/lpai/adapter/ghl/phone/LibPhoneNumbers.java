package com.lpai.adapter.ghl.phone;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import com.lpai.domain.contact.PhoneNumbers;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Phone numbers by libphonenumber. A number counts when its length is possible: numbers of new
 * ranges must not stay unreadable until a library knows them. One with an extension stays as it is
 * given, since E.164 would lose the extension.
 */
public final class LibPhoneNumbers implements PhoneNumbers {
  /** These are normal already, and most that come; the library takes its time for each. */
  private static final Pattern NORMAL_IN_NORTH_AMERICA = Pattern.compile("\\+1[2-9][0-9]{9}");

  private final PhoneNumberUtil library = PhoneNumberUtil.getInstance();

  @Override
  public Optional<String> normalise(String number, String country) {
    if (NORMAL_IN_NORTH_AMERICA.matcher(number).matches()) {
      return Optional.of(number);
    }
    try {
      PhoneNumber parsed = library.parse(number, country.toUpperCase(Locale.ROOT));
      return library.isPossibleNumber(parsed) && !parsed.hasExtension()
          ? Optional.of(library.format(parsed, PhoneNumberFormat.E164))
          : Optional.empty();
    } catch (NumberParseException unreadable) {
      return Optional.empty();
    }
  }
}
