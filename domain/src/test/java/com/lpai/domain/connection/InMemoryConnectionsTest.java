package com.lpai.domain.connection;

class InMemoryConnectionsTest implements ConnectionRepositoryContract {
  private final InMemoryConnections connections = new InMemoryConnections();

  @Override
  public ConnectionRepository connections() {
    return connections;
  }
}
