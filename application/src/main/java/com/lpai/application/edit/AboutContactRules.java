package com.lpai.application.edit;

import com.lpai.domain.contact.ContactReference;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Fields;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.List;

/**
 * What writing one kind of record has of its own that is about a contact.
 *
 * @param <I> our id of such a record
 * @param <R> the record
 */
public interface AboutContactRules<I, R> {

  FieldValidator validator();

  FieldChanges normalised(FieldChanges changes);

  /**
   * The changes with what follows from them.
   *
   * @param before the values before; none for a new record
   */
  FieldChanges completed(Fields before, FieldChanges changes);

  /**
   * What is wrong with a record of these values.
   *
   * @param changes what differs of the values before
   */
  List<FieldProblem> problems(LocationId locationId, Fields before, FieldChanges changes);

  /** Our id with this text. */
  I id(String value);

  R createdHere(
      I id,
      LocationId locationId,
      ContactReference contact,
      FieldChanges values,
      Origin by,
      Instant now);
}
