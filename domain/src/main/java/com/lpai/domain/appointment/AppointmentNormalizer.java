package com.lpai.domain.appointment;

import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldNormalizer;
import com.lpai.domain.sync.FieldValue;
import java.util.Locale;

/**
 * Brings what is said of appointments into the one form in which it is kept (spec 5): values
 * normal, and the status in our word; one that nobody knows stays as it came.
 */
public final class AppointmentNormalizer {
  private static final FieldName STATUS = AppointmentField.STATUS.fieldName();

  private final FieldNormalizer fields = new FieldNormalizer(AppointmentField.TABLE);

  /** The same word of the CRM in normal form. */
  public CrmRecord<GhlAppointmentId> normalise(CrmRecord<GhlAppointmentId> said) {
    FieldChanges normal = fields.normalise(said.fields(), "");
    return said.saying(
        normal.get(STATUS).orElse(FieldValue.cleared()) instanceof FieldValue.Text(String word)
            ? normal.with(STATUS, FieldValue.text(ourWord(word)))
            : normal);
  }

  /** What is said here, in our words, in normal form. */
  public FieldChanges normalise(FieldChanges changes) {
    return fields.normalise(changes, "");
  }

  private static String ourWord(String word) {
    return AppointmentStatus.named(word.toLowerCase(Locale.ROOT))
        .map(AppointmentStatus::word)
        .orElse(word);
  }
}
