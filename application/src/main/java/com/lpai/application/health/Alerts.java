package com.lpai.application.health;

import com.lpai.application.health.ReconciledStores.Trouble;
import com.lpai.application.webhook.WrongSignatures;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads alerts off connections, and off the search for an agency's locations. */
final class Alerts {
  /** A search waits now and then, for its share of calls above all: that is no trouble yet. */
  private static final Duration SEARCH_MAY_TAKE = Duration.ofMinutes(5);

  private static final int MOST_NAMED = 5;

  /** The part of the server that webhooks come to. */
  static final String WEBHOOKS = "webhooks";

  private Alerts() {}

  /**
   * What a person is to decide about, by location.
   *
   * @param webhooks how many could not be applied
   * @param records how many have a field that both sides changed
   */
  record Undecided(Map<LocationId, Long> webhooks, Map<LocationId, Long> records) {}

  static List<Alert> of(
      List<LocationOverview> locations,
      List<CompanyOverview> companies,
      Undecided undecided,
      ReconciledStores reconciled,
      Optional<WrongSignatures> signatures,
      Instant now) {
    List<Alert> open = new ArrayList<>();
    signatures.map(Alerts::of).ifPresent(open::add);
    undecided.webhooks().forEach((id, count) -> open.add(dead(subject(id, locations), count)));
    undecided
        .records()
        .forEach((id, count) -> open.add(conflicting(subject(id, locations), count)));
    for (LocationOverview overview : locations) {
      String id = overview.location().id().value();
      String name = overview.location().details().name();
      Subject subject = new Subject(false, id, name);
      of(overview.connection(), subject).ifPresent(open::add);
      if (overview.failedMessages() > 0) {
        open.add(unsent(subject, overview.failedMessages()));
      }
      for (Trouble trouble : reconciled.troubles(overview.location().id())) {
        switch (trouble) {
          case Trouble.Different different -> open.add(of(different, subject));
          case Trouble.Failing failing when isWorking(overview.connection()) ->
              open.add(of(failing, subject));
          case Trouble.Failing notConnected -> {}
        }
      }
    }
    for (CompanyOverview overview : companies) {
      String id = overview.discovery().companyId().value();
      Subject agency = new Subject(true, id, "Agency " + id);
      of(overview.connection(), agency)
          .or(() -> late(overview.discovery(), overview.connection(), agency, now))
          .ifPresent(open::add);
      missed(overview.discovery(), agency).ifPresent(open::add);
    }
    open.sort(
        Comparator.comparing(Alert::kind)
            .thenComparing(Alert::name)
            .thenComparing(Alert::subject)
            .thenComparing(Alert::ofCompany));
    return open;
  }

  private record Subject(boolean isCompany, String id, String name) {
    Alert alert(Alert.Kind kind, String message, String detail, boolean install, Instant since) {
      return new Alert(
          kind, isCompany, id, name, message, detail, action(kind, isCompany), install, since);
    }
  }

  private static Subject subject(LocationId id, List<LocationOverview> locations) {
    return id.equals(Envelope.NO_LOCATION)
        ? new Subject(false, WEBHOOKS, "Webhooks of no location")
        : new Subject(
            false,
            id.value(),
            locations.stream()
                .map(LocationOverview::location)
                .filter(location -> location.id().equals(id))
                .map(location -> location.details().name())
                .findFirst()
                .orElse(id.value()));
  }

  private static Alert dead(Subject subject, long count) {
    return subject.alert(
        Alert.Kind.DEAD_WEBHOOKS,
        count == 1
            ? "One webhook could not be applied."
            : count + " webhooks could not be applied.",
        "",
        false,
        Instant.EPOCH);
  }

  private static Alert of(WrongSignatures signatures) {
    return new Subject(false, WEBHOOKS, "Webhooks")
        .alert(
            Alert.Kind.WRONG_SIGNATURES,
            signatures.wrong()
                + " of "
                + signatures.all()
                + " signatures of the last five minutes fit none of our keys.",
            "",
            false,
            signatures.since());
  }

  private static Alert conflicting(Subject subject, long count) {
    return subject.alert(
        Alert.Kind.UNDECIDED_CONFLICTS,
        count == 1
            ? "One record waits for a decision: it was changed here and in GoHighLevel."
            : count + " records wait for a decision: they were changed here and in GoHighLevel.",
        "",
        false,
        Instant.EPOCH);
  }

