package com.lpai.adapter.mongo.contract;

import com.lpai.adapter.mongo.TestDatabase;
import com.lpai.domain.project.GhlOpportunityId;
import com.lpai.domain.project.Project;
import com.lpai.domain.project.ProjectId;
import com.lpai.domain.project.ProjectRepository;
import com.lpai.domain.project.ProjectRepositoryContract;
import com.lpai.domain.sync.PendingPushes;
import com.lpai.domain.sync.PendingPushesContract;
import org.junit.jupiter.api.extension.RegisterExtension;

class MongoProjectRepositoryTest
    implements ProjectRepositoryContract,
        PendingPushesContract<ProjectId, GhlOpportunityId, Project> {
  @RegisterExtension static final TestDatabase DATABASE = new TestDatabase();

  @Override
  public ProjectRepository projects() {
    return DATABASE.adapter().projects();
  }

  @Override
  public PendingPushes<ProjectId> pending() {
    return DATABASE.adapter().pendingProjectPushes();
  }
}
