package com.lpai.dev.sandbox;

import jakarta.json.JsonObject;
import java.util.List;

/** Each answer about opportunities and pipelines. */
final class OpportunityAnswers {
  private final EveryAnswer all;
  private final Client client;

  private OpportunityAnswers(EveryAnswer all) {
    this.all = all;
    this.client = all.user();
  }

  static void give(EveryAnswer all) {
    OpportunityAnswers answers = new OpportunityAnswers(all);
    answers.searches();
    answers.one();
    answers.others();
  }

  private void searches() {
    String get = "/opportunities/search?location_id=location1&limit=3";
    for (String form : List.of("fieldValue", "typed", "both")) {
      all.set("\"opportunityFieldForm\":\"" + form + "\"");
      all.get(client, get + "&getNotes=true&getTasks=true&getCalendarEvents=true");
    }
    for (String cursor : List.of("sort", "searchAfter")) {
      all.set("\"opportunityCursor\":\"" + cursor + "\"");
      all.get(client, get);
      all.json(
          client, "POST", "/opportunities/search", "{\"locationId\":\"location1\",\"limit\":3}");
    }
    all.get(client, "/opportunities/search");
    all.get(client, get + "&page=4000");
    all.json(client, "POST", "/opportunities/search", "{}");
    all.json(
        client,
        "POST",
        "/opportunities/search",
        "{\"locationId\":\"location1\",\"limit\":500,\"page\":21}");
  }

  private void one() {
    JsonObject deal =
        all.get(client, "/opportunities/search?location_id=location1&limit=1")
            .json()
            .getJsonArray("opportunities")
            .getJsonObject(0);
    String path = "/opportunities/" + deal.getString("id");
    all.get(client, path);
    all.json(client, "PUT", path, "{\"monetaryValue\":12.5}");
    all.json(client, "PUT", path, "{\"foo\":1}");
    all.json(client, "PUT", path, "{\"pipelineId\":\"none\"}");
    all.json(client, "PUT", path + "/status", "{\"status\":\"open\"}");
    all.json(client, "PUT", path + "/status", "{}");
    String create =
        """
        {"locationId":"location1","name":"n","status":"open","pipelineId":"%s","contactId":"%s"}"""
            .formatted(deal.getString("pipelineId"), deal.getString("contactId"));
    all.json(client, "POST", "/opportunities/", create);
    all.json(client, "POST", "/opportunities/", "{}");
    all.json(
        client,
        "POST",
        "/opportunities/upsert",
        "{\"locationId\":\"location1\",\"pipelineId\":\"" + deal.getString("pipelineId") + "\"}");
    all.json(client, "POST", "/opportunities/upsert", "{}");
    all.json(client, "POST", path + "/followers", "{\"followers\":[\"u\"]}");
    all.json(client, "POST", path + "/followers", "{}");
    all.get(client, path);
    all.json(client, "DELETE", path + "/followers", "{\"followers\":[\"u\"]}");
    all.call(client, "DELETE", path, "", "");
    all.json(client, "POST", "/opportunities/", create);
    for (int status : new int[] {400, 404}) {
      all.set("\"notFoundStatus\":" + status);
      all.get(client, path);
    }
  }

  private void others() {
    all.get(client, "/opportunities/pipelines?locationId=location1");
    all.get(client, "/opportunities/pipelines");
    all.get(client, "/opportunities/lost-reason?locationId=location1");
    all.get(client, "/opportunities/lost-reason");
  }
}
