package com.lpai.domain.project;

import com.lpai.domain.tenant.LocationId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Parts of projects in memory, beside the projects and under their lock. */
public final class InMemoryProjectParts implements ProjectParts {
  private final InMemoryProjects projects;
  private final AtomicInteger count = new AtomicInteger();

  public InMemoryProjectParts(InMemoryProjects projects) {
    this.projects = projects;
  }

  @Override
  public PartEntryId nextId(LocationId locationId) {
    return new PartEntryId(String.format(Locale.ROOT, "%024x", count.incrementAndGet()));
  }

  private boolean isThere(LocationId locationId, ProjectId projectId) {
    return projects.find(locationId, projectId).filter(Project::isLive).isPresent();
  }

  private List<PartEntry> of(LocationId locationId, ProjectId projectId, ProjectPart part) {
    return projects.parts.computeIfAbsent(
        new InMemoryProjects.Place(locationId, projectId, part), absent -> new ArrayList<>());
  }

  @Override
  public Optional<PartEntries> list(LocationId locationId, ProjectId projectId, ProjectPart part) {
    synchronized (projects) {
      return isThere(locationId, projectId)
          ? Optional.of(new PartEntries(of(locationId, projectId, part), 0))
          : Optional.empty();
    }
  }

  @Override
  public Added add(LocationId locationId, ProjectId projectId, ProjectPart part, PartEntry entry) {
    synchronized (projects) {
      if (!isThere(locationId, projectId)) {
        return Added.NO_PROJECT;
      }
      List<PartEntry> present = of(locationId, projectId, part);
      if (present.stream().anyMatch(other -> other.id().equals(entry.id()))) {
        return Added.THERE_ALREADY;
      }
      if (present.size() >= part.most()) {
        return Added.FULL;
      }
      present.add(entry);
      return Added.STORED;
    }
  }

  @Override
  public boolean replace(
      LocationId locationId, ProjectId projectId, ProjectPart part, long version, PartEntry entry) {
    synchronized (projects) {
      List<PartEntry> present = of(locationId, projectId, part);
      int place = place(present, entry.id(), version);
      if (place < 0 || !isThere(locationId, projectId)) {
        return false;
      }
      present.set(place, entry);
      return true;
    }
  }

  @Override
  public boolean remove(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId entry,
      long version) {
    synchronized (projects) {
      List<PartEntry> present = of(locationId, projectId, part);
      int place = place(present, entry, version);
      if (place < 0 || !isThere(locationId, projectId)) {
        return false;
      }
      present.remove(place);
      return true;
    }
  }

  private static int place(List<PartEntry> present, PartEntryId id, long version) {
    for (int i = 0; i < present.size(); i++) {
      if (present.get(i).id().equals(id) && present.get(i).version() == version) {
        return i;
      }
    }
    return -1;
  }
}
