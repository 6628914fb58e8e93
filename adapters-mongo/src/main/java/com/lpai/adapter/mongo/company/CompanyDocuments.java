package com.lpai.adapter.mongo.company;

import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.tenant.CompanyId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.conversions.Bson;

/** One document for each company; each part of it has a version of its own. */
final class CompanyDocuments {
  static final String ID = "_id";

  /** A part that is stored as a whole: the connection, or the discovery. */
  static final String CONNECTION = "connection";

  static final String DISCOVERY = "discovery";

  private static final String IS_COMPANY_LEVEL = "isCompanyLevel";

  private CompanyDocuments() {}

  static Bson is(CompanyId companyId) {
    return Filters.eq(ID, companyId.value());
  }

  static Bson is(CompanyId companyId, String part, long version) {
    return Filters.and(is(companyId), Filters.eq(part + ".version", version));
  }

  /** Adds a part to the company's document, which may be the first one; false when it is there. */
  static boolean isAdded(
      SharedCollection companies, CompanyId companyId, String part, Bson content) {
    Bson without = Filters.and(is(companyId), Filters.exists(part, false));
    Bson update = Updates.combine(content, Updates.setOnInsert(IS_COMPANY_LEVEL, true));
    WriteOutcome outcome = companies.upsert(without, update);
    if (outcome.wrote()) {
      return true;
    }
    // The other part may have made the document at the same moment: now there is one to change.
    return companies.update(without, content).wrote();
  }
}
