package com.lpai.application.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Reads a location's users, page by page until an empty page. All are held at once, for only all of
 * them tell who is gone; they are the people of one business.
 */
final class UsersReading implements DirectoryReading {
  private static final int PAGE = 100;

  private final CrmUsers crm;
  private final DirectoryRepository<User> users;

  UsersReading(CrmUsers crm, DirectoryRepository<User> users) {
    this.crm = crm;
    this.users = users;
  }

  @Override
  public CrmResult<Integer> read(Location location, BooleanSupplier stillOurs) {
    List<User> all = new ArrayList<>();
    while (stillOurs.getAsBoolean()) {
      CrmResult<List<User>> answer =
          crm.page(location.id(), location.companyId(), all.size(), PAGE, CallPriority.BACKFILL);
      switch (answer) {
        case CrmResult.Failed<List<User>>(CrmFailure failure) -> {
          return CrmResult.failed(failure);
        }
        case CrmResult.Done<List<User>>(List<User> page) when page.isEmpty() -> {
          users.replaceAll(location.id(), all);
          return CrmResult.done(all.size());
        }
        case CrmResult.Done<List<User>>(List<User> page) -> all.addAll(page);
      }
    }
    return CrmResult.failed(new CrmFailure.Unavailable("another worker took over"));
  }
}
