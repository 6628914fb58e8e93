package com.lpai.domain.project;

import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which projects a list shows. An empty filter text filters nothing.
 *
 * @param limit projects per page, 1 to {@link Page#LARGEST}
 * @param cursor {@code nextCursor} of the page before; empty for the first
 * @param search matches the beginning of a title or quote number, whatever its case
 * @param status matches one status
 * @param pipelineId matches one pipeline
 * @param stageId matches one stage of a pipeline
 * @param contactId matches our id of the contact
 * @param phases sync states shown; empty for all
 */
public record ProjectQuery(
    int limit,
    String cursor,
    String search,
    String status,
    String pipelineId,
    String stageId,
    String contactId,
    Set<SyncPhase> phases) {
  public ProjectQuery {
    Page.requireLimit(limit);
    phases = phases.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(phases));
  }

  /** Everything, from this cursor on. */
  public static ProjectQuery all(int limit, String cursor) {
    return new ProjectQuery(limit, cursor, "", "", "", "", "", Set.of());
  }
}
