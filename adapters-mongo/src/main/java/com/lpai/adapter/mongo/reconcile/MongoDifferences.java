package com.lpai.adapter.mongo.reconcile;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.Nature;
import com.lpai.domain.reconcile.SeenIds;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;

/**
 * Differences in the collection {@code proof_differences}, one document for each, and what pages
 * showed in {@code proof_pages}, one for each page.
 */
public final class MongoDifferences implements Differences {
  private static final String RUN = "run";
  private static final String KIND = "kind";
  private static final String PAGE = "page";
  private static final String IDS = "ids";
  private static final String ID = "id";
  private static final String STAGE = "stage";
  private static final String NATURE = "nature";
  private static final String CAUSE = "cause";
  private static final String OUR_ID = "ourId";
  private static final String CRM_ID = "crmId";
  private static final String FIELDS = "fields";
  private static final String NOTE = "note";
  private static final String SEEN_AT = "seenAt";
  private static final String CHANGED_AT = "changedAt";
  private static final String VERSION = "version";
  private static final String RESULT = "result";

  private final TenantCollection pages;
  private final TenantCollection differences;

  public MongoDifferences(TenantCollection pages, TenantCollection differences) {
    this.pages = pages;
    this.differences = differences;
  }

  @Override
  public void keepSeen(LocationId locationId, long run, MirrorKind kind, long page, SeenIds ids) {
    pages.upsert(
        locationId,
        Filters.and(of(run), is(kind), Filters.eq(PAGE, page)),
        Updates.set(IDS, new Binary(ids.toBytes())));
  }

  @Override
  public SeenIds seen(LocationId locationId, long run, MirrorKind kind) {
    SeenIds all = new SeenIds();
    for (Document page :
        pages.find(
            locationId,
            Filters.and(of(run), is(kind)),
            Find.sortedBy(Sorts.ascending(RUN, KIND, PAGE)))) {
      all.addFrom(StoredDocument.of("page of a proof", page).bytes(IDS));
    }
    return all;
  }

  @Override
  public void put(LocationId locationId, long run, List<Difference> all) {
    if (!all.isEmpty()) {
      differences.bulk(
          locationId,
          all.stream()
              .<TenantWrite>map(
                  each ->
                      new TenantWrite.Upsert(
                          Filters.and(of(run), Filters.eq(ID, each.id())),
                          new Document("$set", toDocument(each))))
              .toList());
    }
  }

  @Override
  public void remove(LocationId locationId, long run, Collection<String> ids) {
    if (!ids.isEmpty()) {
      differences.deleteMany(locationId, Filters.and(of(run), Filters.in(ID, List.copyOf(ids))));
    }
  }

  @Override
  public Optional<Difference> find(LocationId locationId, long run, String id) {
    return differences
        .findOne(locationId, Filters.and(of(run), Filters.eq(ID, id)))
        .map(MongoDifferences::toDomain);
  }

  @Override
  public Page<Difference> list(
      LocationId locationId,
      long run,
      Set<MirrorKind> kinds,
      Set<Stage> stages,
      String cursor,
      int limit) {
    List<Bson> filters = new ArrayList<>(List.of(of(run), Filters.gt(ID, cursor), in(stages)));
    if (!kinds.isEmpty()) {
      filters.add(Filters.in(KIND, kinds.stream().map(MirrorKind::key).toList()));
    }
    List<Difference> found =
        differences
            .find(
                locationId,
                Filters.and(filters),
                Find.sortedBy(Sorts.ascending(ID)).limitedTo(limit + 1))
            .stream()
            .map(MongoDifferences::toDomain)
            .toList();
    return found.size() <= limit
        ? new Page<>(found, "")
        : new Page<>(found.subList(0, limit), found.get(limit - 1).id());
  }

  @Override
  public long count(LocationId locationId, long run, MirrorKind kind, Set<Stage> stages) {
    return differences.count(locationId, Filters.and(of(run), is(kind), in(stages)));
  }

  @Override
  public void tidy(LocationId locationId, long run) {
    pages.deleteAll(locationId, Filters.lte(RUN, run));
    differences.deleteAll(locationId, Filters.lt(RUN, run));
  }

  private static Bson of(long run) {
    return Filters.eq(RUN, run);
  }

  private static Bson is(MirrorKind kind) {
    return Filters.eq(KIND, kind.key());
  }

  private static Bson in(Set<Stage> stages) {
    return Filters.in(STAGE, stages.stream().map(StoredDocument::word).toList());
  }

  private static Document toDocument(Difference difference) {
    return new Document(KIND, difference.kind().key())
        .append(STAGE, StoredDocument.word(difference.stage()))
        .append(NATURE, StoredDocument.word(difference.nature()))
        .append(CAUSE, StoredDocument.word(difference.cause()))
        .append(OUR_ID, difference.ourId())
        .append(CRM_ID, difference.crmId())
        .append(FIELDS, difference.fields().stream().map(FieldName::value).toList())
        .append(NOTE, difference.note())
        .append(SEEN_AT, difference.seenAt())
        .append(CHANGED_AT, difference.changedAt())
        .append(VERSION, difference.version())
        .append(RESULT, difference.result());
  }

  private static Difference toDomain(Document document) {
    StoredDocument stored = StoredDocument.of("difference", document);
    return new Difference(
        stored.text(ID),
        MirrorKind.named(stored.text(KIND))
            .orElseThrow(
                () -> stored.malformed(KIND, "holds a kind that this version does not know")),
        stored.word(NATURE, Nature.class),
        stored.word(CAUSE, Cause.class),
        stored.text(OUR_ID),
        stored.text(CRM_ID),
        stored.texts(FIELDS).stream().map(FieldName::of).toList(),
        stored.text(NOTE),
        stored.instant(SEEN_AT),
        stored.instant(CHANGED_AT),
        stored.number(VERSION),
        stored.word(STAGE, Stage.class),
        stored.text(RESULT));
  }
}
