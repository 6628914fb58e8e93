package com.lpai.adapter.web.api;

import static com.lpai.adapter.web.json.Provider.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.web.problem.ProblemException;
import com.lpai.domain.contact.ContactField;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContactChangesTest {

  /** A field of a type that nothing here reads must not be taken for a text. */
  @ParameterizedTest
  @EnumSource
  void everyFieldThatMayBeSetIsReadByItsType(ContactField field) {
    JsonObject body = JSON.createObjectBuilder().add(field.key(), example(field)).build();

    if (field.access() == FieldAccess.READ_ONLY) {
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> ContactChanges.read(body, Fields.NONE));
    } else {
      assertThat(ContactChanges.read(body, Fields.NONE).values())
          .containsOnlyKeys(field.fieldName());
    }
  }

  private static JsonValue example(ContactField field) {
    return switch (field.type()) {
      case FLAG -> JsonValue.TRUE;
      case DAY -> JSON.createValue("2026-11-22");
      default -> JSON.createValue("a text");
    };
  }
}
