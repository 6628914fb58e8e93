package com.lpai.application.reconcile;

import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.application.work.WorkSignals;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.Reconciliation;
import com.lpai.domain.reconcile.Reconciliations;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

final class ProofService implements ProofUseCase {
  private static final int SHOWN = 200;

  /** A second look is over. */
  private static final Set<Stage> FOUND =
      EnumSet.of(Stage.OPEN, Stage.REQUESTED, Stage.REPAIRED, Stage.LEFT);

  /** What can be asked for (again). */
  private static final Set<Stage> REPAIRABLE = EnumSet.of(Stage.OPEN, Stage.LEFT);

  private final LocationRepository locations;
  private final Reconciliations reconciliations;
  private final Differences differences;
  private final ReconcileService work;
  private final WorkSignals signals;
  private final Instance instance;

  ProofService(
      LocationRepository locations,
      Reconciliations reconciliations,
      Differences differences,
      ReconcileService work,
      WorkSignals signals,
      Instance instance) {
    this.locations = locations;
    this.reconciliations = reconciliations;
    this.differences = differences;
    this.work = work;
    this.signals = signals;
    this.instance = instance;
  }

  @Override
  public Started start(LocationId locationId) {
    if (locations.find(locationId).isEmpty()) {
      return new Started.Unknown();
    }
    Optional<Reconciliation> begun =
        Versioned.change(
            () -> reconciliations.find(locationId),
            found -> {
              Instant now = instance.time().instant();
              return Optional.of(found.orElseGet(() -> work.planned(now)))
                  .filter(present -> !present.proof().isRunning())
                  .map(present -> present.proving(now));
            },
            after -> reconciliations.save(locationId, after));
    if (begun.isPresent()) {
      signals.choresDue();
      return new Started.Begun(begun.get().proof());
    }
    return reconciliations
        .find(locationId)
        .map(Reconciliation::proof)
        .<Started>map(Started.UnderWay::new)
        .orElseGet(Started.Unknown::new);
  }

  @Override
  public Optional<Reconciliation> state(LocationId locationId) {
    return reconciliations.find(locationId);
  }

  @Override
  public Page<Difference> differences(LocationId locationId, String cursor, int limit) {
    return differences.list(locationId, run(locationId), Set.of(), FOUND, cursor, limit);
  }

  private long run(LocationId locationId) {
    return reconciliations.find(locationId).map(found -> found.report().run()).orElse(0L);
  }

  @Override
  public Values values(LocationId locationId, String differenceId) {
    Optional<Location> location = locations.find(locationId);
    Optional<Difference> found =
        differences
            .find(locationId, run(locationId), differenceId)
            .filter(difference -> FOUND.contains(difference.stage()));
    return location.isEmpty() || found.isEmpty()
        ? new Values.Unknown()
        : work.of(found.get()).values(location.get(), found.get());
  }

  // ---- repairs

  @Override
  public Plan plan(LocationId locationId, Set<String> ids) {
    return planned(locationId, ids, page -> {});
  }

  @Override
  public Plan repair(LocationId locationId, Set<String> ids) {
    Plan plan =
        planned(
            locationId,
            ids,
            page ->
                differences.put(
                    locationId,
                    run(locationId),
                    page.stream().map(each -> each.at(Stage.REQUESTED, "")).toList()));
    if (plan instanceof Plan.Of(List<Difference> concerned, long count, long calls) && count > 0) {
      Versioned.change(
          () -> reconciliations.find(locationId),
          found -> found.map(present -> present.repairingAt(instance.time().instant())),
          after -> reconciliations.save(locationId, after));
      signals.choresDue();
    }
    return plan;
  }

  private Plan planned(LocationId locationId, Set<String> ids, Consumer<List<Difference>> asked) {
    Optional<Reconciliation> found = reconciliations.find(locationId);
    if (found.filter(it -> it.proof().isRunning()).isPresent()) {
      return new Plan.ProofUnderWay();
    }
    if (found.isEmpty() || found.get().report().state() == Proof.State.NONE) {
      return new Plan.NoReport();
    }
    long run = found.get().report().run();
    if (!ids.isEmpty()) {
      List<Difference> chosen =
          ids.stream()
              .sorted()
              .flatMap(id -> differences.find(locationId, run, id).stream())
              .filter(difference -> REPAIRABLE.contains(difference.stage()))
              .toList();
      asked.accept(chosen);
      return new Plan.Of(chosen, chosen.size(), calls(chosen));
    }
    List<Difference> shown = new ArrayList<>();
    long count = 0;
    long calls = 0;
    String cursor = "";
    do {
      Page<Difference> page =
          differences.list(locationId, run, Set.of(), REPAIRABLE, cursor, SHOWN);
      asked.accept(page.items());
      page.items().stream().limit(SHOWN - shown.size()).forEach(shown::add);
      count += page.items().size();
      calls += calls(page.items());
      cursor = page.nextCursor();
    } while (!cursor.isEmpty());
    return new Plan.Of(shown, count, calls);
  }

  private static long calls(List<Difference> all) {
    return all.stream().mapToLong(difference -> difference.cause().repair().calls()).sum();
  }

  @Override
  public long countDue() {
    return reconciliations.countDue(instance.time().instant());
  }
}
