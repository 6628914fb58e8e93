package com.lpai.domain.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppointmentNormalizerTest {
  private static final FieldName STATUS = AppointmentField.STATUS.fieldName();

  @ParameterizedTest
  @CsvSource({
    "new, scheduled",
    "New, scheduled",
    "scheduled, scheduled",
    "confirmed, confirmed",
    "NoShow, noshow",
    "completed, completed",
    "Rescheduled, Rescheduled"
  })
  void theStatusIsOurWordAndAnUnknownOneStaysAsItCame(String told, String kept) {
    FieldChanges normal = normalised(FieldChanges.of(STATUS, FieldValue.text(told)));

    assertThat(normal.get(STATUS)).contains(FieldValue.text(kept));
  }

  @Test
  void aStatusThatIsClearedOrNotMentionedStaysSo() {
    FieldChanges cleared = FieldChanges.of(STATUS, FieldValue.cleared());

    assertThat(normalised(cleared)).isEqualTo(cleared);
    assertThat(normalised(FieldChanges.NONE)).isEqualTo(FieldChanges.NONE);
  }

  private static FieldChanges normalised(FieldChanges said) {
    return new AppointmentNormalizer()
        .normalise(new CrmRecord<>(new GhlAppointmentId("a1"), said, Set.of(), Instant.EPOCH))
        .fields();
  }
}
