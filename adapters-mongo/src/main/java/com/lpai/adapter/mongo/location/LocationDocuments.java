package com.lpai.adapter.mongo.location;

import com.lpai.adapter.mongo.document.MapKeys;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.directory.GhlCustomFieldId;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationDetails;
import com.lpai.domain.setup.Setup;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.setup.StepGaps;
import com.lpai.domain.setup.StepResult;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.Document;

/** A location as a document, and back. */
final class LocationDocuments {
  static final String VERSION = "version";
  static final String SETUP_UNDER_WAY = "setup.underWay";
  private static final String COMPANY_ID = "companyId";
  private static final String NAME = "name";
  private static final String COUNTRY = "country";
  private static final String TIMEZONE = "timezone";
  private static final String ALLOWS_DUPLICATES = "allowsDuplicateContacts";
  private static final String INSTALLED_AT = "installedAt";
  private static final String SETUP = "setup";
  private static final String RUN = "run";
  private static final String FULL_SYNC = "fullSync";
  private static final String REQUESTED_AT = "requestedAt";
  private static final String UNDER_WAY = "underWay";
  private static final String SETUP_RESULTS = "setupResults";
  private static final String GHL_CUSTOM_FIELDS = "ghlCustomFields";
  private static final String CONFLICT_RULES = "conflictRules";
  private static final String USUAL = "usual";
  private static final String FIELDS = "fields";
  private static final String STATE = "state";
  private static final String SUCCESS = "success";
  private static final String DONE = "done";
  private static final String TOTAL = "total";
  private static final String COUNTS = "counts";
  private static final String NOTE = "note";
  private static final String STARTED_AT = "startedAt";
  private static final String FINISHED_AT = "finishedAt";
  private static final String ATTEMPTS = "attempts";
  private static final String NEXT_ATTEMPT_AT = "nextAttemptAt";
  private static final String WITHOUT = "without";
  private static final String LEFT_OUT = "leftOut";

  private LocationDocuments() {}

  static Document toDocument(Location location, long version) {
    LocationDetails details = location.details();
    Setup setup = location.setup();
    Document results = new Document();
    setup.results().forEach((step, result) -> results.append(step.key(), step(result)));
    return new Document(COMPANY_ID, location.companyId().value())
        .append(NAME, details.name())
        .append(COUNTRY, details.country())
        .append(TIMEZONE, details.timezone().getId())
        .append(ALLOWS_DUPLICATES, details.allowsDuplicateContacts())
        .append(INSTALLED_AT, location.installedAt())
        .append(
            SETUP,
            new Document(RUN, setup.run())
                .append(FULL_SYNC, setup.fullSync())
                .append(REQUESTED_AT, setup.requestedAt())
                .append(UNDER_WAY, setup.isUnderWay()))
        .append(SETUP_RESULTS, results)
        .append(GHL_CUSTOM_FIELDS, customFields(location.customFields()))
        .append(CONFLICT_RULES, conflictRules(location.conflictRules()))
        .append(VERSION, version);
  }

  private static Document step(StepResult result) {
    Document document = new Document(STATE, StoredDocument.word(result.state()));
    if (result.isOver()) {
      document.append(SUCCESS, result.state() == StepResult.State.DONE);
    }
    document.append(COUNTS, new Document(DONE, result.done()).append(TOTAL, result.total()));
    if (!result.note().isEmpty()) {
      document.append(NOTE, result.note());
    }
    StoredDocument.putInstant(document, STARTED_AT, result.startedAt());
    StoredDocument.putInstant(document, FINISHED_AT, result.finishedAt());
    put(document, WITHOUT, result.gaps().without().stream().map(SetupStep::key).toList());
    put(document, LEFT_OUT, result.gaps().leftOut());
    if (result.attempts() > 0) {
      document.append(ATTEMPTS, (long) result.attempts());
    }
    StoredDocument.putInstant(document, NEXT_ATTEMPT_AT, result.nextAttemptAt());
    return document;
  }

  private static void put(Document document, String field, List<String> texts) {
    if (!texts.isEmpty()) {
      document.append(field, texts);
    }
  }

