package com.lpai.dev.sandbox.world;

import com.lpai.dev.sandbox.http.JsonText;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Which locations and companies have the app, and which locations are suspended. */
public final class Installs {
  private final Shelf locations;
  private final Shelf companies;
  private final Shelf suspended;
  private final InstantSource clock;

  Installs(Storage storage, InstantSource clock) {
    this.locations = storage.shelf("installs");
    this.companies = storage.shelf("company-installs");
    this.suspended = storage.shelf("suspended");
    this.clock = clock;
  }

  public boolean has(String locationId) {
    return locations.get(locationId).isPresent();
  }

  /** Since when a location has the app. */
  public Optional<Instant> since(String locationId) {
    return locations.get(locationId).map(it -> Instant.parse(it.getString("installedAt")));
  }

  public void add(String locationId) {
    locations.put(
        locationId, JsonText.object().add("installedAt", clock.instant().toString()).build());
  }

  public void remove(String locationId) {
    locations.remove(locationId);
  }

  public Optional<CompanyInstall> ofCompany(String companyId) {
    return companies.get(companyId).map(CompanyInstall::of);
  }

  public void add(CompanyInstall install) {
    companies.put(install.companyId(), install.toJson());
  }

  public void removeCompany(String companyId) {
    companies.remove(companyId);
  }

  public boolean isSuspended(String locationId) {
    return suspended.get(locationId).isPresent();
  }

  public void suspend(String locationId) {
    suspended.put(locationId, JsonValue.EMPTY_JSON_OBJECT);
  }

  public void resume(String locationId) {
    suspended.remove(locationId);
  }
}