  private static Alert unsent(Subject subject, long count) {
    return subject.alert(
        Alert.Kind.FAILED_MESSAGES,
        count == 1
            ? "One message was not sent, or nobody knows whether it was."
            : count + " messages were not sent, or nobody knows whether they were.",
        "",
        false,
        Instant.EPOCH);
  }

  private static Alert of(Trouble.Different different, Subject subject) {
    long count = different.count();
    String kinds =
        different.records().entrySet().stream()
            .map(entry -> entry.getKey().key() + ": " + entry.getValue())
            .collect(Collectors.joining(", "));
    return subject.alert(
        Alert.Kind.DIFFERENCES,
        count == 1
            ? "A proof found one record that is not the same here and in GoHighLevel."
            : "A proof found " + count + " records that are not the same here and in GoHighLevel.",
        "Of " + kinds + ".",
        false,
        different.provenAt());
  }

  /** Where nothing can be read for want of a connection, that is what is told. */
  private static boolean isWorking(ConnectionOverview connection) {
    return switch (connection.state()) {
      case "active", "refreshing", "legacy" -> !connection.isFailing();
      default -> false;
    };
  }

  private static Alert of(Trouble.Failing failing, Subject subject) {
    return subject.alert(
        Alert.Kind.RECONCILE_FAILING, failing.what(), failing.why(), false, failing.since());
  }

  private static Optional<Alert> of(ConnectionOverview connection, Subject subject) {
    return kind(connection)
        .map(
            kind ->
                subject.alert(
                    kind,
                    kind == Alert.Kind.MISSING_SCOPES
                        ? "Not granted: " + String.join(", ", connection.scopes().missing()) + "."
                        : message(kind),
                    connection.problem(),
                    connection.needsInstallation()
                        || kind == Alert.Kind.MISSING_SCOPES
                        || kind == Alert.Kind.OAUTH_FAILED,
                    connection.since()));
  }

  private static Optional<Alert.Kind> kind(ConnectionOverview connection) {
    return switch (connection.state()) {
      case "needsReauth" -> Optional.of(Alert.Kind.NEEDS_REAUTH);
      case "needsInstall" -> Optional.of(Alert.Kind.NEEDS_INSTALL);
      case "suspended" -> Optional.of(Alert.Kind.SUSPENDED);
      case "unreadable" -> Optional.of(Alert.Kind.UNREADABLE);
      case "legacy" ->
          connection.problem().isEmpty() ? Optional.empty() : Optional.of(Alert.Kind.OAUTH_FAILED);
      default -> {
        if (connection.isFailing()) {
          yield Optional.of(Alert.Kind.REFRESH_FAILING);
        }
        yield connection.scopes().missing().isEmpty()
            ? Optional.empty()
            : Optional.of(Alert.Kind.MISSING_SCOPES);
      }
    };
  }

  private static String message(Alert.Kind kind) {
    return switch (kind) {
      case WRONG_SIGNATURES -> "Many signatures fit none of our keys.";
      case NEEDS_REAUTH -> "Its tokens do not work any more.";
      case NEEDS_INSTALL -> "GoHighLevel does not accept its API key any more.";
      case UNREADABLE -> "What is stored of its connection cannot be read.";
      case REFRESH_FAILING -> "GoHighLevel has not given it a new token yet.";
      case OAUTH_FAILED -> "OAuth did not work: its private integration token is used again.";
      case DEAD_WEBHOOKS -> "Webhooks could not be applied.";
      case FAILED_MESSAGES -> "Messages were not sent.";
      case UNDECIDED_CONFLICTS -> "Records wait for a decision.";
      case DIFFERENCES -> "Records are not the same here and in GoHighLevel.";
      case RECONCILE_FAILING -> "Its reconciliation fails again and again.";
      case SEARCH_FAILING -> "Not all of its locations have been looked for yet.";
      case MISSED_LOCATIONS -> "Some of its locations have the app and could not be connected.";
      case MISSING_SCOPES -> "Not everything was granted that is needed.";
      case SUSPENDED -> "GoHighLevel says that it is not active.";
    };
  }

