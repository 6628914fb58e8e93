package com.lpai.application.setup;

import com.lpai.domain.crm.CallPriority;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.CrmResult;
import com.lpai.domain.directory.CrmUsers;
import com.lpai.domain.directory.User;
import com.lpai.domain.directory.UserRepository;
import com.lpai.domain.location.Location;
import com.lpai.domain.setup.SetupStep;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Copies the location's users, page by page until an empty page. */
final class UsersStep implements StepRunner {
  private final CrmUsers crm;
  private final UserRepository users;
  private final int pageSize;
  private final SetupProgress progress;

  UsersStep(CrmUsers crm, UserRepository users, int pageSize, SetupProgress progress) {
    this.crm = crm;
    this.users = users;
    this.pageSize = pageSize;
    this.progress = progress;
  }

  /** The number of users seen so far is where the next page begins. */
  @Override
  public Piece next(Location location, BooleanSupplier stillOurs) {
    int seen = (int) location.setup().result(SetupStep.USERS).done();
    CrmResult<List<User>> answer =
        crm.page(location.id(), location.companyId(), seen, pageSize, CallPriority.BACKFILL);
    return switch (answer) {
      case CrmResult.Failed<List<User>>(CrmFailure failure) -> new Piece.Failed(failure);
      case CrmResult.Done<List<User>>(List<User> page) when page.isEmpty() -> {
        progress.counted(location.id(), SetupStep.USERS, seen, seen);
        yield new Piece.Finished();
      }
      case CrmResult.Done<List<User>>(List<User> page) -> {
        users.saveAll(location.id(), page);
        progress.counted(location.id(), SetupStep.USERS, seen + page.size(), -1);
        yield new Piece.More();
      }
    };
  }
}
