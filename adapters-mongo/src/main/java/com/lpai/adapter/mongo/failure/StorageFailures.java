package com.lpai.adapter.mongo.failure;

import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs calls to the database and turns what goes wrong into what the ports promise: a refusal by a
 * unique index is a value, everything that leaves a write in doubt is a {@link
 * StorageUnavailableException}, and the rest is a bug.
 */
public final class StorageFailures {

  /**
   * Server codes after which the same call may work later: not primary, shutting down, stepped
   * down, write concern not met, time over, cursor lost, not allowed to sign in, disk full,
   * throttled.
   */
  private static final Set<Integer> PASSING =
      Set.of(
          6, 7, 13, 18, 24, 43, 50, 63, 64, 79, 89, 91, 100, 112, 133, 134, 149, 150, 189, 202, 234,
          262, 317, 358, 384, 8000, 9001, 10107, 11600, 11602, 13388, 13435, 13436, 14031, 16500);

  private StorageFailures() {}

  /**
   * Runs a call that no unique index can refuse.
   *
   * @param what the collection, or what is done, for the message
   */
  public static <T> T guarded(String what, Supplier<T> call) {
    try {
      return call.get();
    } catch (MongoException e) {
      throw translate(what, e);
    }
  }

  /** Runs one write; the supplier answers how many documents it matched. */
  public static WriteOutcome write(String what, Supplier<Long> call) {
    try {
      return new WriteOutcome.Written(call.get());
    } catch (MongoWriteException e) {
      if (DuplicateKey.is(e.getError())) {
        return new WriteOutcome.Refused(DuplicateKey.of(e.getError()));
      }
      throw translate(what, e);
    } catch (MongoException e) {
      throw translate(what, e);
    }
  }

  /** Runs an unordered batch; the supplier answers how many documents it matched. */
  public static BulkOutcome bulk(String what, Supplier<Long> call) {
    try {
      return new BulkOutcome(Map.of(), call.get());
    } catch (MongoBulkWriteException e) {
      if (e.getWriteConcernError() != null) {
        throw translate(what, e);
      }
      Map<Integer, DuplicateKey> refused = new HashMap<>();
      for (BulkWriteError error : e.getWriteErrors()) {
        if (!DuplicateKey.is(error)) {
          throw translate(what, e);
        }
        refused.put(error.getIndex(), DuplicateKey.of(error));
      }
      return new BulkOutcome(refused, -1);
    } catch (MongoException e) {
      throw translate(what, e);
    }
  }

  /**
   * Runs an unordered batch whose writes do not depend on each other: one that fails is told beside
   * those that were done.
   */
  public static EachOutcome each(String what, Runnable call) {
    try {
      call.run();
      return EachOutcome.ALL_DONE;
    } catch (MongoBulkWriteException e) {
      if (e.getWriteConcernError() != null) {
        throw translate(what, e);
      }
      Map<Integer, DuplicateKey> refused = new HashMap<>();
      Map<Integer, RuntimeException> failed = new HashMap<>();
      for (BulkWriteError error : e.getWriteErrors()) {
        if (DuplicateKey.is(error)) {
          refused.put(error.getIndex(), DuplicateKey.of(error));
        } else {
          MongoException alone = new MongoException(error.getCode(), "one write of a batch", e);
          failed.put(error.getIndex(), translate(what, alone));
        }
      }
      return new EachOutcome(refused, failed);
    } catch (MongoException e) {
      throw translate(what, e);
    }
  }

  /**
   * What a failed call means.
   *
   * @param what the collection, or what was done
   * @return a {@link StorageUnavailableException}, or an {@link IllegalStateException} for a call
   *     that the server will never accept
   */
  public static RuntimeException translate(String what, MongoException failure) {
    if (failure instanceof MongoInterruptedException) {
      Thread.currentThread().interrupt();
    }
    if (isPassing(failure)) {
      return new StorageUnavailableException(
          "MongoDB did not confirm ("
              + what
              + ", "
              + kind(failure)
              + "). Nothing may be taken as stored. Check that the database runs and that"
              + " MONGODB_URI is right.",
          failure);
    }
    return new IllegalStateException(
        "MongoDB refused a command (" + what + ", code " + failure.getCode() + ")", failure);
  }

  private static String kind(MongoException failure) {
    String name = failure.getClass().getSimpleName();
    return failure.getCode() > 0 ? name + ", code " + failure.getCode() : name;
  }

  private static boolean isPassing(MongoException failure) {
    boolean connection =
        failure instanceof MongoSocketException
            || failure instanceof MongoTimeoutException
            || failure instanceof MongoExecutionTimeoutException
            || failure instanceof MongoInterruptedException
            || failure instanceof MongoNotPrimaryException
            || failure instanceof MongoNodeIsRecoveringException
            || failure instanceof MongoConnectionPoolClearedException
            || failure instanceof MongoServerUnavailableException
            || failure instanceof MongoSecurityException
            || failure instanceof MongoWriteConcernException;
    if (connection || PASSING.contains(failure.getCode()) || hasPassingPart(failure)) {
      return true;
    }
    // The encryption library wraps what the key vault's connection threw.
    return failure.getCause() instanceof MongoException cause && isPassing(cause);
  }

  private static boolean hasPassingPart(MongoException failure) {
    return failure instanceof MongoBulkWriteException bulk
        && (bulk.getWriteConcernError() != null
            || bulk.getWriteErrors().stream().anyMatch(e -> PASSING.contains(e.getCode())));
  }
}
