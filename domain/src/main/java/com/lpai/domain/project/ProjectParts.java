package com.lpai.domain.project;

import com.lpai.domain.tenant.LocationId;
import java.util.Optional;

/**
 * The parts of projects that are ours alone, in the documents of the projects. Nothing that is done
 * to a project by {@link ProjectRepository} touches them, and nothing here touches what both sides
 * keep; entries that others put there in a shape of their own are counted, and left as they are.
 * Each write is atomic.
 *
 * <p>All methods throw {@link com.lpai.domain.sync.StorageUnavailableException} when the database
 * cannot be reached. What returned is stored durably.
 */
public interface ProjectParts {

  /** What became of an attempt to add an entry. */
  enum Added {
    STORED,
    /** There is one of this id. */
    THERE_ALREADY,
    /** It has as many as {@link ProjectPart#most}. */
    FULL,
    /** The location has no such project, or it was deleted. */
    NO_PROJECT
  }

  /** A new id, unique over all instances. */
  PartEntryId nextId(LocationId locationId);

  /** What it holds; empty when the location has no such project, or it was deleted. */
  Optional<PartEntries> list(LocationId locationId, ProjectId projectId, ProjectPart part);

  /** Adds an entry at the end. */
  Added add(LocationId locationId, ProjectId projectId, ProjectPart part, PartEntry entry);

  /**
   * Stores an entry in the place of the same one, when that is at this version.
   *
   * @return false when it is not, or not there
   */
  boolean replace(
      LocationId locationId, ProjectId projectId, ProjectPart part, long version, PartEntry entry);

  /**
   * Removes an entry when it is at this version.
   *
   * @return false when it is not, or not there
   */
  boolean remove(
      LocationId locationId,
      ProjectId projectId,
      ProjectPart part,
      PartEntryId entry,
      long version);
}
