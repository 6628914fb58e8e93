package com.lpai.adapter.mongo.permit;

import com.lpai.adapter.mongo.document.MapKeys;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.failure.WriteOutcome;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.SharedCollection;
import com.lpai.domain.crm.DayUse;
import com.lpai.domain.crm.PermitLedger;
import com.lpai.domain.crm.PermitStock;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Stocks of permits in the collection {@code call_permits}, by kind and id of their owner. The time
 * of each change is the server's own.
 *
 * @param <O> a location's or a company's id
 */
public final class MongoPermitLedger<O> implements PermitLedger<O> {
  private static final String ID = "_id";
  private static final String KIND = "kind";
  private static final String OWNER = "owner";
  private static final String VERSION = "version";
  private static final String LIMIT = "limit";
  private static final String WINDOW = "windowMillis";
  private static final String HELD = "held";
  private static final String WANTED = "wanted";
  private static final String PAUSED = "pausedUntil";
  private static final String DAY = "day";
  private static final String CHANGED = "changedAt";

  private final SharedCollection stocks;
  private final String kind;
  private final Function<O, String> text;
  private final Function<String, O> owner;

  /**
   * The stocks of one kind of owner.
   *
   * @param kind tells it from others in the same collection
   * @param text an owner's id as it is stored
   * @param owner the way back
   */
  public MongoPermitLedger(
      SharedCollection stocks, String kind, Function<O, String> text, Function<String, O> owner) {
    this.stocks = stocks;
    this.kind = kind;
    this.text = text;
    this.owner = owner;
  }

  @Override
  public Optional<PermitStock> find(O of) {
    return stocks.findOne(Filters.eq(ID, id(of))).map(MongoPermitLedger::toDomain);
  }

  @Override
  public Optional<PermitStock> save(O of, PermitStock stock) {
    PermitStock stored = stock.stored();
    Bson atVersion = Filters.and(Filters.eq(ID, id(of)), Filters.eq(VERSION, stock.version()));
    // One that is there already has another version than 0, so its id refuses the second.
    WriteOutcome outcome =
        stock.version() == 0
            ? stocks.upsert(atVersion, change(of, stored))
            : stocks.update(atVersion, change(of, stored));
    return outcome.wrote() ? Optional.of(stored) : Optional.empty();
  }

  @Override
  public List<Found<O>> changedSince(Instant since) {
    return stocks
        .find(
            Filters.and(Filters.gte(CHANGED, since), Filters.eq(KIND, kind)),
            Find.sortedBy(Sorts.ascending(CHANGED)))
        .stream()
        .map(found -> new Found<>(owner.apply(stored(found).text(OWNER)), toDomain(found)))
        .toList();
  }

  /**
   * Forgets an owner's stock.
   *
   * @return how many there were
   */
  public long remove(O of) {
    return stocks.deleteMany(Filters.eq(ID, id(of)));
  }

  private String id(O of) {
    return kind + ":" + text.apply(of);
  }

  private Bson change(O of, PermitStock stock) {
    return Updates.combine(
        Updates.set(KIND, kind),
        Updates.set(OWNER, text.apply(of)),
        Updates.set(VERSION, stock.version()),
        Updates.set(LIMIT, stock.limit()),
        Updates.set(WINDOW, stock.window().toMillis()),
        Updates.set(HELD, numbers(stock.held())),
        Updates.set(WANTED, numbers(stock.wanted())),
        Updates.set(PAUSED, stock.pausedUntil()),
        Updates.set(
            DAY,
            new Document("began", stock.day().began())
                .append("limit", stock.day().limit())
                .append("used", stock.day().used())
                .append("backfill", stock.day().backfill())),
        Updates.currentDate(CHANGED));
  }

  private static Document numbers(Map<String, Integer> byInstance) {
    Document document = new Document();
    byInstance.forEach((instance, number) -> document.append(MapKeys.encode(instance), number));
    return document;
  }

  private static PermitStock toDomain(Document document) {
    StoredDocument stock = stored(document);
    StoredDocument day = stock.child(DAY);
    return new PermitStock(
        stock.number(VERSION),
        (int) stock.number(LIMIT),
        Duration.ofMillis(stock.number(WINDOW)),
        numbers(stock.child(HELD)),
        numbers(stock.child(WANTED)),
        stock.instant(PAUSED),
        new DayUse(
            day.instant("began"), day.number("limit"), day.number("used"), day.number("backfill")));
  }

  private static StoredDocument stored(Document document) {
    return StoredDocument.of("stock of permits", document);
  }

  private static Map<String, Integer> numbers(StoredDocument document) {
    Map<String, Integer> byInstance = new TreeMap<>();
    for (String key : document.keys()) {
      byInstance.put(MapKeys.decode(key), (int) document.number(key));
    }
    return byInstance;
  }
}
