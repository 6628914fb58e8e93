package com.lpai.adapter.ghl.record;

import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import java.util.List;

/** What an update cannot say: rather than a part of it, nothing is sent. */
public final class Untaken {
  private Untaken() {}

  /**
   * The fields of which something is said and that an update does not know.
   *
   * @param taken the fields and groups that it knows
   */
  public static List<String> by(FieldTable taken, FieldChanges values) {
    return values.values().keySet().stream()
        .filter(name -> taken.named(name.value()).isEmpty() && taken.groupOf(name).isEmpty())
        .map(FieldName::value)
        .toList();
  }

  /** Said instead of sending a part, or nothing, which would only look like a success. */
  public static CrmFailure nothingSent(List<String> untaken) {
    return new CrmFailure.Rejected(
        untaken, "GoHighLevel takes no " + untaken + " in an update; nothing was sent.");
  }
}
