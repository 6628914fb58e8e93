package com.lpai.domain.directory;

/** Keeping users; see {@link DirectoryRepositoryContract}. */
public interface UserRepositoryContract extends DirectoryRepositoryContract<User> {
  @Override
  default User entry(String id, String name) {
    return new User(new GhlUserId(id), name, id + "@a.example", "admin");
  }

  @Override
  default User bareEntry(String id, String name) {
    return new User(new GhlUserId(id), name, "", "");
  }
}
