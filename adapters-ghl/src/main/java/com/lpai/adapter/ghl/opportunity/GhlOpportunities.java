package com.lpai.adapter.ghl.opportunity;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlOpportunitiesClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.adapter.ghl.record.Search;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.crm.PageText;
import com.lpai.domain.crm.SentPage;
import com.lpai.domain.project.CrmOpportunities;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.sync.CrmRecord;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** GoHighLevel's opportunities over HTTP (ghl-facts.md 3.2). */
public final class GhlOpportunities implements CrmOpportunities {
  private static final Operation SEARCH = read("POST", "/opportunities/search");
  private static final Operation FIND = read("GET", "/opportunities/{id}");
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

  private static Operation read(String method, String path) {
    return new Operation(
        method, path, Operation.Effect.READ, "opportunity", "opportunities.readonly");
  }
}
