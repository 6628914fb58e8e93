package com.lpai.application.connection;

import com.lpai.domain.connection.Secret;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import java.net.URI;

/** Installing the app into a location by OAuth (spec 3). */
public interface InstallAppUseCase {

  /**
   * An installation that we began.
   *
   * @param state random and single use; to be bound to the browser by a cookie
   */
  record Begun(URI consentPage, String state) {}

  /** Begins an installation in a browser. */
  Begun begin();

  /** How an installation ended. */
  sealed interface Outcome {
    /** Connected; the setup runs in the background. */
    record Installed(LocationId locationId) implements Outcome {}

    /** The state was not issued by us to this browser, was used before, or is too old. */
    record StateInvalid() implements Outcome {}

    /** The code was refused: used before, expired, or made up. */
    record CodeRefused(String message) implements Outcome {}

    /** A whole company is connected; its locations follow in the background. */
    record InstalledForCompany(CompanyId companyId) implements Outcome {}

    /** GoHighLevel could not be asked; the user may try again. */
    record TryAgain(String message) implements Outcome {}

    /** Our own settings are wrong; an operator must look. */
    record Misconfigured(String message) implements Outcome {}
  }

  /**
   * Ends an installation: exchanges the code, stores the connection, requests the setup.
   *
   * @param state what the callback carried; empty for installations begun inside the Marketplace
   * @param browserState what the browser's cookie carried; empty without one
   */
  Outcome complete(Secret code, String state, String browserState);
}
