package com.lpai.adapter.ghl.contact;

import static com.lpai.adapter.ghl.client.RestClients.absentIfEmpty;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.client.GhlContactsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.adapter.ghl.record.Search;
import com.lpai.adapter.ghl.record.Untaken;
import com.lpai.domain.contact.CrmContacts;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's contacts over HTTP (ghl-facts.md 3.1). */
public final class GhlContacts implements CrmContacts {
  private static final String RECORD = "contact";
  private static final Operation SEARCH = operation("POST", "/contacts/search", Effect.READ);
  private static final Operation DUPLICATE =
      operation("GET", "/contacts/search/duplicate", Effect.READ);
  private static final Operation FIND = operation("GET", "/contacts/{contactId}", Effect.READ);
  private static final Operation CREATE = operation("POST", "/contacts/", Effect.CREATE);
  private static final Operation UPDATE = operation("PUT", "/contacts/{contactId}", Effect.CHANGE);
  private static final Operation DELETE =
      operation("DELETE", "/contacts/{contactId}", Effect.CHANGE);
  private static final Operation ADD_TAGS =
      operation("POST", "/contacts/{contactId}/tags", Effect.CHANGE);
  private static final Operation REMOVE_TAGS =
      operation("DELETE", "/contacts/{contactId}/tags", Effect.CHANGE);

  private static final Search OLDEST_FIRST =
      new Search("contacts", "pageLimit", "dateAdded", "dateUpdated");

  private final GhlContactsClient client;
  private final GhlCalls<LocationId> calls;
  private final int largestPage;

  /**
   * GoHighLevel's contacts.
   *
   * @param largestPage contacts per search at most, whatever a caller asks for
   */
  public GhlContacts(GhlContactsClient client, GhlCalls<LocationId> calls, int largestPage) {
    this.client = client;
    this.calls = calls;
    this.largestPage = largestPage;
  }

  @Override
  public CrmResult<SentPage<CrmRecord<GhlContactId>>> fetch(
      LocationId locationId, String cursor, int size, Instant changedSince, CallPriority priority) {
    int limit = Search.size(size, largestPage);
    String body = OLDEST_FIRST.body(locationId, cursor, limit, changedSince);
    return calls.call(
        locationId,
        priority,
        SEARCH,
        token -> client.search(token, body),
        answer ->
            page(locationId, cursor, limit, answer.body())
                .map(page -> new SentPage<>(answer.text(), page)));
  }

  @Override
  public Optional<CrmPage<CrmRecord<GhlContactId>>> read(
      LocationId locationId, String cursor, int size, PageText text) {
    int limit = Search.size(size, largestPage);
    return JsonReads.object(text.bytes())
        .flatMap(answer -> page(locationId, cursor, limit, answer));
  }

  private static Optional<CrmPage<CrmRecord<GhlContactId>>> page(
      LocationId locationId, String cursor, int limit, JsonObject answer) {
    return OLDEST_FIRST.page(
        locationId,
        answer,
        cursor,
        limit,
        item -> ContactReader.read(item, ContactForm.SEARCH_ITEM));
  }

  @Override
  public CrmResult<CrmRecord<GhlContactId>> find(
      LocationId locationId, GhlContactId id, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, id.value()),
        answer ->
            contactOf(locationId, answer)
                .flatMap(contact -> ContactReader.read(contact, ContactForm.DETAIL)));
  }

  @Override
  public CrmResult<GhlContactId> create(LocationId locationId, FieldChanges values) {
    String body = ContactPayload.create(locationId, values).toString();
    return calls.call(
        locationId,
        CallPriority.USER,
        CREATE,
        token -> client.create(token, body),
        answer ->
            contactOf(locationId, answer)
                .flatMap(contact -> ContactReader.read(contact, ContactForm.PARTIAL))
                .map(CrmRecord::id));
  }

  @Override
  public CrmResult<GhlContactId> update(
      LocationId locationId, GhlContactId id, FieldChanges values) {
    JsonObject body = ContactPayload.update(values);
    List<String> untaken = Untaken.by(ContactPayload.IN_AN_UPDATE, values);
    if (body.isEmpty() || !untaken.isEmpty()) {
      return CrmResult.failed(Untaken.nothingSent(untaken));
    }
    return change(
        locationId, id, UPDATE, token -> client.update(token, id.value(), body.toString()));
  }

  @Override
  public CrmResult<GhlContactId> addTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    String body = ContactPayload.tags(tags).toString();
    return change(locationId, id, ADD_TAGS, token -> client.addTags(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlContactId> removeTags(
      LocationId locationId, GhlContactId id, List<String> tags) {
    String body = ContactPayload.tags(tags).toString();
    return change(locationId, id, REMOVE_TAGS, token -> client.removeTags(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlContactId> delete(LocationId locationId, GhlContactId id) {
    return change(locationId, id, DELETE, token -> client.delete(token, id.value()));
  }

  private CrmResult<GhlContactId> change(
      LocationId locationId, GhlContactId id, Operation operation, Call.Request request) {
    return calls.call(
        locationId, CallPriority.USER, operation, request, answer -> Records.accepted(answer, id));
  }

  @Override
  public CrmResult<List<CrmRecord<GhlContactId>>> lookUp(
      LocationId locationId, String email, String phone) {
    if (email.isEmpty() && phone.isEmpty()) {
      throw new IllegalArgumentException("a look-up needs an e-mail address or a phone number");
    }
    return calls.call(
        locationId,
        CallPriority.USER,
        DUPLICATE,
        token ->
            client.duplicate(token, locationId.value(), absentIfEmpty(email), absentIfEmpty(phone)),
        answer -> readFound(answer, locationId));
  }

  private static Optional<List<CrmRecord<GhlContactId>>> readFound(
      GhlAnswer answer, LocationId locationId) {
    if (answer.json().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        contactOf(locationId, answer)
            .flatMap(contact -> ContactReader.read(contact, ContactForm.PARTIAL))
            .stream()
            .toList());
  }

  private static Optional<JsonObject> contactOf(LocationId locationId, GhlAnswer answer) {
    return Records.wrapped(locationId, answer, "contact");
  }

  private static Operation operation(String method, String path, Effect effect) {
    String scope = effect == Effect.READ ? "contacts.readonly" : "contacts.write";
    return new Operation(method, path, effect, RECORD, scope);
  }
}
