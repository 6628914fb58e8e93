package com.lpai.application.directory;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmPage;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.DirectoryRepository;
import com.lpai.domain.directory.GhlUserId;
import com.lpai.domain.directory.User;
import com.lpai.domain.location.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Reads a location's users, page by page, until there are no more or a page tells of nobody new.
 * All are held at once, for only all of them tell who is gone; they are the people of one business.
 */
final class UsersReading implements DirectoryReading {
  private static final int PAGE = 100;

  /** No business has so many people: a CRM that lists on and on must not be asked for ever. */
  private static final int MOST_PAGES = 1_000;

  private final CrmUsers crm;
  private final DirectoryRepository<User> users;
  private final CallPriority priority;

  UsersReading(CrmUsers crm, DirectoryRepository<User> users, CallPriority priority) {
    this.crm = crm;
    this.users = users;
    this.priority = priority;
  }

  @Override
  public Outcome read(Location location, BooleanSupplier stillOurs) {
    Map<GhlUserId, User> all = new LinkedHashMap<>();
    String cursor = "";
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      if (!stillOurs.getAsBoolean()) {
        return new Outcome.TakenOver();
      }
      CrmResult<CrmPage<User>> answer =
          crm.page(location.id(), location.companyId(), cursor, PAGE, priority);
      switch (answer) {
        case CrmResult.Failed<CrmPage<User>>(CrmFailure failure) -> {
          return new Outcome.Failed(failure);
        }
        case CrmResult.Done<CrmPage<User>>(CrmPage<User> page) -> {
          int before = all.size();
          page.items().forEach(user -> all.put(user.id(), user));
          boolean isRepeated = !page.items().isEmpty() && all.size() == before;
          if (page.isLast() || isRepeated) {
            users.replaceAll(location.id(), List.copyOf(all.values()));
            return new Outcome.Complete(all.size());
          }
          cursor = page.nextCursor();
        }
      }
    }
    return new Outcome.Failed(
        new CrmFailure.Unavailable(
            "GoHighLevel lists users of location "
                + location.id()
                + " without an end; what was known of them is kept."));
  }
}
