package com.lpai.domain.directory;

import java.util.List;

/** Keeping pipelines; see {@link DirectoryRepositoryContract}. */
public interface PipelineRepositoryContract extends DirectoryRepositoryContract<Pipeline> {
  @Override
  default Pipeline entry(String id, String name) {
    return new Pipeline(
        new GhlPipelineId(id),
        name,
        List.of(new Pipeline.Stage("s1", "New", 0), new Pipeline.Stage("s2", "Won", 1)));
  }

  @Override
  default Pipeline bareEntry(String id, String name) {
    return new Pipeline(new GhlPipelineId(id), name, List.of());
  }
}
