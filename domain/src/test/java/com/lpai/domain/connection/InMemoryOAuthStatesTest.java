package com.lpai.domain.connection;

class InMemoryOAuthStatesTest implements OAuthStatesContract {
  private final InMemoryOAuthStates states = new InMemoryOAuthStates();

  @Override
  public OAuthStates states() {
    return states;
  }
}
