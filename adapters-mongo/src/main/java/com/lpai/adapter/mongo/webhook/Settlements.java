package com.lpai.adapter.mongo.webhook;

import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.AcrossTenants;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantWrite;
import com.lpai.domain.sync.StorageUnavailableException;
import com.lpai.domain.webhook.KeptEvents;
import com.lpai.domain.webhook.QueuedWebhook;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import com.lpai.domain.webhook.WebhookQueue.Reason;
import com.lpai.domain.webhook.WebhookQueue.Result;
import com.lpai.domain.webhook.WebhookQueue.Settled;
import com.lpai.domain.webhook.WebhookStatus;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Stores what became of claims' events in one batch, and a line of the log for each that is over in
 * another, for all workers that tell it at the same time. Clocks differ: who took a lane decides
 * whether its claim counts, not until when it was lent. Each write matches only an event that is as
 * its claim read it: what somebody else settled meanwhile is left alone.
 */
final class Settlements implements GroupCommit.Writer<List<Settlements.Told>, Boolean> {
  /** What was made of a claim. */
  record Told(Claim claim, List<Settled> settled, Instant now) {
    Told {
      settled = List.copyOf(settled);
    }
  }

  /** What is written of one event of a claim. */
  private record Change(Told told, Settled settled) {
    String token() {
      return told.claim().token();
    }

    AcrossTenants.Write write() {
      return new AcrossTenants.Write(
          told.claim().locationId(),
          new TenantWrite.Update(
              asRead(settled.event()), change(told.claim(), settled, told.now())));
    }

    Change dead() {
      return new Change(told, new Settled(settled.event(), NOT_STORED, settled.startedAt()));
    }
  }

  private record Refusal(Change change, RuntimeException why) {}

  /**
   * What became of a batch.
   *
   * @param whole the tokens of those of which every event was stored
   * @param refused why an event of others could not be
   */
  private record Stored(Set<String> whole, Map<String, RuntimeException> refused) {}

  /** What the database does not take today it does not take tomorrow: a person must look. */
  private static final Result NOT_STORED =
      new Result.Finished(
          WebhookStatus.DEAD,
          "What became of it could not be stored; the server's log says why. Replay it when that is"
              + " mended.",
          Reason.FAULT);

  private static final System.Logger LOG = System.getLogger(Settlements.class.getName());

  private final AcrossTenants events;
  private final AcrossTenants logs;
  private final Lanes lanes;
  private final AcceptanceIds lines = new AcceptanceIds();

  Settlements(AcrossTenants events, AcrossTenants logs, Lanes lanes) {
    this.events = events;
    this.logs = logs;
    this.lanes = lanes;
  }

  /**
   * Answers false where a claim was lost, or somebody else had settled an event of it. Where the
   * database refuses to store an outcome, that fails and its event is dead; the others are stored
   * all the same.
   */
  @Override
  public void write(List<GroupCommit.Entry<List<Told>, Boolean>> batch) {
    List<Told> all = batch.stream().flatMap(entry -> entry.content().stream()).toList();
    Set<String> held = lanes.stillHeld(all.stream().map(Told::claim).toList());
    List<Told> ours = all.stream().filter(told -> held.contains(told.claim().token())).toList();
    Map<Lane, String> tokens = new LinkedHashMap<>();
    ours.forEach(told -> tokens.put(told.claim().lane(), told.claim().token()));
    Stored stored;
    try {
      stored = store(ours);
    } finally {
      lanes.release(tokens);
    }
    for (GroupCommit.Entry<List<Told>, Boolean> entry : batch) {
      Set<String> its = tokens(entry.content());
      its.stream()
          .flatMap(token -> Optional.ofNullable(stored.refused().get(token)).stream())
          .findFirst()
          .ifPresentOrElse(entry::fail, () -> entry.answer(stored.whole().containsAll(its)));
    }
  }

  private Stored store(List<Told> all) {
    List<Change> changes = new ArrayList<>();
    all.forEach(told -> told.settled().forEach(each -> changes.add(new Change(told, each))));
    List<Change> taken = new ArrayList<>();
    List<Refusal> refused = new ArrayList<>();
    long made = make(changes, taken, refused);
    for (Refusal each : refused) {
      made += make(List.of(each.change().dead()), taken, new ArrayList<>());
    }
    List<Change> stored = made == taken.size() ? taken : stored(taken);
    note(stored);
    Map<String, RuntimeException> failures = new HashMap<>();
    refused.forEach(each -> failures.put(each.change().token(), each.why()));
    return new Stored(whole(all, stored), failures);
  }

  private static Set<String> whole(List<Told> all, List<Change> stored) {
    Map<String, Integer> sizes = new HashMap<>();
    stored.forEach(change -> sizes.merge(change.token(), 1, Integer::sum));
    return Set.copyOf(
        all.stream()
            .filter(told -> told.settled().size() == sizes.getOrDefault(told.claim().token(), 0))
            .map(told -> told.claim().token())
            .toList());
  }

