package com.lpai.domain.project;

import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldType;
import com.lpai.domain.sync.MirroredField;
import java.util.List;

/**
 * A field of the entries of a part; the CRM knows nothing of it.
 *
 * @param needed whether an entry must have it
 * @param words what a field of {@link FieldType#WORD} may hold
 */
record PartField(String key, FieldType type, boolean needed, List<String> words)
    implements MirroredField {
  PartField {
    words = List.copyOf(words);
  }

  static PartField needed(String key, FieldType type) {
    return new PartField(key, type, true, List.of());
  }

  static PartField of(String key, FieldType type, String... words) {
    return new PartField(key, type, false, List.of(words));
  }

  @Override
  public FieldAccess access() {
    return FieldAccess.WRITABLE;
  }

  @Override
  public boolean isInEvents() {
    return false;
  }
}
