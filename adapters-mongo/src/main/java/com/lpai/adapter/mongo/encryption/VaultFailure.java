package com.lpai.adapter.mongo.encryption;

import com.lpai.adapter.mongo.failure.StorageFailures;
import com.lpai.domain.sync.StorageUnavailableException;
import com.mongodb.MongoException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a failed call of the encryption library means. The library tells most of it in its message
 * only; the texts are those of libmongocrypt 1.1x.
 */
enum VaultFailure {
  /** The key vault's database, or the key service, does not answer. */
  AWAY,
  /** A key service refuses, or a master key is needed that is not configured. */
  MASTER_KEY,
  /** The data key is not in the vault. */
  NO_DATA_KEY,
  /** A text does not fit its key: the ciphertext was altered, or the master key is a wrong one. */
  DOES_NOT_FIT;

  private static final Pattern STATUS = Pattern.compile("HTTP status=(\\d{3})");
  private static final Pattern PASSING_STATUS = Pattern.compile("408|429|5\\d\\d");

  /** Words of key services for what passes, whatever status they are sent with. */
  private static final Pattern PASSING =
      Pattern.compile(
          "Throttl|LimitExceeded|TooManyRequests|DependencyTimeout|KMSInternal|KeyUnavailable"
              + "|RESOURCE_EXHAUSTED|UNAVAILABLE");

  /** The service's own word for its refusal; the rest of its answer is not repeated. */
  private static final Pattern WORD =
      Pattern.compile("\"(?:__type|code|status|error)\"\\s*:\\s*\"([\\w.#-]{1,80})\"");

  /** An answer that broke off or made no sense, or none in time. */
  private static final Pattern OF_A_SERVICE =
      Pattern.compile("KMS response|from KMS (?:provider|server)|to KMS server");

  private static final String KEY_VAULT = "key vault";

  static VaultFailure of(MongoException failure) {
    String text = text(failure);
    if (STATUS.matcher(text).find()) {
      return passes(text) ? AWAY : MASTER_KEY;
    }
    if (text.contains("is not configured") || text.contains("not configured:")) {
      return MASTER_KEY;
    }
    if (text.contains("not all keys requested were satisfied")) {
      return NO_DATA_KEY;
    }
    boolean away =
        StorageFailures.translate(KEY_VAULT, failure) instanceof StorageUnavailableException
            || network(failure).isPresent()
            || OF_A_SERVICE.matcher(text).find();
    return away ? AWAY : DOES_NOT_FIT;
  }

  private static boolean passes(String text) {
    Matcher status = STATUS.matcher(text);
    return status.find()
        && (PASSING_STATUS.matcher(status.group(1)).matches() || PASSING.matcher(text).find());
  }

  private static Optional<IOException> network(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException trouble) {
        return Optional.of(trouble);
      }
    }
    return Optional.empty();
  }

  private static String text(MongoException failure) {
    return String.valueOf(failure.getMessage());
  }

  /**
   * Runs a call in which no ciphertext is judged.
   *
   * @throws StorageUnavailableException for all that passes, or that a person must correct
   * @throws IllegalStateException for a call that can never work
   */
  static <T> T guarded(Supplier<T> call) {
    try {
      return call.get();
    } catch (MongoException failure) {
      throw exception(of(failure), failure);
    }
  }

  static RuntimeException exception(VaultFailure kind, MongoException failure) {
    return switch (kind) {
      case AWAY -> away(failure);
      case MASTER_KEY -> masterKey(failure);
      case NO_DATA_KEY ->
          new StorageUnavailableException(
              "A data key was deleted while it was used. Try again.", failure);
      case DOES_NOT_FIT -> StorageFailures.translate(KEY_VAULT, failure);
    };
  }

  private static StorageUnavailableException away(MongoException failure) {
    RuntimeException ofDatabase = StorageFailures.translate(KEY_VAULT, failure);
    if (ofDatabase instanceof StorageUnavailableException known && !isOfAService(failure)) {
      return known;
    }
    return new StorageUnavailableException(
        "The key service of the master key did not answer"
            + refusal(failure)
            + ". Nothing may be taken as stored. Check that it runs and can be reached"
            + " (LPAI_MASTER_KEY_…).",
        failure);
  }

  /** The database's own connections wrap what they throw, those to a service do not. */
  private static boolean isOfAService(MongoException failure) {
    return OF_A_SERVICE.matcher(text(failure)).find()
        || STATUS.matcher(text(failure)).find()
        || failure.getCause() instanceof IOException;
  }

  private static MasterKeyUnusableException masterKey(MongoException failure) {
    String text = text(failure);
    if (STATUS.matcher(text).find()) {
      return new MasterKeyUnusableException(
          "The key service refuses the master key"
              + refusal(failure)
              + ". Check the key, its region and what this server may do there"
              + " (LPAI_MASTER_KEY_…).",
          failure);
    }
    return new MasterKeyUnusableException(
        "A data key is wrapped by a master key that this server does not know. Start it with that"
            + " key too (LPAI_MASTER_KEY_… or LPAI_MASTER_KEY_NEXT_…); the library says: "
            + text,
        failure);
  }

  /** The service's own word, else what the network says. */
  private static String refusal(MongoException failure) {
    String text = text(failure);
    Optional<String> status = firstGroup(STATUS, text);
    Optional<String> word = firstGroup(WORD, text);
    return status
        .map(code -> " (HTTP " + code + word.map(w -> ", " + w).orElse("") + ")")
        .or(() -> network(failure).map(trouble -> " (" + trouble.getMessage() + ")"))
        .orElse("");
  }

  private static Optional<String> firstGroup(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
