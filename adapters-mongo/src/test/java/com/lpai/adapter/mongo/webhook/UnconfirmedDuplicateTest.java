package com.lpai.adapter.mongo.webhook;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.tenant.TenantFixture;
import com.lpai.domain.webhook.WebhookFixture;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/**
 * An event that is known, but not confirmed by a majority, may be rolled back yet: answering that
 * it is a duplicate would lose it (spec 7).
 */
class UnconfirmedDuplicateTest {
  private static final String KNOWN =
      """
      {ok: 1, n: 0,
       writeErrors: [{index: 0, code: 11000, errmsg:
         "E11000 duplicate key error collection: a.b index: locationId_1_webhookId_1 dup key: {}"}],
       writeConcernError: {code: 64, codeName: "WriteConcernTimeout",
         errmsg: "waiting for replication timed out", errInfo: {wtimeout: true}}}
      """;

  @Test
  void anEventThatIsKnownButNotConfirmedIsNotADuplicate() {
    WebhookFixture event = WebhookFixture.anEvent(TenantFixture.anyLocation(), "c1");
    try (ScriptedServer server = ScriptedServer.answering("insert", Document.parse(KNOWN));
        MongoAdapter adapter = MongoAdapter.open(settings(server))) {
      WebhookQueue queue = adapter.webhookQueue();

      assertThatExceptionOfType(StorageUnavailableException.class)
          .isThrownBy(
              () -> queue.accept(event.envelope(), event.body(), WebhookStatus.PENDING, START));
    }
  }

  private static MongoSettings settings(ScriptedServer server) {
    return TestDatabase.settings(server.uri())
        .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }
}
