package com.lpai.domain.setup;

class InMemoryCheckpointsTest implements CheckpointsContract {
  private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();

  @Override
  public Checkpoints checkpoints() {
    return checkpoints;
  }
}
