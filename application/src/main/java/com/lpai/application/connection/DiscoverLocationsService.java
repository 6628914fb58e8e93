package com.lpai.application.connection;

import com.lpai.application.connection.ConnectLocationUseCase.Outcome;
import com.lpai.application.work.Hold;
import com.lpai.application.work.Instance;
import com.lpai.application.work.Versioned;
import com.lpai.domain.company.CompanyRepository;
import com.lpai.domain.company.CrmCompanies;
import com.lpai.domain.company.Discoveries;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.InstalledLocations;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.company.Reading;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.sync.Leases;
import com.lpai.domain.sync.UnreadableRecordException;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Finds the locations of a company and connects them, on one instance at a time. A location that
 * cannot be connected does not keep the others waiting; when the company's calls must wait, the
 * reading goes on at the page where it stopped.
 */
final class DiscoverLocationsService implements DiscoverLocationsUseCase {
  /** Longer than one call with a renewed token and what follows it. */
  private static final Duration LEASE = Duration.ofSeconds(30);

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);
  private static final Duration TRY_AGAIN_LATER = Duration.ofMinutes(15);
  private static final int MOST_DOUBLINGS = 8;
  private static final int MOST_PAGES = 10_000;

  /** So many calls in a row without an answer are not the fault of their locations. */
  private static final int MOST_FAILURES_IN_A_ROW = 5;

  private final Discoveries discoveries;
  private final CompanyRepository connections;
  private final Erasures erasures;
  private final CrmCompanies companies;
  private final ConnectLocationService connecting;
  private final Leases leases;
  private final Instance instance;

  DiscoverLocationsService(
      Discoveries discoveries,
      CompanyRepository connections,
      Erasures erasures,
      CrmCompanies companies,
      ConnectLocationService connecting,
      Leases leases,
      Instance instance) {
    this.discoveries = discoveries;
    this.connections = connections;
    this.erasures = erasures;
    this.companies = companies;
    this.connecting = connecting;
    this.leases = leases;
    this.instance = instance;
  }

  @Override
  public boolean request(CompanyId companyId) {
    return !isUninstalled(companyId)
        && change(companyId, discovery -> discovery.requested(instance.time().instant()));
  }

  @Override
  public boolean requestForNewLocation(CompanyId companyId) {
    return discoveries.find(companyId).filter(Discovery::futureLocations).isPresent()
        && request(companyId);
  }

  private boolean isUninstalled(CompanyId companyId) {
    try {
      return connections
          .find(companyId)
          .filter(connection -> connection.state() instanceof ConnectionState.Uninstalled)
          .isPresent();
    } catch (UnreadableRecordException unreadable) {
      return false;
    }
  }

  private boolean change(CompanyId companyId, UnaryOperator<Discovery> change) {
    return Versioned.change(
            () -> discoveries.find(companyId), found -> found.map(change), discoveries::save)
        .isPresent();
  }

  void run(CompanyId companyId) {
    Optional<Hold> taken =
        Hold.on(ConnectLocationService.leaseName(companyId), leases, LEASE, instance);
    if (taken.isEmpty()) {
      return;
    }
    try (Hold hold = taken.get()) {
      discoveries.find(companyId).ifPresent(discovery -> run(discovery, hold));
    }
  }

  private void run(Discovery discovery, Hold hold) {
    Optional<UnaryOperator<Discovery>> obstacle = obstacle(discovery);
    if (obstacle.isPresent()) {
      change(discovery.companyId(), obstacle.get());
    } else {
      new Search(discovery, hold).run();
    }
  }

  /** What becomes of a discovery whose company has no connection to ask with. */
  private Optional<UnaryOperator<Discovery>> obstacle(Discovery discovery) {
    Instant now = instance.time().instant();
    try {
      Optional<ConnectionState> state =
          connections.find(discovery.companyId()).map(Connection::state);
      if (state.isEmpty()) {
        return Optional.of(d -> d.waiting("The agency must install the app.", later(d, now)));
      }
      if (state.get() instanceof ConnectionState.Uninstalled(Instant at)) {
        // A consent after that is stored in a moment.
        return Optional.of(
            at.isBefore(discovery.requestedAt())
                ? d -> d.waiting("The agency's connection is being stored.", later(d, now))
                : d -> d.ended("The agency uninstalled the app."));
      }
      return Optional.empty();
    } catch (UnreadableRecordException unreadable) {
      return Optional.of(
          d -> d.waiting("The agency's connection cannot be read.", now.plus(TRY_AGAIN_LATER)));
    }
  }

  /** The more often in vain, the later. */
  private static Instant later(Discovery discovery, Instant now) {
    Duration grown = TRY_AGAIN.multipliedBy(1L << Math.min(discovery.pauses(), MOST_DOUBLINGS));
    return now.plus(grown.compareTo(TRY_AGAIN_LATER) < 0 ? grown : TRY_AGAIN_LATER);
  }

  /** Why a reading stops before its end, and when it goes on. */
  private record Break(String why, Instant until) {}

  /** One reading of the pages, from where the last one stopped. */
  private final class Search {
    private final CompanyId company;
    private final Hold hold;
    private final Set<LocationId> seen = new HashSet<>();

    /** What was missed before, as far as this reading has not come to it yet. */
    private final Map<LocationId, MissedLocation> known = new LinkedHashMap<>();

    private final Map<LocationId, MissedLocation> missed = new LinkedHashMap<>();
    private Discovery discovery;
    private Reading reading;
    private int failuresInARow;

    private Search(Discovery discovery, Hold hold) {
      this.company = discovery.companyId();
      this.hold = hold;
      this.discovery = discovery;
      this.reading =
          discovery.isInTheMiddle()
              ? discovery.reading().goingOn()
              : Reading.begunAt(instance.time().instant());
      discovery.missed().forEach(location -> known.put(location.id(), location));
    }

    private void run() {
      for (int page = 0; page < MOST_PAGES; page++) {
        switch (companies.installedLocations(company, reading.skip(), CallPriority.BACKFILL)) {
          case CrmResult.Failed<InstalledLocations>(CrmFailure failure) -> {
            pause(breakOf(failure));
            return;
          }
          case CrmResult.Done<InstalledLocations>(InstalledLocations found) -> {
            if (found.size() == 0) {
              finish();
              return;
            }
            Optional<Break> stopped = connect(found);
            if (stopped.isPresent()) {
              pause(stopped.get());
              return;
            }
          }
        }
      }
      pause(new Break("GoHighLevel's list of locations has no end.", in(TRY_AGAIN_LATER)));
    }

    private Optional<Break> connect(InstalledLocations page) {
      int connected = 0;
      int missing = 0;
      for (LocationId location : page.installed()) {
        if (!seen.add(location) || erasures.isErased(location)) {
          continue;
        }
        if (!hold.isProlonged()) {
          return Optional.of(new Break("Another instance goes on.", in(TRY_AGAIN)));
        }
        Optional<MissedLocation> waiting = waiting(location);
        if (waiting.isPresent()) {
          missing++;
          missed.put(location, waiting.get());
          continue;
        }
        switch (connecting.ensureAlone(company, location)) {
          case Outcome.Connected there -> {
            connected++;
            known.remove(location);
            failuresInARow = 0;
          }
          case Outcome.Refused(String why) -> {
            missing++;
            miss(location, page, why);
            failuresInARow = 0;
          }
          case Outcome.NotYet(Duration wait, String why) -> {
            missing++;
            miss(location, page, why);
            failuresInARow++;
            if (failuresInARow >= MOST_FAILURES_IN_A_ROW) {
              return Optional.of(new Break(why, later(discovery, now())));
            }
          }
          case Outcome.Paused(Duration wait, String why) -> {
            return Optional.of(new Break(why, in(wait)));
          }
        }
      }
      reading = reading.and(page.size(), connected, missing);
      change(company, present -> present.progress(reading, stillMissed()));
      discovery = discovery.progress(reading, List.of());
      return Optional.empty();
    }

    /** What was missed a short time ago is not tried yet. */
    private Optional<MissedLocation> waiting(LocationId location) {
      return Optional.ofNullable(known.get(location))
          .filter(before -> before.notBefore().isAfter(now()))
          .filter(before -> !isConnected(location));
    }

    private boolean isConnected(LocationId location) {
      try {
        return connecting.isConnected(location);
      } catch (UnreadableRecordException damaged) {
        return false;
      }
    }

    private void miss(LocationId location, InstalledLocations page, String why) {
      String name = page.names().getOrDefault(location, "");
      MissedLocation now =
          Optional.ofNullable(known.get(location))
              .map(before -> before.again(name, why, now()))
              .orElseGet(() -> MissedLocation.first(location, name, why, now()));
      missed.put(location, now);
    }

    /** What is not come to yet stays as it was. */
    private List<MissedLocation> stillMissed() {
      Map<LocationId, MissedLocation> all = new LinkedHashMap<>(known);
      all.putAll(missed);
      return all.values().stream().filter(location -> !erasures.isErased(location.id())).toList();
    }

    private void finish() {
      if (!reading.resumed()) {
        // What this reading did not come to has not got the app any more.
        known.clear();
      }
      change(company, present -> present.finished(reading, stillMissed(), now()));
    }

    private void pause(Break stopped) {
      change(
          company,
          present -> present.missing(stillMissed()).waiting(stopped.why(), stopped.until()));
    }

    private Break breakOf(CrmFailure failure) {
      return switch (failure) {
        case CrmFailure.Throttled(Duration wait, String message) -> new Break(message, in(wait));
        case CrmFailure.Unavailable(String message) -> new Break(message, later(discovery, now()));
        case CrmFailure.OutcomeUnknown(String message) ->
            new Break(message, later(discovery, now()));
        default -> new Break(failure.message(), in(TRY_AGAIN_LATER));
      };
    }

    private Instant in(Duration wait) {
      return now().plus(wait);
    }

    private Instant now() {
      return instance.time().instant();
    }
  }
}
