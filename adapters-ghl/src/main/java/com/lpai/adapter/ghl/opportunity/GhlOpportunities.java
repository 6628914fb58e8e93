package com.lpai.adapter.ghl.opportunity;

import com.lpai.adapter.ghl.call.Call;
import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlOpportunitiesClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.failure.Operation.Effect;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.adapter.ghl.record.Search;
import com.lpai.adapter.ghl.record.Untaken;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.ProjectField;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.sync.FieldChanges;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's opportunities over HTTP (ghl-facts.md 3.2). */
public final class GhlOpportunities implements CrmOpportunities {
  private static final String ONE = "/opportunities/{id}";
  private static final Operation SEARCH = read("POST", "/opportunities/search");
  private static final Operation FIND = read("GET", ONE);
  private static final Operation CREATE = write("POST", "/opportunities/", Effect.CREATE);
  private static final Operation UPDATE = write("PUT", ONE, Effect.CHANGE);
  private static final Operation SET_STATUS = write("PUT", ONE + "/status", Effect.CHANGE);
  private static final Operation DELETE = write("DELETE", ONE, Effect.CHANGE);
  private static final Search OLDEST_FIRST =
      new Search("opportunities", "limit", "date_added", "date_updated");

  private final GhlOpportunitiesClient client;
  private final GhlCalls<LocationId> calls;
  private final int largestPage;

  /**
   * GoHighLevel's opportunities.
   *
   * @param largestPage opportunities per search at most, whatever a caller asks for
   */
  public GhlOpportunities(
      GhlOpportunitiesClient client, GhlCalls<LocationId> calls, int largestPage) {
    this.client = client;
    this.calls = calls;
    this.largestPage = largestPage;
  }

  @Override
  public CrmResult<SentPage<CrmRecord<GhlOpportunityId>>> fetch(
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
  public Optional<CrmPage<CrmRecord<GhlOpportunityId>>> read(
      LocationId locationId, String cursor, int size, PageText text) {
    int limit = Search.size(size, largestPage);
    return JsonReads.object(text.bytes())
        .flatMap(answer -> page(locationId, cursor, limit, answer));
  }

  private static Optional<CrmPage<CrmRecord<GhlOpportunityId>>> page(
      LocationId locationId, String cursor, int limit, JsonObject answer) {
    return OLDEST_FIRST.page(locationId, answer, cursor, limit, OpportunityReader::read);
  }

  @Override
  public CrmResult<CrmRecord<GhlOpportunityId>> find(
      LocationId locationId, GhlOpportunityId id, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        FIND,
        token -> client.find(token, id.value()),
        answer ->
            Records.wrapped(locationId, answer, "opportunity").flatMap(OpportunityReader::read));
  }

  @Override
  public CrmResult<GhlOpportunityId> create(LocationId locationId, FieldChanges values) {
    String body = OpportunityPayload.create(locationId, values).toString();
    return calls.call(
        locationId,
        CallPriority.USER,
        CREATE,
        token -> client.create(token, body),
        answer ->
            Records.wrapped(locationId, answer, "opportunity")
                .flatMap(OpportunityReader::read)
                .map(CrmRecord::id));
  }

  @Override
  public CrmResult<GhlOpportunityId> update(
      LocationId locationId, GhlOpportunityId id, FieldChanges values) {
    List<String> untaken = Untaken.by(OpportunityPayload.IN_AN_UPDATE, values);
    if (!untaken.isEmpty() || values.isEmpty()) {
      return CrmResult.failed(Untaken.nothingSent(untaken));
    }
    String body = OpportunityPayload.update(values).toString();
    return change(locationId, id, UPDATE, token -> client.update(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlOpportunityId> setStatus(
      LocationId locationId, GhlOpportunityId id, FieldChanges values) {
    String body = OpportunityPayload.status(values).toString();
    return change(locationId, id, SET_STATUS, token -> client.setStatus(token, id.value(), body));
  }

  @Override
  public CrmResult<GhlOpportunityId> delete(LocationId locationId, GhlOpportunityId id) {
    return change(locationId, id, DELETE, token -> client.delete(token, id.value()));
  }

  private CrmResult<GhlOpportunityId> change(
      LocationId locationId, GhlOpportunityId id, Operation operation, Call.Request request) {
    return calls.call(
        locationId, CallPriority.USER, operation, request, answer -> Records.accepted(answer, id));
  }

  @Override
  public CrmResult<List<CrmRecord<GhlOpportunityId>>> lookUp(LocationId locationId, Sought sought) {
    String body = OpportunityPayload.lookUp(locationId, sought).toString();
    return calls.call(
        locationId,
        CallPriority.USER,
        SEARCH,
        token -> client.search(token, body),
        answer ->
            Records.listed(locationId, answer, "opportunities", OpportunityReader::read)
                .map(found -> found.stream().filter(each -> isCalled(sought, each)).toList()));
  }

  private static boolean isCalled(Sought sought, CrmRecord<GhlOpportunityId> found) {
    return found.fields().get(ProjectField.TITLE.fieldName()).orElse(FieldValue.cleared())
            instanceof FieldValue.Text(String title)
        && title.strip().equals(sought.title());
  }

  private static Operation read(String method, String path) {
    return new Operation(method, path, Effect.READ, "opportunity", "opportunities.readonly");
  }

  private static Operation write(String method, String path, Effect effect) {
    return new Operation(method, path, effect, "opportunity", "opportunities.write");
  }
}
