package com.lpai.domain.directory;

/**
 * Something of a location that only the CRM changes and that we keep a copy of: equal entries are
 * the same entry in the same state.
 */
public interface DirectoryEntry {
  /** The CRM's id, unique among the location's entries of this kind. */
  String crmId();

  /** What it is called; entries are listed by it. */
  String name();
}
