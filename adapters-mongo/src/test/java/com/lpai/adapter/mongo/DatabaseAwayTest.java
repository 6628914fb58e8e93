package com.lpai.adapter.mongo;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.dev.mongo.EmbeddedMongo;
import com.lpai.dev.mongo.EmbeddedMongoConfig;
import com.lpai.domain.access.OperatorAccount;
import com.lpai.domain.connection.ConnectionFixture;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.contact.Contact;
import com.lpai.domain.contact.ContactFixture;
import com.lpai.domain.contact.ContactQuery;
import com.lpai.domain.sync.SaveOutcome;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DatabaseAwayTest {
  private static final Duration BOUND = Duration.ofSeconds(3);

  @Test
  void everyPortSaysSoWithinItsTimeAndWorksAgainWhenTheDatabaseIsBack() {
    EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
    int port = engine.port();
    MongoSettings settings =
        MongoSettings.of(engine.connectionString(), TestDatabase.masterKey(1))
            .withTimeouts(Duration.ofMillis(400), Duration.ofSeconds(1));
    LocationId location = TenantFixture.anyLocation();
    Contact contact = ContactFixture.aContact().in(location).build();
    try (MongoAdapter adapter = MongoAdapter.open(settings)) {
      adapter.prepareSchema();
      assertThat(adapter.contacts().save(location, contact)).isInstanceOf(SaveOutcome.Saved.class);

      engine.close();

      everyCall(adapter, location).forEach(DatabaseAwayTest::assertFailsInTime);

      engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory().withPort(port));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThatCode(adapter::prepareSchema).doesNotThrowAnyException());
      assertThat(adapter.contacts().save(location, contact)).isInstanceOf(SaveOutcome.Saved.class);
    } finally {
      engine.close();
    }
  }

  @Test
  void aStartWithoutADatabaseFailsInTime() {
    EmbeddedMongo engine = EmbeddedMongo.start(EmbeddedMongoConfig.inMemory());
    String nobodyThere = engine.connectionString();
    engine.close();
    MongoSettings settings =
        MongoSettings.of(nobodyThere, TestDatabase.masterKey(1))
            .withTimeouts(Duration.ofMillis(400), Duration.ofSeconds(1));

    try (MongoAdapter adapter = MongoAdapter.open(settings)) {
      assertFailsInTime(adapter::prepareSchema);
    }
  }

  private static List<Runnable> everyCall(MongoAdapter adapter, LocationId location) {
    CompanyId company = TenantFixture.anyCompany();
    WebhookFixture event = WebhookFixture.anEvent(location, "c1");
    Contact contact = ContactFixture.aContact().in(location).build();
    return List.of(
        adapter::ping,
        adapter::prepareSchema,
        () -> adapter.contacts().save(location, contact),
        () -> adapter.contacts().saveAll(location, List.of(contact)),
        () -> adapter.contacts().list(location, ContactQuery.all(10, "")),
        () -> adapter.contacts().counts(location),
        () -> adapter.pendingContactPushes().due(START, 10),
        () -> adapter.locations().all(),
        () -> adapter.connections().find(location),
        () -> adapter.connections().save(location, ConnectionFixture.activeConnection()),
        () -> adapter.connections().careDue(START, 10),
        () -> adapter.companies().find(company),
        () -> adapter.companies().save(company, ConnectionFixture.activeConnection()),
        () -> adapter.discoveries().find(company),
        () -> adapter.discoveries().due(START, 10),
        () -> adapter.erasures().begin(location, START, START),
        () -> adapter.erasures().covers(location, START, false),
        () -> adapter.erasures().removeAll(location),
        () -> adapter.oauthStates().issue("state", START),
        () -> adapter.oauthStates().consume("state", START),
        () -> adapter.users().list(location),
        () -> adapter.leases().acquire("name", "owner", START, Duration.ofSeconds(10)),
        () ->
            adapter
                .webhookQueue()
                .accept(event.envelope(), event.body(), WebhookStatus.PENDING, START),
        () -> adapter.webhookQueue().claim(START, START.plusSeconds(30), 10, Set.of()),
        () -> adapter.webhookQueue().depth(),
        () -> adapter.operatorAccounts().create(new OperatorAccount("name", "hash")),
        () -> adapter.secrets().createIfAbsent("name", new Secret("secret")));
  }

  private static void assertFailsInTime(Runnable call) {
    long begun = System.nanoTime();

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(call::run)
        .withMessageContaining("Nothing may be taken as stored")
        .withMessageContaining("MONGODB_URI");

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
  }
}
