package com.lpai.adapter.mongo.company;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

/** A discovery as a part of its company's document, and back. */
final class DiscoveryDocuments {
  /** Beside the discovery, where the guide has it. */
  static final String APPROVED_LOCATIONS = "approvedLocations";

  static final String NOT_BEFORE = CompanyDocuments.DISCOVERY + ".notBefore";
  static final String TROUBLE_PATH = CompanyDocuments.DISCOVERY + ".trouble";
  static final String VERSION_PATH = CompanyDocuments.DISCOVERY + ".version";

  private static final String BULK = "bulk";
  private static final String FUTURE_LOCATIONS = "futureLocations";
  private static final String REQUESTED_AT = "requestedAt";
  private static final String FINISHED_AT = "finishedAt";
  private static final String LISTED = "listed";
  private static final String CONNECTED = "connected";
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
            .append(LISTED, discovery.listed())
            .append(CONNECTED, discovery.connected())
            .append(TROUBLE, discovery.trouble())
            .append(DUE_AT, discovery.notBefore())
            .append(VERSION, version);
    return Updates.combine(
        Updates.set(CompanyDocuments.DISCOVERY, part),
        Updates.set(
            APPROVED_LOCATIONS,
            discovery.approvedLocations().stream().map(LocationId::value).toList()));
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
        Math.toIntExact(stored.number(LISTED)),
        Math.toIntExact(stored.number(CONNECTED)),
        stored.text(TROUBLE),
        stored.instant(DUE_AT),
        stored.number(VERSION));
  }
}