  /**
   * Makes changes and looks by halves for those that are refused: what was done of a batch that
   * failed matches no more, and is not done twice.
   *
   * @param taken gets those that the database took
   * @param refused gets the others
   * @return how many events were as their claims read them
   */
  private long make(List<Change> changes, List<Change> taken, List<Refusal> refused) {
    if (changes.isEmpty()) {
      return 0;
    }
    try {
      long matched = events.bulk(changes.stream().map(Change::write).toList()).matched();
      taken.addAll(changes);
      return matched;
    } catch (StorageUnavailableException away) {
      throw away;
    } catch (RuntimeException refusal) {
      if (changes.size() == 1) {
        refused.add(new Refusal(changes.getFirst(), refusal));
        return 0;
      }
      int half = changes.size() / 2;
      return make(changes.subList(0, half), taken, refused)
          + make(changes.subList(half, changes.size()), taken, refused);
    }
  }

  private static Set<String> tokens(List<Told> all) {
    return Set.copyOf(all.stream().map(told -> told.claim().token()).toList());
  }

  /** Those that are in the database. */
  private List<Change> stored(List<Change> changes) {
    List<String> ids = changes.stream().map(change -> change.settled().event().id()).toList();
    Map<String, String> found = new HashMap<>();
    events
        .find(
            Filters.in(WebhookDocuments.ID, ids),
            Find.sortedBy(Sorts.ascending(WebhookDocuments.ID))
                .only(Projections.include(WebhookDocuments.ID, WebhookDocuments.SETTLED_BY)))
        .forEach(
            event ->
                found.put(
                    event.getString(WebhookDocuments.ID),
                    event.getString(WebhookDocuments.SETTLED_BY)));
    return changes.stream()
        .filter(change -> change.token().equals(found.get(change.settled().event().id())))
        .toList();
  }

  private void note(List<Change> changes) {
    List<AcrossTenants.Write> inserts = new ArrayList<>();
    for (Change change : changes) {
      if (change.settled().result() instanceof Result.Finished finished) {
        Told told = change.told();
        Document line =
            LogDocuments.toDocument(lines.next(told.now()), change.settled(), finished, told.now());
        inserts.add(
            new AcrossTenants.Write(told.claim().locationId(), new TenantWrite.Insert(line)));
      }
    }
    if (inserts.isEmpty()) {
      return;
    }
    try {
      logs.bulk(inserts);
    } catch (RuntimeException lost) {
      // The events are settled: a missing line must not have them counted as not.
      LOG.log(
          System.Logger.Level.WARNING,
          "The log lines of {0} webhooks were not stored: {1}",
          inserts.size(),
          lost.getMessage());
    }
  }

  // Plain documents are encoded as they are; a builder would be rendered first, for each event.
  private static Bson asRead(QueuedWebhook event) {
    return new Document(WebhookDocuments.ID, event.id())
        .append(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.PENDING))
        .append(WebhookDocuments.ATTEMPTS, event.attempts())
        .append(WebhookDocuments.PROCESS_AFTER, event.processAfter());
  }

  private static Bson change(Claim claim, Settled settled, Instant now) {
    Document set = new Document(WebhookDocuments.SETTLED_BY, claim.token());
    boolean isOwnFault =
        switch (settled.result()) {
          case Result.Finished finished -> {
            WebhookStatus status = finished.status();
            set.append(WebhookDocuments.STATUS, StoredDocument.word(status))
                .append(WebhookDocuments.OUTCOME, finished.outcome())
                .append(WebhookDocuments.PROCESS_AFTER, now);
            if (KeptEvents.STATUSES.contains(status)) {
              set.append(WebhookDocuments.KEPT_AS, StoredDocument.word(status));
            }
            if (status == WebhookStatus.DEAD) {
              set.append(WebhookDocuments.REASON, StoredDocument.word(finished.reason()));
            }
            yield finished.isOwnFault();
          }
          case Result.Later(Instant processAfter, Reason reason, String why) -> {
            set.append(WebhookDocuments.STATUS, StoredDocument.word(WebhookStatus.WAITING))
                .append(WebhookDocuments.OUTCOME, why)
                .append(WebhookDocuments.REASON, StoredDocument.word(reason))
                .append(WebhookDocuments.PROCESS_AFTER, processAfter);
            if (reason.isOutside() && processAfter.isAfter(now)) {
              set.append(WebhookDocuments.WAITS, settled.event().waits() + 1);
            }
            yield reason.counts();
          }
        };
    Document change = new Document("$set", set);
    return isOwnFault ? change.append("$inc", new Document(WebhookDocuments.ATTEMPTS, 1)) : change;
  }
}
