package com.lpai.domain.directory;

class InMemoryUsersTest implements UserRepositoryContract {
  private final InMemoryUsers users = new InMemoryUsers();

  @Override
  public UserRepository users() {
    return users;
  }
}
