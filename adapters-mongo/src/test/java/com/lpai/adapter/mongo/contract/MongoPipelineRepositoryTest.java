package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.Pipeline;
import com.lpai.domain.directory.PipelineRepositoryContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoPipelineRepositoryTest implements PipelineRepositoryContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public DirectoryRepository<Pipeline> entries() {
    return DATABASE.adapter().pipelines();
  }
}
