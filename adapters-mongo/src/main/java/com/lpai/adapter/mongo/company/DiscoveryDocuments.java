package com.lpai.adapter.mongo.company;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.company.Reading;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

/** A discovery as a part of its company's document, and back. */
final class DiscoveryDocuments {
  /** Beside the discovery, where the guide has it. */
  static final String APPROVED_LOCATIONS = "approvedLocations";

  private static final String MISSED_LOCATIONS = "missedLocations";

  static final String NOT_BEFORE = CompanyDocuments.DISCOVERY + ".notBefore";
  static final String TROUBLE_PATH = CompanyDocuments.DISCOVERY + ".trouble";
  static final String MISSED_PATH = CompanyDocuments.DISCOVERY + "." + MISSED_LOCATIONS;
  static final String VERSION_PATH = CompanyDocuments.DISCOVERY + ".version";

  private static final String BULK = "bulk";
  private static final String FUTURE_LOCATIONS = "futureLocations";
  private static final String REQUESTED_AT = "requestedAt";
  private static final String FINISHED_AT = "finishedAt";
  private static final String BEGUN_AT = "begunAt";
  private static final String SKIP = "skip";
  private static final String RESUMED = "resumed";
  private static final String LISTED = "listed";
  private static final String CONNECTED = "connected";
  private static final String MISSED = "missed";
  private static final String ID = "id";
  private static final String NAME = "name";
  private static final String WHY = "why";
  private static final String ATTEMPTS = "attempts";
  private static final String PAUSES = "pauses";
  private static final String TROUBLE = "trouble";
  private static final String DUE_AT = "notBefore";
  private static final String VERSION = "version";

  private DiscoveryDocuments() {}

  static Bson toUpdate(Discovery discovery, long version) {
    Document part =
        new Document(BULK, discovery.bulk())
            .append(FUTURE_LOCATIONS, discovery.futureLocations())
            .append(REQUESTED_AT, discovery.requestedAt())
            .append(FINISHED_AT, discovery.finishedAt())
            .append(BEGUN_AT, discovery.reading().begunAt())
            .append(SKIP, discovery.reading().skip())
            .append(RESUMED, discovery.reading().resumed())
            .append(LISTED, discovery.reading().listed())
            .append(CONNECTED, discovery.reading().connected())
            .append(MISSED, discovery.reading().missed())
            .append(
                MISSED_LOCATIONS,
                discovery.missed().stream().map(DiscoveryDocuments::missed).toList())
            .append(TROUBLE, discovery.trouble())
            .append(PAUSES, discovery.pauses())
            .append(DUE_AT, discovery.notBefore())
            .append(VERSION, version);
    return Updates.combine(
        Updates.set(CompanyDocuments.DISCOVERY, part),
        Updates.set(
            APPROVED_LOCATIONS,
            discovery.approvedLocations().stream().map(LocationId::value).toList()));
  }

  private static Document missed(MissedLocation location) {
    return new Document(ID, location.id().value())
        .append(NAME, location.name())
        .append(WHY, location.why())
        .append(ATTEMPTS, location.attempts())
        .append(DUE_AT, location.notBefore());
  }

  /** What matches one location among those that were missed. */
  static Document missed(LocationId locationId) {
    return new Document(ID, locationId.value());
  }

  static Discovery toDomain(Document document) {
    StoredDocument company = StoredDocument.of("company", document);
    StoredDocument stored = company.child(CompanyDocuments.DISCOVERY);
    return new Discovery(
        new CompanyId(company.text(CompanyDocuments.ID)),
        stored.flag(BULK),
        stored.flag(FUTURE_LOCATIONS),
        company.texts(APPROVED_LOCATIONS).stream().map(LocationId::new).toList(),
        stored.instant(REQUESTED_AT),
        stored.instant(FINISHED_AT),
        new Reading(
            stored.instant(BEGUN_AT),
            count(stored, SKIP),
            stored.flag(RESUMED),
            count(stored, LISTED),
            count(stored, CONNECTED),
            count(stored, MISSED)),
        stored.children(MISSED_LOCATIONS).stream().map(DiscoveryDocuments::missed).toList(),
        stored.text(TROUBLE),
        count(stored, PAUSES),
        stored.instant(DUE_AT),
        stored.number(VERSION));
  }

  private static MissedLocation missed(StoredDocument stored) {
    return new MissedLocation(
        new LocationId(stored.text(ID)),
        stored.text(NAME),
        stored.text(WHY),
        count(stored, ATTEMPTS),
        stored.instant(DUE_AT));
  }

  private static int count(StoredDocument stored, String field) {
    return Math.toIntExact(stored.number(field));
  }
}
