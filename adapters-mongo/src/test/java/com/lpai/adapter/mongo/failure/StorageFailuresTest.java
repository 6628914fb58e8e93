package com.lpai.adapter.mongo.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoSocketReadException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.bulk.WriteConcernError;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class StorageFailuresTest {
  private static final ServerAddress SERVER = new ServerAddress();
  private static final String REAL_SERVER =
      "E11000 duplicate key error collection: lpai.contacts index: locationId_1_ghlContactId_1"
          + " dup key: { locationId: \"a\", ghlContactId: \"b\" }";

  @Test
  void aDuplicateKeyIsAnOutcomeThatTellsItsFields() {
    WriteError error =
        new WriteError(
            11000,
            "no index is named here",
            BsonDocument.parse("{keyPattern: {locationId: 1, ghlContactId: 1}}"));

    assertThat(refusal(error).concerns("ghlContactId")).isTrue();
    assertThat(refusal(error).concerns("email")).isFalse();
  }

  @Test
  void withoutAKeyPatternTheIndexNameTells() {
    WriteError error = new WriteError(11000, REAL_SERVER, new BsonDocument());

    assertThat(refusal(error).concerns("ghlContactId")).isTrue();
    assertThat(refusal(error).concerns("webhookId")).isFalse();
  }

  @Test
  void aDuplicateKeyWithoutAnyWordIsStillARefusal() {
    WriteError error = new WriteError(11000, "duplicate", new BsonDocument());

    assertThat(refusal(error)).isEqualTo(new DuplicateKey(""));
  }

  private static DuplicateKey refusal(WriteError error) {
    WriteOutcome outcome =
        StorageFailures.write(
            "contacts",
            () -> {
              throw new MongoWriteException(error, SERVER, Set.of());
            });
    return ((WriteOutcome.Refused) outcome).key();
  }

  @Test
  void aLostConnectionATimeOutAndARefusedSignInMeanThatStorageIsUnavailable() {
    for (MongoException failure :
        List.of(
            new MongoSocketReadException("reset", SERVER),
            new MongoTimeoutException("no server"),
            command(13),
            command(43),
            command(10107),
            command(14031),
            new MongoClientException("in encryption", new MongoTimeoutException("no server")))) {
      assertThat(StorageFailures.translate("contacts", failure))
          .isInstanceOf(StorageUnavailableException.class)
          .hasCause(failure);
    }
  }

  @Test
  void aCommandThatNoServerWillEverAcceptIsABug() {
    assertThat(StorageFailures.translate("contacts", command(9)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("code 9");
  }

  private static MongoCommandException command(int code) {
    return new MongoCommandException(
        BsonDocument.parse("{ok: 0, code: " + code + ", errmsg: 'x'}"), SERVER);
  }

  @Test
  void aBatchTellsWhichOfItWereRefused() {
    BulkWriteError error = new BulkWriteError(11000, REAL_SERVER, new BsonDocument(), 3);

    BulkOutcome outcome = bulk(List.of(error), null);

    assertThat(outcome.refused()).containsOnlyKeys(3);
    assertThat(outcome.matched()).isNegative();
  }

  @Test
  void aBatchWithoutItsWriteConcernIsNotStored() {
    WriteConcernError lost =
        new WriteConcernError(64, "WriteConcernFailed", "", new BsonDocument());

    assertThatExceptionOfType(StorageUnavailableException.class)
        .isThrownBy(() -> bulk(List.of(), lost));
  }

  @Test
  void aBatchWithAnotherErrorIsABug() {
    BulkWriteError error = new BulkWriteError(2, "BadValue", new BsonDocument(), 0);

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> bulk(List.of(error), null));
  }

  private static BulkOutcome bulk(List<BulkWriteError> errors, WriteConcernError lost) {
    BulkWriteResult result = BulkWriteResult.acknowledged(0, 0, 0, 0, List.of(), List.of());
    return StorageFailures.bulk(
        "contacts",
        () -> {
          throw new MongoBulkWriteException(result, errors, lost, SERVER, Set.of());
        });
  }

  @Test
  void whatWasNotRefusedWasWritten() {
    assertThat(StorageFailures.write("contacts", () -> 1L).wrote()).isTrue();
    assertThat(StorageFailures.write("contacts", () -> 0L).wrote()).isFalse();
    assertThat(StorageFailures.bulk("contacts", () -> 2L)).isEqualTo(new BulkOutcome(Map.of(), 2));
  }
}
