package com.lpai.adapter.mongo.tenancy;

import com.mongodb.client.MongoDatabase;
import java.util.List;

/** Hands out collections, each in the form that fits what it is used for. */
public final class Collections {
  public static final String CONTACTS = "contacts";
  public static final String PROJECTS = "projects";
  public static final String APPOINTMENTS = "appointments";
  public static final String CONVERSATIONS = "conversations";
  public static final String MESSAGES = "messages";
  public static final String OUTGOING_MESSAGES = "outgoing_messages";
  public static final String USERS = "users";
  public static final String CALENDARS = "calendars";
  public static final String PIPELINES = "pipelines";
  public static final String CUSTOM_FIELDS = "custom_fields";
  public static final String CUSTOM_VALUES = "custom_values";
  public static final String TERMS = "terms";
  public static final String TEMPLATES = "templates";
  public static final String LIBRARIES = "libraries";
  public static final String LOCATIONS = "locations";
  public static final String CONNECTIONS = "connections";
  public static final String CHECKPOINTS = "sync_checkpoints";
  public static final String SETUP_PAGES = "setup_pages";
  public static final String RECONCILIATIONS = "reconciliations";
  public static final String PROOF_PAGES = "proof_pages";
  public static final String PROOF_DIFFERENCES = "proof_differences";
  public static final String WEBHOOK_QUEUE = "webhook_queue";
  public static final String WEBHOOK_LANES = "webhook_lanes";
  public static final String WEBHOOK_LOGS = "webhook_logs";
  public static final String STREAM_TICKETS = "stream_tickets";
  public static final String IDEMPOTENCY_KEYS = "idempotency_keys";
  public static final String LEASES = "leases";
  public static final String OAUTH_STATES = "oauth_states";
  public static final String KEY_VAULT = "key_vault";
  public static final String MASTER_KEYS = "master_keys";
  public static final String OPERATORS = "operators";
  public static final String SECRETS = "secrets";
  public static final String SCHEMA = "schema";
  public static final String COMPANIES = "companies";
  public static final String ERASED_LOCATIONS = "erased_locations";
  public static final String CALL_PERMITS = "call_permits";
  public static final String INSTANCES = "instances";

  /** Every collection of tenant data; what is not named here cannot be reached as one. */
  public static final List<String> OF_TENANTS =
      List.of(
          CONNECTIONS,
          LOCATIONS,
          CHECKPOINTS,
          SETUP_PAGES,
          RECONCILIATIONS,
          PROOF_PAGES,
          PROOF_DIFFERENCES,
          CONTACTS,
          PROJECTS,
          APPOINTMENTS,
          CONVERSATIONS,
          MESSAGES,
          OUTGOING_MESSAGES,
          USERS,
          CALENDARS,
          PIPELINES,
          CUSTOM_FIELDS,
          CUSTOM_VALUES,
          TERMS,
          TEMPLATES,
          LIBRARIES,
          STREAM_TICKETS,
          IDEMPOTENCY_KEYS,
          WEBHOOK_LANES,
          WEBHOOK_QUEUE,
          WEBHOOK_LOGS);

  private final MongoDatabase database;

  public Collections(MongoDatabase database) {
    this.database = database;
  }

  public TenantCollection ofTenants(String name) {
    return new TenantCollection(guarded(requireOfTenants(name)));
  }

  public AcrossTenants acrossTenants(String name) {
    return new AcrossTenants(guarded(requireOfTenants(name)));
  }

  private static String requireOfTenants(String name) {
    if (!OF_TENANTS.contains(name)) {
      throw new IllegalArgumentException(
          "collection " + name + " must be named in OF_TENANTS, or nobody would erase it");
    }
    return name;
  }

  public SharedCollection shared(String name) {
    if (OF_TENANTS.contains(name)) {
      throw new IllegalArgumentException("collection " + name + " holds tenant data");
    }
    return new SharedCollection(guarded(name));
  }

  private GuardedCollection guarded(String name) {
    return new GuardedCollection(database.getCollection(name));
  }
}
