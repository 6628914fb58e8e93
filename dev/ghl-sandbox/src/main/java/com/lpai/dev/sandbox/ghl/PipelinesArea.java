package com.lpai.dev.sandbox.ghl;

import com.lpai.dev.sandbox.http.Answer.Reply;
import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.Item;
import com.lpai.dev.sandbox.world.Kind;
import com.lpai.dev.sandbox.world.World;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Pipelines and the reasons why deals are lost (ghl-facts.md 3.2). */
final class PipelinesArea implements GhlArea {
  private static final String READ = "opportunities.readonly";
  private static final String VERSION = "2021-07-28";
  private static final int USUAL_REASONS = 100;

  private final World world;

  PipelinesArea(World world) {
    this.world = world;
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        new Gated(
            "GET", "/opportunities/pipelines", READ, VERSION, Access.LOCATION, this::pipelines),
        new Gated(
            "GET", "/opportunities/lost-reason", READ, VERSION, Access.LOCATION, this::reasons));
  }

  private Reply pipelines(Call call) {
    call.allowQuery(Set.of("locationId"));
    String locationId = call.requiredLocation("locationId");
    return Reply.json(
        200,
        JsonText.object()
            .add("pipelines", JsonText.array(json(world.of(Kind.PIPELINES, locationId).all())))
            .build());
  }

  private Reply reasons(Call call) {
    call.allowQuery(Set.of("locationId", "name", "deleted", "query", "skip", "limit", "getCount"));
    List<String> complaints = new ArrayList<>();
    int skip = call.number("skip", 0, complaints);
    int limit = call.number("limit", USUAL_REASONS, complaints);
    Errors.refuseIfAny(complaints);
    String locationId = call.requiredLocation("locationId");
    Optional<String> name = call.request().queryValue("name");
    Optional<String> query =
        call.request().queryValue("query").map(it -> it.toLowerCase(Locale.ROOT));
    List<JsonObject> found =
        json(world.of(Kind.LOST_REASONS, locationId).all()).stream()
            .filter(it -> name.map(it.getString("name")::equals).orElse(true))
            .filter(
                it ->
                    query.map(it.getString("name").toLowerCase(Locale.ROOT)::contains).orElse(true))
            .toList();
    return Reply.json(
        200,
        JsonText.object()
            .add("lostReasons", JsonText.array(found.stream().skip(skip).limit(limit).toList()))
            .add("total", found.size())
            .build());
  }

  private static List<JsonObject> json(List<Item> items) {
    return items.stream().map(Item::json).toList();
  }
}
