package com.lpai.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContactNormalizerTest {
  /** Reads ten digits as a number of the United States, and nothing else. */
  private final ContactNormalizer normalizer =
      new ContactNormalizer(
          (number, country) -> {
            String digits = number.replaceAll("[^0-9]", "");
            return country.equals("US") && digits.length() == 10
                ? Optional.of("+1" + digits)
                : Optional.empty();
          });

  @Test
  void emailAddressesAreTrimmedAndInLowerCase() {
    assertThat(normalised(ContactField.EMAIL, "  Jane.DOE@Example.COM\u2003"))
        .isEqualTo(FieldValue.text("jane.doe@example.com"));
  }

  @Test
  void phonesAreInOneForm() {
    assertThat(normalised(ContactField.PHONE, "(415) 555-0123"))
        .isEqualTo(FieldValue.text("+14155550123"));
  }

  @Test
  void aPhoneThatCannotBeReadIsKeptAsGiven() {
    assertThat(normalised(ContactField.PHONE, " ask Bob ")).isEqualTo(FieldValue.text("ask Bob"));
  }

  @Test
  void nationalNumbersAreReadInTheLocationsCountry() {
    FieldChanges german =
        normalizer.normalise(
            FieldChanges.of(ContactField.PHONE.fieldName(), FieldValue.text("4155550123")), "DE");

    assertThat(german.get(ContactField.PHONE.fieldName())).contains(FieldValue.text("4155550123"));
  }

  @Test
  void countriesAreInUpperCaseAndOtherTextsAsGiven() {
    assertThat(normalised(ContactField.COUNTRY, " us ")).isEqualTo(FieldValue.text("US"));
    assertThat(normalised(ContactField.FIRST_NAME, " McKay ")).isEqualTo(FieldValue.text("McKay"));
  }

  @Test
  void blankTextIsNoValue() {
    assertThat(normalised(ContactField.EMAIL, "  \t")).isEqualTo(FieldValue.cleared());
    assertThat(normalised(ContactField.CITY, "\u3000")).isEqualTo(FieldValue.cleared());
  }

  @Test
  void tagsAreTrimmedInLowerCaseAndNeverEmpty() {
    FieldValue yes = new FieldValue.Flag(true);

    FieldChanges tags =
        normalizer.normalise(
            FieldChanges.of(tag(" VIP "), yes).with(tag("a/B.$c"), yes).with(tag("  "), yes), "US");

    assertThat(tags).isEqualTo(FieldChanges.of(tag("vip"), yes).with(tag("a/b.$c"), yes));
  }

  @Test
  void whatIsNoTextStaysAsItIs() {
    FieldName custom = FieldName.element(ContactField.CUSTOM_FIELDS, "ID");
    FieldChanges given =
        FieldChanges.of(custom, new FieldValue.Flag(true))
            .with(ContactField.EMAIL.fieldName(), FieldValue.cleared())
            .with(ContactField.PHONE.fieldName(), new FieldValue.Flag(false));

    assertThat(normalizer.normalise(given, "US")).isEqualTo(given);
  }

  @Test
  void normalisingTwiceChangesNothingMore() {
    FieldChanges once =
        normalizer.normalise(
            FieldChanges.of(ContactField.EMAIL.fieldName(), FieldValue.text(" A@B.example"))
                .with(ContactField.PHONE.fieldName(), FieldValue.text("415 555 0123"))
                .with(tag(" Größe"), new FieldValue.Flag(true)),
            "US");

    assertThat(normalizer.normalise(once, "US")).isEqualTo(once);
  }

  private FieldValue normalised(ContactField field, String text) {
    return normalizer
        .normalise(FieldChanges.of(field.fieldName(), FieldValue.text(text)), "US")
        .get(field.fieldName())
        .orElseThrow();
  }

  private static FieldName tag(String tag) {
    return FieldName.element(ContactField.TAGS, tag);
  }
}
