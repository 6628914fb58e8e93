package com.lpai.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectNormalizerTest {
  private static final GhlCustomFieldId QUOTE = new GhlCustomFieldId("cf-quote");
  private static final GhlCustomFieldId SIGNED = new GhlCustomFieldId("cf-signed");
  private static final Map<String, GhlCustomFieldId> IDS =
      Map.of("quote_number", QUOTE, "signed_date", SIGNED);

  @Test
  void ourFieldsAreTheCrmsByTheIdsThatALocationKeeps() {
    FieldChanges ours =
        FieldChanges.of(
            Map.of(
                ProjectField.TITLE.fieldName(),
                FieldValue.text("Roof"),
                ProjectField.QUOTE_NUMBER.fieldName(),
                FieldValue.text("K-17"),
                ProjectField.SIGNED_DATE.fieldName(),
                new FieldValue.Day(LocalDate.parse("2026-08-31"))));

    FieldChanges theirs = ProjectNormalizer.inCrmsFields(ours, IDS);

    assertThat(theirs)
        .isEqualTo(
            FieldChanges.of(
                Map.of(
                    ProjectField.TITLE.fieldName(),
                    FieldValue.text("Roof"),
                    FieldName.of("crmCustomFields/cf-quote"),
                    FieldValue.text("K-17"),
                    FieldName.of("crmCustomFields/cf-signed"),
                    new FieldValue.Day(LocalDate.parse("2026-08-31")))));
    assertThat(said(theirs).fields()).isEqualTo(ours);
  }

  @Test
  void whatTheCrmHasNoFieldForStaysUnderOurName() {
    FieldChanges ours =
        FieldChanges.of(ProjectField.PROJECT_TITLE.fieldName(), FieldValue.text("Kitchen"));

    assertThat(ProjectNormalizer.inCrmsFields(ours, IDS)).isEqualTo(ours);
  }

  /** Trap 73: however it is told. */
  @ParameterizedTest
  @CsvSource({
    "2026-08-31, 2026-08-31",
    "' 2026-08-31 ', 2026-08-31",
    "2026-08-31T22:00:00.000Z, 2026-08-31",
    "2026-08-31 22:00:00, 2026-08-31",
    "2026-08-31x, ''",
    "31.08.2026, ''",
  })
  void aDayIsReadInEveryFormThatIsOneAndKeptAsTextOtherwise(String told, String day) {
    FieldChanges theirs = FieldChanges.of(ProjectNormalizer.element(SIGNED), FieldValue.text(told));

    assertThat(said(theirs).fields().get(ProjectField.SIGNED_DATE.fieldName()))
        .contains(day.isEmpty() ? FieldValue.text(told) : new FieldValue.Day(LocalDate.parse(day)));
  }

  private static CrmRecord<GhlOpportunityId> said(FieldChanges fields) {
    return new ProjectNormalizer()
        .normalise(
            new CrmRecord<>(new GhlOpportunityId("o"), fields, Set.of(), Instant.EPOCH), IDS);
  }
}
