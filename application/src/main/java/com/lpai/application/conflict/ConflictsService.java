package com.lpai.application.conflict;

import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.location.Location;
import com.lpai.domain.location.LocationRepository;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictQuery;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

final class ConflictsService implements ConflictsUseCase {
  private static final int RECORDS_AT_ONCE = 50;
  private static final int CHOSEN_AT_ONCE = 200;

  private final List<ConflictsOfKind<?, ?, ?>> kinds;
  private final RuleNames names;
  private final LocationRepository locations;

  ConflictsService(
      List<ConflictsOfKind<?, ?, ?>> kinds,
      Map<MirrorKind, FieldTable> tables,
      LocationRepository locations) {
    this.kinds = List.copyOf(kinds);
    this.names = new RuleNames(tables);
    this.locations = locations;
  }

  @Override
  public Page<KnownConflict> list(
      LocationId locationId,
      Set<MirrorKind> wanted,
      ConflictQuery query,
      String cursor,
      int limit) {
    Page.requireLimit(limit);
    List<KnownConflict> found = new ArrayList<>();
    Optional<ConflictPlace> place = place(cursor);
    for (ConflictsOfKind<?, ?, ?> kind : kinds) {
      boolean isOver = place.filter(last -> kind.kind().compareTo(last.kind()) < 0).isPresent();
      if (isOver || found.size() > limit || (!wanted.isEmpty() && !wanted.contains(kind.kind()))) {
        continue;
      }
      Optional<ConflictPlace> here = place.filter(last -> last.kind() == kind.kind());
      here.ifPresent(last -> found.addAll(kind.after(locationId, query, last)));
      String recordId = here.map(ConflictPlace::recordId).orElse("");
      while (found.size() <= limit) {
        Page<List<KnownConflict>> page = kind.after(locationId, query, recordId, RECORDS_AT_ONCE);
        page.items().forEach(found::addAll);
        if (page.isLast()) {
          break;
        }
        recordId = page.nextCursor();
      }
    }
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), found.get(limit - 1).id())
        : new Page<>(found, "");
  }

  private static Optional<ConflictPlace> place(String cursor) {
    Optional<ConflictPlace> place = ConflictPlace.of(cursor);
    if (place.isEmpty() && !cursor.isEmpty()) {
      throw new IllegalArgumentException("cursor is not from a page before");
    }
    return place;
  }

  @Override
  public ConflictOutcome choose(LocationId locationId, String id, Conflict.Side side, Origin by) {
    return ConflictPlace.of(id)
        .map(place -> of(place.kind()).choose(locationId, place, side, by))
        .orElseGet(ConflictOutcome.Unknown::new);
  }

  private ConflictsOfKind<?, ?, ?> of(MirrorKind kind) {
    return kinds.stream()
        .filter(each -> each.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no records of kind " + kind));
  }

  @Override
  public Batch chooseAll(
      LocationId locationId,
      MirrorKind kind,
      ConflictQuery which,
      Conflict.Side side,
      String cursor,
      Origin by) {
    Page<KnownConflict> page = list(locationId, Set.of(kind), which, cursor, CHOSEN_AT_ONCE);
    int chosen = 0;
    for (KnownConflict conflict : page.items()) {
      if (choose(locationId, conflict.id(), side, by) instanceof ConflictOutcome.Chosen) {
        chosen++;
      }
    }
    return new Batch(chosen, page.items().size() - chosen, page.nextCursor());
  }

  // ---- who decides at first

  @Override
  public Optional<ConflictRules> rules(LocationId locationId) {
    return locations.find(locationId).map(Location::conflictRules);
  }

  @Override
  public RulesOutcome setRules(LocationId locationId, ConflictRules rules) {
    List<FieldProblem> problems = names.problems(rules);
    if (!problems.isEmpty()) {
      return new RulesOutcome.Refused(problems);
    }
    while (true) {
      Optional<Location> location = locations.find(locationId);
      if (location.isEmpty()) {
        return new RulesOutcome.NotFound();
      }
      if (location.get().conflictRules().equals(rules)
          || locations.save(locationId, location.get().withConflictRules(rules)).isPresent()) {
        return new RulesOutcome.Stored(rules);
      }
    }
  }
}
