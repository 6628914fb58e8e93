package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.tenant.CrmIds;
import java.time.Instant;
import java.util.Optional;

/**
 * A mirrored record that is about one contact. The CRM names the contact by its own id, which is a
 * field of the record; which of ours that is, is found by the link and kept beside it.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record itself
 */
public abstract class AboutContact<I, G, R extends AboutContact<I, G, R>>
    extends Mirrored<I, G, R> {
  private final ContactReference contact;

  protected AboutContact(MirrorState<I, G> state, ContactReference contact) {
    super(state);
    this.contact = contact;
  }

  protected abstract R with(MirrorState<I, G> changed, ContactReference about);

  /** The field that holds the CRM's id of the contact. */
  protected abstract FieldName ghlContactField();

  /** Once the CRM names another contact, ours is to be found anew. */
  @Override
  protected final R with(MirrorState<I, G> changed) {
    String before = state().fields().text(ghlContactField());
    String after = changed.fields().text(ghlContactField());
    boolean another = !before.isEmpty() && !before.equals(after);
    return with(changed, another ? ContactReference.none() : contact);
  }

  @Override
  protected final Object ownParts() {
    return contact;
  }

  /** Which of our contacts it is about. */
  public final ContactReference contact() {
    return contact;
  }

  /** The contact that the CRM names; empty when it names none, or by what cannot be an id. */
  public final Optional<GhlContactId> ghlContactId() {
    return Optional.of(fields().text(ghlContactField()))
        .filter(CrmIds::isOpaque)
        .map(GhlContactId::new);
  }

  /** The record with the id that the CRM has given to its contact. */
  public final R withGhlContact(GhlContactId id, Instant now) {
    FieldValue name = FieldValue.text(id.value());
    return with(finding(FieldChanges.of(ghlContactField(), name), now), contact);
  }

  /** The record about this contact of ours. */
  public final R about(ContactId found) {
    return with(state(), new ContactReference.Resolved(found));
  }
}
