package com.lpai.application.overlay;

import com.lpai.domain.sync.FieldValue;
import java.util.List;

/**
 * How one record would differ from what is stored.
 *
 * @param id ours; empty where a record has the CRM's only
 * @param crmId the CRM's; empty when it has none
 * @param fields those that would change, by name
 */
public record RecordChange(
    Kind kind, String id, String crmId, Effect effect, List<FieldChange> fields) {
  public RecordChange {
    fields = List.copyOf(fields);
  }

  /** What it is. */
  public enum Kind {
    CONTACT,
    PROJECT,
    APPOINTMENT,
    CONVERSATION,
    MESSAGE
  }

  /** What would become of it. */
  public enum Effect {
    CREATED,
    CHANGED,
    REMOVED
  }

  /** One value, {@link FieldValue#cleared()} where there is none. */
  public record FieldChange(String name, FieldValue before, FieldValue after) {

    /** The name only: values are personal data. */
    @Override
    public String toString() {
      return name;
    }
  }
}
