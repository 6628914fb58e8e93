package com.lpai.adapter.ghl.directory;

import com.lpai.adapter.ghl.call.GhlCalls;
import com.lpai.adapter.ghl.client.GhlOpportunitiesClient;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.adapter.ghl.json.JsonReads;
import com.lpai.adapter.ghl.record.Records;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmPipelines;
import com.lpai.domain.directory.GhlPipelineId;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.Pipeline.Stage;
import com.lpai.domain.tenant.LocationId;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** GoHighLevel's pipelines over HTTP (ghl-facts.md 3.2). */
public final class GhlPipelines implements CrmPipelines {
  private static final Operation LIST =
      new Operation(
          "GET",
          "/opportunities/pipelines",
          Operation.Effect.READ,
          "pipeline",
          "opportunities.readonly");

  private final GhlOpportunitiesClient client;
  private final GhlCalls<LocationId> calls;

  public GhlPipelines(GhlOpportunitiesClient client, GhlCalls<LocationId> calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public CrmResult<List<Pipeline>> list(LocationId locationId, CallPriority priority) {
    return calls.call(
        locationId,
        priority,
        LIST,
        token -> client.pipelines(token, locationId.value()),
        answer -> Records.listed(locationId, answer, "pipelines", GhlPipelines::pipeline));
  }

  private static Optional<Pipeline> pipeline(JsonObject pipeline) {
    return Records.id(pipeline, "id", GhlPipelineId::new)
        .map(id -> new Pipeline(id, JsonReads.text(pipeline, "name"), stages(pipeline)));
  }

  /** Sorted by position; where none is told, the order of the list is it. */
  private static List<Stage> stages(JsonObject pipeline) {
    List<Stage> stages = new ArrayList<>();
    for (JsonObject stage : JsonReads.objects(pipeline, "stages")) {
      String id = JsonReads.text(stage, "id");
      if (!id.isBlank()) {
        int position = JsonReads.count(stage, "position").orElse(stages.size());
        stages.add(new Stage(id, JsonReads.text(stage, "name"), position));
      }
    }
    stages.sort(Comparator.comparingInt(Stage::position));
    return stages;
  }
}
