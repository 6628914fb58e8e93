package com.lpai.domain.directory;

import java.util.List;

/**
 * A pipeline, along which opportunities move.
 *
 * @param stages in the order of their positions
 */
public record Pipeline(GhlPipelineId id, String name, List<Stage> stages)
    implements DirectoryEntry {

  /**
   * One stage; its id is a UUID at the CRM and opaque to us.
   *
   * @param position where it stands among the others, from 0
   */
  public record Stage(String id, String name, int position) {}

  public Pipeline {
    stages = List.copyOf(stages);
  }

  @Override
  public String crmId() {
    return id.value();
  }
}
