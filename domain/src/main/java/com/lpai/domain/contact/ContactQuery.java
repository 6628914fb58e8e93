package com.lpai.domain.contact;

import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which contacts a list shows. An empty filter text filters nothing.
 *
 * @param limit contacts per page, 1 to {@link Page#LARGEST}
 * @param cursor {@code nextCursor} of the page before; empty for the first
 * @param search matches the beginning of a first name, last name, e-mail address or phone number,
 *     whatever its case
 * @param email matches one e-mail address
 * @param phone matches one phone number in E.164 form
 * @param tag matches one tag
 * @param phases sync states shown; empty for all
 */
public record ContactQuery(
    int limit,
    String cursor,
    String search,
    String email,
    String phone,
    String tag,
    Set<SyncPhase> phases) {
  public ContactQuery {
    Page.requireLimit(limit);
    phases = phases.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(phases));
  }

  /** Everything, from this cursor on. */
  public static ContactQuery all(int limit, String cursor) {
    return new ContactQuery(limit, cursor, "", "", "", "", Set.of());
  }
}
