package com.lpai.adapter.mongo.connection;

import static com.lpai.domain.connection.ConnectionFixture.activeConnection;
import static com.lpai.domain.connection.ConnectionFixture.tokens;
import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.adapter.mongo.tenancy.Collections;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections that were stored in the first form are read and cared for. */
class FormerConnectionsTest {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  /** What the first form did not have. */
  private static final List<String> NEW_FIELDS =
      List.of(
          "derivedFromCompany",
          "migration",
          "provedAt",
          "careAt",
          "notBefore",
          "attempts",
          "tokens.renewal");

  private final LocationId location = TenantFixture.anyLocation();
  private MongoClient client;

  @BeforeEach
  void open() {
    client = DATABASE.client();
  }

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void anActiveOneIsActive() {
    Connection stored = saved(activeConnection());
    makeFormer();

    assertThat(found()).isEqualTo(stored);
  }

  @Test
  void aSuspendedOneIsLookedAtAtOnce() {
    saved(activeConnection().suspended("not active", START, START.plusSeconds(60)));
    makeFormer(Updates.unset("since"));

    assertThat(found().state())
        .isEqualTo(new ConnectionState.Suspended(tokens("1"), "not active", START, Instant.EPOCH));
  }

  @Test
  void oneThatNeedsReauthHasNoWayBack() {
    saved(activeConnection().condemned("refused", START, START.plusSeconds(60)));
    makeFormer(Updates.unset("tokens"), Updates.unset("keyId"));

    assertThat(found().state())
        .isEqualTo(
            new ConnectionState.NeedsReauth(new Renewal.Never(), "refused", START, Instant.EPOCH));
  }

  @Test
  void anUninstalledOneIsUninstalled() {
    saved(activeConnection().uninstalled(START));
    makeFormer();

    assertThat(found().state()).isEqualTo(new ConnectionState.Uninstalled(START));
    assertThat(found().migration()).isEqualTo(new Migration.None());
  }

  @Test
  void afterAStartItIsCaredForInTime() {
    Connection stored = saved(activeConnection());
    makeFormer();
    assertThat(DATABASE.adapter().connections().careDue(stored.careAt(), 100))
        .doesNotContain(location);

    DATABASE.adapter().prepareSchema();

    assertThat(DATABASE.adapter().connections().careDue(stored.careAt(), 100)).contains(location);
    assertThat(DATABASE.adapter().connections().careDue(stored.careAt().minusMillis(1), 100))
        .doesNotContain(location);
  }

  @Test
  void oneThatCannotBeReadStopsNoStart() {
    saved(activeConnection());
    makeFormer(Updates.unset("tokens"));

    DATABASE.adapter().prepareSchema();

    assertThat(DATABASE.adapter().connections().careDue(START.plusSeconds(1_000_000), 100))
        .doesNotContain(location);
  }

  private Connection saved(Connection connection) {
    return DATABASE.adapter().connections().save(location, connection).orElseThrow();
  }

  private Connection found() {
    return DATABASE.adapter().connections().find(location).orElseThrow();
  }

  private void makeFormer(Bson... also) {
    List<Bson> updates = new ArrayList<>(List.of(also));
    NEW_FIELDS.forEach(field -> updates.add(Updates.unset(field)));
    updates.forEach(
        update -> stored().updateOne(Filters.eq("locationId", location.value()), update));
  }

  private MongoCollection<Document> stored() {
    return client.getDatabase("lpai").getCollection(Collections.CONNECTIONS);
  }
}
