package com.lpai.adapter.mongo;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import com.mongodb.ConnectionString;
import com.mongodb.MongoNamespace;
import java.time.Duration;

/**
 * How the database is reached.
 *
 * @param uri a MongoDB connection string; decides about TLS, sign-in and {@code retryWrites}
 * @param masterKeys wrap the data keys that tokens are encrypted with
 * @param keyVault {@code database.collection} of the data keys; empty for {@code key_vault} beside
 *     the data
 * @param dataKeysOpened how long a data key that was opened stays so in memory: so long a key
 *     service may be away, and so long a master key that was disabled still works here
 * @param connectTimeout for one connection, and for finding a server
 * @param operationTimeout for each call, all its round trips and repeats together
 * @param intake how many events are stored together
 */
public record MongoSettings(
    String uri,
    MasterKeys masterKeys,
    String keyVault,
    Duration dataKeysOpened,
    Duration connectTimeout,
    Duration operationTimeout,
    IntakeLimits intake) {
  private static final String DEFAULT_DATABASE = "lpai";

  public MongoSettings {
    requireValid(uri);
    requirePositive(dataKeysOpened, "time that data keys stay open");
    requirePositive(connectTimeout, "connect time-out");
    requirePositive(operationTimeout, "operation time-out");
  }

  /** {@link #of(String, MasterKeys)} with one master key. */
  public static MongoSettings of(String uri, MasterKey masterKey) {
    return of(uri, MasterKeys.only(masterKey));
  }

  /** Five seconds to connect, ten for a call, the key vault beside the data, open for an hour. */
  public static MongoSettings of(String uri, MasterKeys masterKeys) {
    return new MongoSettings(
        uri,
        masterKeys,
        "",
        Duration.ofHours(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        IntakeLimits.STANDARD);
  }

  public MongoSettings withTimeouts(Duration connect, Duration operation) {
    return new MongoSettings(uri, masterKeys, keyVault, dataKeysOpened, connect, operation, intake);
  }

  public MongoSettings withMasterKeys(MasterKeys others) {
    return new MongoSettings(
        uri, others, keyVault, dataKeysOpened, connectTimeout, operationTimeout, intake);
  }

  public MongoSettings withDataKeysOpened(Duration duration) {
    return new MongoSettings(
        uri, masterKeys, keyVault, duration, connectTimeout, operationTimeout, intake);
  }

  /** So many webhooks may wait to be stored, and be so large together. */
  public MongoSettings withWaitingEvents(int most, long bytes) {
    return new MongoSettings(
        uri,
        masterKeys,
        keyVault,
        dataKeysOpened,
        connectTimeout,
        operationTimeout,
        intake.withWaiting(most, bytes));
  }

  /** A key vault elsewhere, as {@code database.collection}. */
  public MongoSettings withKeyVault(String other) {
    return new MongoSettings(
        uri, masterKeys, other, dataKeysOpened, connectTimeout, operationTimeout, intake);
  }

  /** The database that the URI names, else {@code lpai}. */
  public String database() {
    String named = connectionString().getDatabase();
    return named == null ? DEFAULT_DATABASE : named;
  }

  ConnectionString connectionString() {
    return new ConnectionString(uri);
  }

  MongoNamespace keyVaultNamespace() {
    return keyVault.isEmpty()
        ? new MongoNamespace(database(), "key_vault")
        : new MongoNamespace(keyVault);
  }

  private static void requireValid(String uri) {
    try {
      new ConnectionString(uri);
    } catch (IllegalArgumentException e) {
      // The driver's message may repeat the password.
      throw new IllegalArgumentException(
          "MONGODB_URI is no MongoDB connection string (mongodb://… or mongodb+srv://…)");
    }
  }

  private static void requirePositive(Duration timeout, String what) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException(what + " must be more than nothing");
    }
  }

  /** Without the URI: it may hold a password. */
  @Override
  public String toString() {
    return "MongoSettings[database " + database() + "]";
  }
}