  private static String action(Alert.Kind kind, boolean ofCompany) {
    return switch (kind) {
      case WRONG_SIGNATURES ->
          "Either GoHighLevel signs with a new key, or somebody else sends to the webhook address."
              + " See whether GoHighLevel has announced a key (by mail or Slack). Until you know,"
              + " set LPAI_ASK_AGAIN_ON_WRONG_SIGNATURE=true, so that such webhooks are sent again"
              + " later instead of being lost. A new key goes into the file of"
              + " GHL_WEBHOOK_PUBLIC_KEYS, beside the present ones.";
      case NEEDS_REAUTH ->
          (ofCompany
                  ? "Install the app again for the whole agency."
                  : "Install the app again, and choose this location there.")
              + " Nothing is lost: what is changed here meanwhile is sent then.";
      case NEEDS_INSTALL -> "Install the app, and choose this location there.";
      case UNREADABLE -> "Restore the key vault, or install the app again.";
      case OAUTH_FAILED -> "Install the app again, and choose this location there.";
      case MISSED_LOCATIONS ->
          "They are tried again by themselves. See in GoHighLevel whether each is active and has"
              + " the app.";
      case REFRESH_FAILING ->
          "It is asked again and again until it works. If that lasts, see whether this server"
              + " reaches GoHighLevel.";
      case DEAD_WEBHOOKS ->
          "See why under Webhooks on the location's page. Once the reason has ended, try each again;"
              + " discard what is not needed. Many are decided about at once by the REST API, and"
              + " those that name no location only there.";
      case FAILED_MESSAGES ->
          "See why under Needs attention on the location's page. Send each anew, or discard it; where"
              + " it says Please check, look into the conversation in GoHighLevel first: it may have"
              + " been sent. None is sent again by itself.";
      case UNDECIDED_CONFLICTS ->
          "Choose a value for each under Conflicts on the location's page. Until then ours is shown"
              + " and not sent; GoHighLevel keeps its own.";
      case DIFFERENCES ->
          "See each with its likely cause under Drift on the location's page, and repair them there,"
              + " one by one or all. What cannot be repaired says why. It ends when nothing is left,"
              + " or a later proof finds none.";
      case RECONCILE_FAILING ->
          "It is tried again by itself, and what webhooks do not bring is missing here meanwhile."
              + " Mend what is named, under Drift on the location's page, too: a scope that was not"
              + " granted, say. If GoHighLevel does not answer, see whether this server reaches it;"
              + " if LPai failed, its log says at what.";
      case SEARCH_FAILING -> "It goes on by itself. If that lasts, look for its locations again.";
      case MISSING_SCOPES ->
          "Install the app again and grant everything. What GoHighLevel does not offer must be"
              + " added to your app in its Marketplace first.";
      case SUSPENDED ->
          (ofCompany
                  ? "Have the agency made active in GoHighLevel."
                  : "Have the location made active in GoHighLevel.")
              + " It is looked at every 15 minutes and goes on by itself.";
    };
  }

  /** Locations that were tried more than once: a first failure is often over a minute later. */
  private static Optional<Alert> missed(Discovery discovery, Subject agency) {
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
    return Optional.of(
        agency.alert(
            Alert.Kind.MISSED_LOCATIONS,
            message(Alert.Kind.MISSED_LOCATIONS),
            discovery.reading().missed() + " in all. " + named,
            false,
            discovery.finishedAt()));
  }

  private static String nameOf(MissedLocation location) {
    return location.name().isEmpty()
        ? location.id().value()
        : location.name() + " (" + location.id() + ")";
  }

  private static Optional<Alert> late(
      Discovery discovery, ConnectionOverview connection, Subject agency, Instant now) {
    boolean isLate = now.isAfter(discovery.requestedAt().plus(SEARCH_MAY_TAKE));
    boolean isOurs = !connection.needsInstallation();
    return discovery.trouble().isEmpty() || !isLate || !isOurs
        ? Optional.empty()
        : Optional.of(
            agency.alert(
                Alert.Kind.SEARCH_FAILING,
                message(Alert.Kind.SEARCH_FAILING),
                discovery.trouble(),
                false,
                discovery.requestedAt()));
  }
}
