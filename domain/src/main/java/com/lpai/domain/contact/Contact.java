package com.lpai.domain.contact;

import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorState;
import com.lpai.domain.sync.Mirrored;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** A contact as we hold it. */
public final class Contact extends Mirrored<ContactId, GhlContactId, Contact> {

  public Contact(MirrorState<ContactId, GhlContactId> state) {
    super(state);
  }

  /** A contact that a user made here; it is pushed as soon as it is stored. */
  public static Contact createdHere(
      ContactId id, LocationId locationId, FieldChanges values, Origin by, Instant now) {
    return new Contact(MirrorState.createdHere(id, locationId, values, by, now));
  }

  /** A contact that the CRM had first, before anything of it is merged in. */
  public static Contact foundInCrm(
      ContactId id, LocationId locationId, GhlContactId crmId, Instant now) {
    return new Contact(MirrorState.foundInCrm(id, locationId, crmId, now));
  }

  @Override
  protected Contact with(MirrorState<ContactId, GhlContactId> changed) {
    return new Contact(changed);
  }

  @Override
  protected Contact self() {
    return this;
  }

  @Override
  public FieldTable table() {
    return ContactField.TABLE;
  }

  public String email() {
    return fields().text(ContactField.EMAIL.fieldName());
  }

  public String phone() {
    return fields().text(ContactField.PHONE.fieldName());
  }

  /** First and last name as far as they are known; empty when neither is. */
  public String fullName() {
    return (fields().text(ContactField.FIRST_NAME.fieldName())
            + " "
            + fields().text(ContactField.LAST_NAME.fieldName()))
        .strip();
  }

  /** The contact's tags in alphabetical order. */
  public Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    for (FieldName name : fields().values().keySet()) {
      if (name.isIn(ContactField.TAGS)) {
        tags.add(name.element());
      }
    }
    return tags;
  }
}
