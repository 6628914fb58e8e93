package com.lpai.application.health;

import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads alerts off connections. */
final class Alerts {
  private static final int MOST_NAMED = 5;

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
      missed(overview.discovery()).ifPresent(open::add);
    }
    open.sort(Comparator.comparing(Alert::kind).thenComparing(Alert::subject));
    return open;
  }

  /** Locations that were tried more than once: a first failure is often over a minute later. */
  private static Optional<Alert> missed(Discovery discovery) {
    List<MissedLocation> lasting =
        discovery.missed().stream().filter(location -> location.attempts() > 1).toList();
    if (lasting.isEmpty()) {
      return Optional.empty();
    }
    String named =
        lasting.stream()
            .limit(MOST_NAMED)
            .map(location -> nameOf(location) + ": " + location.why())
            .collect(Collectors.joining(" "));
    String id = discovery.companyId().value();
    return Optional.of(
        new Alert(
            Alert.Kind.MISSED_LOCATIONS,
            id,
            "Agency " + id,
            "Some of its locations have the app and could not be connected, "
                + discovery.reading().missed()
                + " in all; they are tried again. "
                + named,
            false,
            discovery.finishedAt()));
  }

  private static String nameOf(MissedLocation location) {
    return location.name().isEmpty()
        ? location.id().value()
        : location.name() + " (" + location.id() + ")";
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
                    connection.needsInstallation()
                        || kind == Alert.Kind.MISSING_SCOPES
                        || kind == Alert.Kind.OAUTH_FAILED,
                    connection.tokenSince()));
  }

  private static Optional<Alert.Kind> kind(ConnectionOverview connection) {
    return switch (connection.state()) {
      case "needsReauth" -> Optional.of(Alert.Kind.NEEDS_REAUTH);
      case "needsInstall" -> Optional.of(Alert.Kind.NEEDS_INSTALL);
      case "unreadable" -> Optional.of(Alert.Kind.UNREADABLE);
      case "suspended" -> Optional.of(Alert.Kind.SUSPENDED);
      case "legacy" ->
          connection.problem().isEmpty() ? Optional.empty() : Optional.of(Alert.Kind.OAUTH_FAILED);
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
      case NEEDS_INSTALL, UNREADABLE, MISSED_LOCATIONS -> connection.problem();
      case OAUTH_FAILED ->
          "Its private integration token is used again: install the app again. "
              + connection.problem();
      case REFRESH_FAILING ->
          "Its token could not be renewed and is tried again. " + connection.problem();
      case MISSING_SCOPES ->
          "Install the app again and grant: " + String.join(", ", connection.missingScopes());
      case SUSPENDED -> "It is looked at now and then. " + connection.problem();
    };
  }
}
