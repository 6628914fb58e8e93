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

/** Fails whoever asks it; a test answers what it expects to be asked. */
public class UnaskedHealth implements HealthQueries {
  @Override
  public Optional<SyncHealth> syncHealth(LocationId locationId) {
    throw unexpected();
  }

  @Override
  public List<LocationOverview> locations() {
    throw unexpected();
  }

  @Override
  public Optional<LocationOverview> location(LocationId locationId) {
    throw unexpected();
  }

  @Override
  public List<CompanyOverview> companies() {
    throw unexpected();
  }

  @Override
  public Overview overview() {
    throw unexpected();
  }

  @Override
  public List<QueuedWebhook> recentWebhooks(LocationId locationId, int limit) {
    throw unexpected();
  }

  private static AssertionError unexpected() {
    return new AssertionError("Nobody is to ask this here.");
  }
}
