package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.setup.Checkpoints;
import com.lpai.domain.setup.CheckpointsContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoCheckpointsTest implements CheckpointsContract {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public Checkpoints checkpoints() {
    return DATABASE.adapter().checkpoints();
  }
}
