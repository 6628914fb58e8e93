package com.lpai.application.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.Calendar;
import com.lpai.domain.directory.CrmCalendars;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.LocationId;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Reads a location's calendars. The appointments of one that is new are nowhere yet: whoever copies
 * them is told before it is stored, for afterwards it would not be new any more.
 */
final class CalendarsReading implements DirectoryReading {
  private final CrmCalendars crm;
  private final DirectoryRepository<Calendar> store;
  private final Consumer<LocationId> added;

  CalendarsReading(
      CrmCalendars crm, DirectoryRepository<Calendar> store, Consumer<LocationId> added) {
    this.crm = crm;
    this.store = store;
    this.added = added;
  }

  @Override
  public Outcome read(Location location, BooleanSupplier stillOurs) {
    return switch (crm.list(location.id(), CallPriority.BACKFILL)) {
      case CrmResult.Failed<List<Calendar>>(CrmFailure failure) -> new Outcome.Failed(failure);
      case CrmResult.Done<List<Calendar>>(List<Calendar> all) -> stored(location.id(), all);
    };
  }

  private Outcome stored(LocationId id, List<Calendar> all) {
    if (isAnyNew(id, all)) {
      added.accept(id);
    }
    store.replaceAll(id, all);
    return new Outcome.Complete(all.size());
  }

  private boolean isAnyNew(LocationId id, List<Calendar> all) {
    Set<String> known = store.list(id).stream().map(Calendar::crmId).collect(Collectors.toSet());
    return all.stream().anyMatch(calendar -> !known.contains(calendar.crmId()));
  }
}
