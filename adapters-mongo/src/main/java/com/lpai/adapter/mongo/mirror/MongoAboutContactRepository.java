package com.lpai.adapter.mongo.mirror;

import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.contact.AboutContact;
import com.lpai.domain.contact.AboutContactRepository;
import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.sync.Page;
import com.lpai.domain.sync.SyncPhase;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import java.util.Collection;
import java.util.List;
import org.bson.conversions.Bson;

/**
 * Records of one kind that are about a contact.
 *
 * @param <I> our id of such a record
 * @param <G> the CRM's id of such a record
 * @param <R> the record
 */
public abstract class MongoAboutContactRepository<I, G, R extends AboutContact<I, G, R>>
    extends MongoMirrorRepository<I, G, R> implements AboutContactRepository<I, G, R> {
  private final String ghlContactField;
  private final List<String> order;

  /**
   * In this collection.
   *
   * @param ghlContactField the field that holds the CRM's id of the contact
   * @param order fields that the index on {@code contactId} holds before the id
   */
  protected MongoAboutContactRepository(
      TenantCollection collection,
      MirrorForm<I, G, R> form,
      String ghlContactField,
      List<String> order) {
    super(collection, form);
    this.ghlContactField = ghlContactField;
    this.order = List.copyOf(order);
  }

  /**
   * Few are without a contact of ours: the index on {@code contactId} holds them together. Where
   * none is, the names of a whole page of contacts need not be sent to learn that.
   */
  @Override
  public final List<R> findWithoutContact(LocationId locationId, Collection<GhlContactId> named) {
    return live(locationId, ContactReferences.missing(), order, 1).isEmpty()
        ? List.of()
        : live(locationId, ContactReferences.missing(ghlContactField, named), order, Page.LARGEST);
  }

  @Override
  public final List<R> findAbout(LocationId locationId, ContactId contact) {
    return live(locationId, about(contact), order, Page.LARGEST);
  }

  /** Few are about one contact, whatever their phase. */
  @Override
  public final List<R> findBlockedAbout(LocationId locationId, ContactId contact) {
    return live(locationId, about(contact), order).stream()
        .filter(record -> record.sync().phase() == SyncPhase.BLOCKED)
        .toList();
  }

  private static Bson about(ContactId contact) {
    return Filters.eq(ContactReferences.CONTACT_ID, contact.value());
  }
}
