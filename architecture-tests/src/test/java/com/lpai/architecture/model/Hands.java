package com.lpai.architecture.model;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.Mirrored;
import java.util.Optional;

/** What persons can do on our side, through one process of ours, which may die of it. */
interface Hands {
  /**
   * Makes a record.
   *
   * @param about whom a project or an appointment is about; empty for a contact
   */
  void create(ModelKind kind, Optional<ContactId> about, FieldChanges values);

  void edit(ModelKind kind, Mirrored<?, ?, ?> record, FieldChanges changes);

  void delete(ModelKind kind, Mirrored<?, ?, ?> record);

  /** Asks to push a record again now. */
  void retry(ModelKind kind, Mirrored<?, ?, ?> record);
}
