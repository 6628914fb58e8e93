package com.lpai.application.conflict;

import com.lpai.domain.sync.ConflictId;
import com.lpai.domain.sync.MirrorKind;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where a conflict is among all of a location. */
record ConflictPlace(MirrorKind kind, String recordId, ConflictId conflictId) {
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final int PARTS = 3;

  /** What is written so; empty for what names no conflict. */
  static Optional<ConflictPlace> of(String text) {
    String[] parts = DOT.split(text, -1);
    return parts.length == PARTS
        ? MirrorKind.named(parts[0])
            .flatMap(
                kind -> ConflictId.of(parts[2]).map(id -> new ConflictPlace(kind, parts[1], id)))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return kind.key() + "." + recordId + "." + conflictId;
  }
}