  static Location toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("location", document);
    return new Location(
        new LocationId(stored.text(TenantCollection.LOCATION_ID)),
        new CompanyId(stored.text(COMPANY_ID)),
        new LocationDetails(
            stored.text(NAME), stored.text(COUNTRY), zone(stored), stored.flag(ALLOWS_DUPLICATES)),
        setup(stored.child(SETUP), stored.child(SETUP_RESULTS)),
        stored.instant(INSTALLED_AT),
        customFields(stored),
        conflictRules(stored),
        stored.number(VERSION));
  }

  private static Document customFields(Map<String, GhlCustomFieldId> ids) {
    Document document = new Document();
    new TreeMap<>(ids).forEach((key, id) -> document.append(key, id.value()));
    return document;
  }

  private static Map<String, GhlCustomFieldId> customFields(StoredDocument stored) {
    Map<String, GhlCustomFieldId> ids = new HashMap<>();
    if (stored.has(GHL_CUSTOM_FIELDS)) {
      StoredDocument fields = stored.child(GHL_CUSTOM_FIELDS);
      fields.keys().forEach(key -> ids.put(key, new GhlCustomFieldId(fields.text(key))));
    }
    return ids;
  }

  private static Document conflictRules(ConflictRules rules) {
    Document document = new Document(USUAL, StoredDocument.word(rules.usual()));
    for (MirrorKind kind : MirrorKind.values()) {
      Document fields = new Document();
      rules
          .fieldsOf(kind)
          .forEach((name, rule) -> fields.append(MapKeys.encode(name), StoredDocument.word(rule)));
      Document ofKind = new Document(FIELDS, fields);
      Optional.ofNullable(rules.ofKinds().get(kind))
          .ifPresent(rule -> ofKind.append(USUAL, StoredDocument.word(rule)));
      document.append(kind.key(), ofKind);
    }
    return document;
  }

  /** A location of an earlier version has the rule that all had. */
  private static ConflictRules conflictRules(StoredDocument stored) {
    if (!stored.has(CONFLICT_RULES)) {
      return ConflictRules.OURS;
    }
    StoredDocument rules = stored.child(CONFLICT_RULES);
    Map<MirrorKind, ConflictRule> ofKinds = new EnumMap<>(MirrorKind.class);
    Map<MirrorKind, SortedMap<String, ConflictRule>> ofFields = new EnumMap<>(MirrorKind.class);
    for (MirrorKind kind : MirrorKind.values()) {
      if (!rules.has(kind.key())) {
        continue;
      }
      StoredDocument ofKind = rules.child(kind.key());
      if (ofKind.has(USUAL)) {
        ofKinds.put(kind, ofKind.word(USUAL, ConflictRule.class));
      }
      StoredDocument fields = ofKind.child(FIELDS);
      SortedMap<String, ConflictRule> named = new TreeMap<>();
      for (String key : fields.keys()) {
        named.put(MapKeys.decode(key), fields.word(key, ConflictRule.class));
      }
      ofFields.put(kind, named);
    }
    return new ConflictRules(rules.word(USUAL, ConflictRule.class), ofKinds, ofFields);
  }

  private static ZoneId zone(StoredDocument stored) {
    try {
      return ZoneId.of(stored.text(TIMEZONE));
    } catch (DateTimeException e) {
      throw stored.malformed(TIMEZONE, "is no time zone");
    }
  }

  /** Steps that this version does not know are left out. */
  private static Setup setup(StoredDocument setup, StoredDocument results) {
    Map<SetupStep, StepResult> steps = new EnumMap<>(SetupStep.class);
    for (String key : results.keys()) {
      SetupStep.named(key).ifPresent(step -> steps.put(step, step(results.child(key))));
    }
    return new Setup(setup.number(RUN), setup.flag(FULL_SYNC), setup.instant(REQUESTED_AT), steps);
  }

  private static StepResult step(StoredDocument stored) {
    StoredDocument counts = stored.child(COUNTS);
    return new StepResult(
        stored.word(STATE, StepResult.State.class),
        counts.number(DONE),
        counts.number(TOTAL),
        stored.textOrEmpty(NOTE),
        stored.instantOrEpoch(STARTED_AT),
        stored.instantOrEpoch(FINISHED_AT),
        Math.toIntExact(stored.numberOrZero(ATTEMPTS)),
        stored.instantOrEpoch(NEXT_ATTEMPT_AT),
        gaps(stored));
  }

  private static StepGaps gaps(StoredDocument stored) {
    Set<SetupStep> without = EnumSet.noneOf(SetupStep.class);
    stored.texts(WITHOUT).forEach(key -> SetupStep.named(key).ifPresent(without::add));
    return new StepGaps(without, stored.texts(LEFT_OUT));
  }
}
