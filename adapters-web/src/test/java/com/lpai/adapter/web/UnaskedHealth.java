package com.lpai.adapter.web;

import com.lpai.application.health.CompanyOverview;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.health.LocationOverview;
import com.lpai.application.health.Overview;
import com.lpai.application.health.SyncHealth;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.QueuedWebhook;
import java.util.List;
import java.util.Optional;

/** Answers nothing; a test says what it is asked. */
public class UnaskedHealth implements HealthQueries {
  @Override
  public Optional<SyncHealth> syncHealth(LocationId locationId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<LocationOverview> locations() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<LocationOverview> location(LocationId locationId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<CompanyOverview> companies() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Overview overview() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit) {
    throw new UnsupportedOperationException();
  }
}
