package com.lpai.adapter.ghl.directory;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlLocationsClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmCustomValues;
import com.lpai.domain.directory.CustomValue;
import com.lpai.domain.directory.GhlCustomValueId;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's custom values over HTTP (ghl-facts.md 3.5). */
public final class GhlCustomValues implements CrmCustomValues {
  private static final Operation LIST =
      new Operation(
          "GET",
          "/locations/{locationId}/customValues",
          Operation.Effect.READ,
          "custom value",
          "locations/customValues.readonly");

  private final GhlLocationsClient client;
  private final GhlCalls<LocationId> calls;

  public GhlCustomValues(GhlLocationsClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<List<CustomValue>> list(LocationId locationId, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        LIST,
        token -> client.customValues(token, locationId.value()),
        answer -> Records.listed(locationId, answer, "customValues", GhlCustomValues::value));
  }

  private static Optional<CustomValue> value(JsonObject value) {
    return Records.id(value, "id", GhlCustomValueId::new)
        .map(
            id ->
                new CustomValue(
                    id,
                    JsonReads.text(value, "name"),
                    JsonReads.text(value, "fieldKey"),
                    JsonReads.text(value, "value")));
  }
}
