package com.lpai.dev.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.dev.sandbox.http.JsonText;
import com.lpai.dev.sandbox.world.App;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each area has its scopes and its version, and stands behind the one gate. */
class AreasTest extends Sandboxed {
  private static final String JULY = "2021-07-28";
  private static final String APRIL = "2021-04-15";

  private Client withScopes(List<String> scopes) {
    String body =
        JsonText.object()
            .add("locationId", LOCATION)
            .add("scopes", JsonText.array(scopes))
            .build()
            .toString();
    return anonymous.withToken(
        sandbox.control("POST", "/sandbox/private-tokens", body).getString("token"));
  }

  private static List<String> allBut(String scope) {
    List<String> scopes = new ArrayList<>(App.ALL_SCOPES);
    assertThat(scopes.remove(scope)).isTrue();
    return scopes;
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /contacts/x/appointments, contacts.readonly, 2021-07-28",
    "GET, /opportunities/search, opportunities.readonly, 2021-07-28",
    "POST, /opportunities/search, opportunities.readonly, 2021-07-28",
    "GET, /opportunities/x, opportunities.readonly, 2021-07-28",
    "GET, /opportunities/pipelines, opportunities.readonly, 2021-07-28",
    "GET, /opportunities/lost-reason, opportunities.readonly, 2021-07-28",
    "POST, /opportunities/, opportunities.write, 2021-07-28",
    "POST, /opportunities/upsert, opportunities.write, 2021-07-28",
    "PUT, /opportunities/x, opportunities.write, 2021-07-28",
    "PUT, /opportunities/x/status, opportunities.write, 2021-07-28",
    "DELETE, /opportunities/x, opportunities.write, 2021-07-28",
    "POST, /opportunities/x/followers, opportunities.write, 2021-07-28",
    "GET, /calendars/, calendars.readonly, 2021-04-15",
    "GET, /calendars/x, calendars.readonly, 2021-04-15",
    "GET, /calendars/x/free-slots, calendars.readonly, 2021-04-15",
    "GET, /calendars/events, calendars/events.readonly, 2021-04-15",
    "GET, /calendars/blocked-slots, calendars/events.readonly, 2021-04-15",
    "GET, /calendars/events/appointments/x, calendars/events.readonly, 2021-04-15",
    "POST, /calendars/events/appointments, calendars/events.write, 2021-04-15",
    "PUT, /calendars/events/appointments/x, calendars/events.write, 2021-04-15",
    "POST, /calendars/events/block-slots, calendars/events.write, 2021-04-15",
    "DELETE, /calendars/events/x, calendars/events.write, 2021-04-15",
    "GET, /conversations/search, conversations.readonly, 2021-04-15",
    "GET, /conversations/x, conversations.readonly, 2021-04-15",
    "POST, /conversations/, conversations.write, 2021-04-15",
    "PUT, /conversations/x, conversations.write, 2021-04-15",
    "DELETE, /conversations/x, conversations.write, 2021-04-15",
    "GET, /conversations/x/messages, conversations/message.readonly, 2021-04-15",
    "GET, /conversations/messages/x, conversations/message.readonly, 2021-04-15",
    "GET, /conversations/messages/email/x, conversations/message.readonly, 2021-04-15",
    "GET, /conversations/messages/export, conversations/message.readonly, 2021-04-15",
    "POST, /conversations/messages, conversations/message.write, 2021-04-15",
    "POST, /conversations/messages/inbound, conversations/message.write, 2021-04-15",
    "PUT, /conversations/messages/x/status, conversations/message.write, 2021-04-15",
    "GET, /locations/location1/customFields, locations/customFields.readonly, 2021-07-28",
    "GET, /locations/location1/customFields/x, locations/customFields.readonly, 2021-07-28",
    "POST, /locations/location1/customFields, locations/customFields.write, 2021-07-28",
    "PUT, /locations/location1/customFields/x, locations/customFields.write, 2021-07-28",
    "DELETE, /locations/location1/customFields/x, locations/customFields.write, 2021-07-28",
    "GET, /locations/location1/customValues, locations/customValues.readonly, 2021-07-28",
    "POST, /locations/location1/customValues, locations/customValues.write, 2021-07-28",
    "DELETE, /locations/location1/customValues/x, locations/customValues.write, 2021-07-28"
  })
  void oneScopeAndOneVersionAreNeeded(String method, String path, String scope, String version) {
    String other = version.equals(JULY) ? APRIL : JULY;
    Client without = withScopes(allBut(scope)).withVersion(version);
    Client with = withScopes(List.of(scope)).withVersion(version);

    assertThat(without.json(method, path, "{}").messages())
        .containsExactly("The token is not authorized for this scope.");
    assertThat(with.json(method, path, "{}").status()).isNotIn(401, 403);
    assertThat(with.withVersion(other).json(method, path, "{}").messages())
        .containsExactly("version header is invalid");
  }

  @Test
  void ratesFaultsAndCountsAreThoseOfTheGate() {
    Client client = withScopes(App.ALL_SCOPES).withVersion(APRIL);
    sandbox.putFaults(
        """
        [{"kind":"status","status":503,"times":1,
          "match":{"path":"/conversations/{conversationId}/messages"}}]""");
    sandbox.control("PUT", "/sandbox/settings", "{\"rateBurst\":1}");

    assertThat(client.get("/conversations/x/messages").status()).isEqualTo(503);
    assertThat(client.get("/conversations/x/messages").status()).isEqualTo(404);
    assertThat(client.get("/conversations/x/messages").status()).isEqualTo(429);
    assertThat(sandbox.calls().getJsonArray("items").toString())
        .contains("\"path\":\"/conversations/{conversationId}/messages\",\"status\":429");
  }
}
