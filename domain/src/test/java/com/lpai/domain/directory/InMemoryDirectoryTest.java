package com.lpai.domain.directory;

class InMemoryDirectoryTest implements PipelineRepositoryContract {
  private final InMemoryDirectory<Pipeline> pipelines = new InMemoryDirectory<>();

  @Override
  public DirectoryRepository<Pipeline> entries() {
    return pipelines;
  }
}
