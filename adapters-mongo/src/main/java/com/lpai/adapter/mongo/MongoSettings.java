package com.lpai.adapter.mongo;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.mongodb.ConnectionString;
import com.mongodb.MongoNamespace;
import java.time.Duration;

/**
 * How the database is reached.
 *
 * @param uri a MongoDB connection string; decides about TLS, sign-in and {@code retryWrites}
 * @param masterKey wraps the data keys that tokens are encrypted with
 * @param keyVault {@code database.collection} of the data keys; empty for {@code key_vault} beside
 *     the data
 * @param connectTimeout for one connection, and for finding a server
 * @param operationTimeout for each call, all its round trips and repeats together
 */
public record MongoSettings(
    String uri,
    MasterKey masterKey,
    String keyVault,
    Duration connectTimeout,
    Duration operationTimeout) {
  private static final String DEFAULT_DATABASE = "lpai";

  public MongoSettings {
    requireValid(uri);
    requirePositive(connectTimeout, "connect time-out");
    requirePositive(operationTimeout, "operation time-out");
  }

  /** Five seconds to connect, ten for a call, the key vault beside the data. */
  public static MongoSettings of(String uri, MasterKey masterKey) {
    return new MongoSettings(uri, masterKey, "", Duration.ofSeconds(5), Duration.ofSeconds(10));
  }

  public MongoSettings withTimeouts(Duration connect, Duration operation) {
    return new MongoSettings(uri, masterKey, keyVault, connect, operation);
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
