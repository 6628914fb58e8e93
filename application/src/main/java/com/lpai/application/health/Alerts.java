package com.lpai.application.health;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads alerts off connections. */
final class Alerts {
  private Alerts() {}

  static List<Alert> of(List<LocationOverview> locations, List<CompanyOverview> companies) {
    List<Alert> open = new ArrayList<>();
    for (LocationOverview overview : locations) {
      String id = overview.location().id().value();
      of(overview.connection(), id, overview.location().details().name()).ifPresent(open::add);
    }
    for (CompanyOverview overview : companies) {
      String id = overview.discovery().companyId().value();
      of(overview.connection(), id, "Agency " + id).ifPresent(open::add);
    }
    open.sort(Comparator.comparing(Alert::kind).thenComparing(Alert::subject));
    return open;
  }

  private static Optional<Alert> of(ConnectionOverview connection, String id, String name) {
    return kind(connection)
        .map(
            kind ->
                new Alert(
                    kind,
                    id,
                    name,
                    message(kind, connection),
                    connection.needsInstallation() || kind == Alert.Kind.MISSING_SCOPES,
                    connection.tokenSince()));
  }

  private static Optional<Alert.Kind> kind(ConnectionOverview connection) {
    return switch (connection.state()) {
      case "needsReauth" -> Optional.of(Alert.Kind.NEEDS_REAUTH);
      case "needsInstall" -> Optional.of(Alert.Kind.NEEDS_INSTALL);
      case "suspended" -> Optional.of(Alert.Kind.SUSPENDED);
      case "refreshing" ->
          connection.problem().isEmpty()
              ? Optional.empty()
              : Optional.of(Alert.Kind.REFRESH_FAILING);
      default ->
          connection.missingScopes().isEmpty()
              ? Optional.empty()
              : Optional.of(Alert.Kind.MISSING_SCOPES);
    };
  }

  private static String message(Alert.Kind kind, ConnectionOverview connection) {
    return switch (kind) {
      case NEEDS_REAUTH -> "Install the app again. " + connection.problem();
      case NEEDS_INSTALL -> connection.problem();
      case REFRESH_FAILING ->
          "Its token could not be renewed and is tried again. " + connection.problem();
      case MISSING_SCOPES ->
          "Install the app again and grant: " + String.join(", ", connection.missingScopes());
      case SUSPENDED -> "It is looked at now and then. " + connection.problem();
    };
  }
}
