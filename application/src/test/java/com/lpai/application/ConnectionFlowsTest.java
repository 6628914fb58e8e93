package com.lpai.application;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.connection.RegisterApiKeyUseCase;
import com.lpai.application.health.Alert;
import com.lpai.application.health.ConnectionOverview;
import com.lpai.application.health.Overview;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.work.Chore;
import com.lpai.domain.company.Discovery;
import com.lpai.domain.company.MissedLocation;
import com.lpai.domain.connection.AccessTokens.Answer;
import com.lpai.domain.connection.Connection;
import com.lpai.domain.connection.ConnectionState;
import com.lpai.domain.connection.Migration;
import com.lpai.domain.connection.OAuthAnswer;
import com.lpai.domain.connection.OAuthTokens;
import com.lpai.domain.connection.Renewal;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.connection.TokenGrant;
import com.lpai.domain.connection.TokenProof;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.erasure.Erasures;
import com.lpai.domain.location.Location;
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of connections, on in-memory adapters (spec 3). */
class ConnectionFlowsTest {
  private static final CompanyId COMPANY = new CompanyId("company");
  private static final LocationId SECOND = new LocationId("loc2");
  private static final LocationId THIRD = new LocationId("loc3");

  @Nested
  class Renewing {
    @Test
    void tokensAreRenewedTwoHoursBeforeTheirEndWithoutAnyCaller() {
      TestSystem system = TestSystem.installed();
      Secret before = usable(system);

      system.time.advance(Duration.ofHours(21));
      system.doChores();
      assertThat(system.crm.calls("refresh")).isEmpty();
      system.time.advance(Duration.ofHours(1));
      system.doChores();

      assertThat(system.crm.calls("refresh")).hasSize(1);
      assertThat(usable(system)).isNotEqualTo(before);
    }

    /** Traps 5 and 6: the guide condemned a connection for any failure. */
    @Test
    void anHourWithoutNetworkCondemnsNobodyAndHealsByItself() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      for (int i = 0; i < 40; i++) {
        system.crm.nextTokenAnswer(new OAuthAnswer.TryAgain("no answer"));
      }
      Instant end = system.time.instant().plus(Duration.ofHours(1));

      while (system.time.instant().isBefore(end)) {
        system.doChores();
        assertThat(word(system)).isEqualTo("refreshing");
        system.time.advance(Duration.ofSeconds(30));
      }
      int asked = system.crm.calls("refresh").size();
      for (int i = 0; i < 30; i++) {
        system.time.advance(Duration.ofMinutes(5));
        system.doChores();
      }

      assertThat(asked).isLessThan(25);
      assertThat(word(system)).isEqualTo("active");
      assertThat(state(system).problem()).isEmpty();
    }

    @Test
    void aRefreshWhoseAnswersAreLostIsRepeatedWithinTheGraceOfThirtySeconds() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.loseTokenAnswers(2);

      system.doChores();
      assertThat(word(system)).isEqualTo("refreshing");
      system.time.advance(Duration.ofSeconds(2));
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("refresh")).hasSize(3);
    }

    /** The process dies after GoHighLevel answered and before anything is stored. */
    @Test
    void afterACrashAnotherInstanceRepeatsTheRefreshWithTheOldTokenAtOnce() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.duringRefresh(ConnectionFlowsTest::crash);
      dies(() -> system.connecting.chores().due().stream().map(Chore::work).forEach(Runnable::run));
      system.crm.duringRefresh(() -> {});
      assertThat(word(system)).isEqualTo("refreshing");

      system.time.advance(Duration.ofSeconds(9));
      system.doChores();
      assertThat(system.crm.calls("refresh")).hasSize(1);
      system.time.advance(Duration.ofSeconds(1));
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("refresh")).hasSize(2);
    }

    /** Trap 3: whoever lost the race wrote a dead token or condemned a live one. */
    @Test
    void whoFindsARenewalUnderWayElsewhereWaitsForItsResult() {
      TestSystem system = TestSystem.installed();
      Secret old = usable(system);
      system.time.advance(Duration.ofHours(25));
      Connection claimed = claim(system);
      Instant before = system.time.instant();
      List<Instant> stored = new ArrayList<>();
      system.beforeNextPause(
          () -> {
            Connection done = claimed.refreshed(tokensOf(system), system.time.instant());
            assertThat(system.connections.save(LOCATION, done)).isPresent();
            stored.add(system.time.instant());
          });

      Answer answer = system.accessTokens.renewed(LOCATION, old);

      assertThat(answer).isInstanceOf(Answer.Usable.class);
      assertThat(system.crm.calls("refresh")).isEmpty();
      assertThat(stored).hasSize(1);
      assertThat(Duration.between(before, system.time.instant())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whoWaitsTooLongIsToldToComeAgain() {
      TestSystem system = TestSystem.installed();
      Secret old = usable(system);
      system.time.advance(Duration.ofHours(25));
      claim(system);

      Answer answer = system.accessTokens.renewed(LOCATION, old);

      assertThat(answer).isInstanceOf(Answer.NotNow.class);
      assertThat(system.crm.calls("refresh")).isEmpty();
    }

    @Test
    void aRefusedRefreshLeavesTheLocationToAPersonWhoSeesWhy() {
      TestSystem system = TestSystem.installed();
      system.crm.revokes(LOCATION);
      system.time.advance(Duration.ofHours(23));

      system.doChores();

      assertThat(word(system)).isEqualTo("needsReauth");
      assertThat(state(system).problem()).contains("invalid_grant");
      assertThat(system.accessTokens.current(LOCATION)).isInstanceOf(Answer.NotConnected.class);
      assertThat(system.health.location(LOCATION).orElseThrow().connection().needsInstallation())
          .isTrue();
    }

    @Test
    void needsReauthClearsByItselfWhenATokenWorksAgain() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.nextTokenAnswer(new OAuthAnswer.Refused("invalid_grant"));
      system.doChores();
      assertThat(word(system)).isEqualTo("needsReauth");

      system.time.advance(Duration.ofHours(23));
      system.doChores();
      assertThat(word(system)).isEqualTo("needsReauth");
      system.time.advance(Duration.ofHours(1));
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
    }

    @Test
    void ourOwnWrongSecretCondemnsNobody() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.nextTokenAnswer(new OAuthAnswer.Misconfigured("Invalid client"));

      system.doChores();

      assertThat(word(system)).isEqualTo("refreshing");
      assertThat(state(system).problem()).isEqualTo("Invalid client");
    }

    /** Trap 4: in the guide one failing refresh ended the loop over all locations. */
    @Test
    void oneFailingRefreshStopsNobody() {
      TestSystem system = withCompany();
      system.settle();
      Instant before = system.time.instant();
      system.time.advance(Duration.ofHours(23));
      system.crm.duringRefresh(
          () -> {
            system.crm.duringRefresh(() -> {});
            throw new IllegalStateException("a fault of ours");
          });

      int failed = 0;
      for (Chore chore : system.connecting.chores().due()) {
        try {
          chore.work().run();
        } catch (IllegalStateException fault) {
          failed++;
        }
      }

      assertThat(failed).isEqualTo(1);
      long renewed =
          List.of(LOCATION, SECOND, THIRD).stream()
                  .map(location -> system.connections.find(location).orElseThrow())
                  .filter(connection -> connection.refreshedAt().isAfter(before))
                  .count()
              + (system.companies.find(COMPANY).orElseThrow().refreshedAt().isAfter(before)
                  ? 1
                  : 0);
      assertThat(renewed).isEqualTo(3);
    }

    /** Trap 10: some answers have no refresh token. */
    @Test
    void aTokenThatCameWithoutARefreshTokenIsDerivedAgain() {
      TestSystem system = withCompany();
      system.settle();
      Connection connection = system.connections.find(LOCATION).orElseThrow();
      OAuthTokens tokens =
          new OAuthTokens(
              new Secret("without refresh"),
              new Renewal.FromCompany(),
              system.time.instant().plus(Duration.ofDays(1)),
              Set.of());
      assertThat(
              system.connections.save(
                  LOCATION, connection.refreshed(tokens, system.time.instant())))
          .isPresent();

      system.time.advance(Duration.ofHours(22));
      system.doChores();

      assertThat(usable(system)).isNotEqualTo(tokens.access());
      assertThat(system.crm.calls("locationToken")).hasSize(3 + 1);
    }

    @Test
    void theTokenOfAnotherLocationIsNeverStored() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.nextTokenAnswer(
          new OAuthAnswer.Granted(new TokenGrant(SECOND, COMPANY, tokensOf(system), false)));

      system.doChores();

      assertThat(state(system).problem()).contains("another location");
    }
  }

  @Nested
  class Suspending {
    @Test
    void aSuspendedLocationKeepsItsTokensAndIsLookedAtSlowlyUntilItIsBack() {
      TestSystem system = TestSystem.installed();
      Secret token = usable(system);
      system.accessTokens.notActive(LOCATION, token, "Location is not active");
      assertThat(word(system)).isEqualTo("suspended");
      system.crm.answersProofsWith(new TokenProof.Verdict.NotActive("Location is not active"));

      system.time.advance(Duration.ofMinutes(14));
      system.doChores();
      assertThat(system.crm.calls("proof")).isEmpty();
      system.time.advance(Duration.ofMinutes(1));
      system.doChores();
      assertThat(system.crm.calls("proof")).hasSize(1);
      assertThat(word(system)).isEqualTo("suspended");
      assertThat(system.accessTokens.current(LOCATION)).isInstanceOf(Answer.NotConnected.class);

      system.crm.answersProofsByItself();
      system.time.advance(Duration.ofMinutes(15));
      system.doChores();

      assertThat(usable(system)).isEqualTo(token);
    }

    /** A probe that could not be made, for want of calls or an answer, says nothing of it. */
    @Test
    void aSuspendedLocationIsLookedAtAgainSoonWhenItCouldNotBeLookedAt() {
      TestSystem system = TestSystem.installed();
      Secret token = usable(system);
      system.accessTokens.notActive(LOCATION, token, "Location is not active");
      system.crm.answersProofsWith(new TokenProof.Verdict.Unknown("no call is left"));
      system.time.advance(Duration.ofMinutes(15));
      system.doChores();
      assertThat(word(system)).isEqualTo("suspended");

      system.crm.answersProofsByItself();
      system.time.advance(Duration.ofSeconds(30));
      system.doChores();

      assertThat(usable(system)).isEqualTo(token);
    }

    @Test
    void aSetupThatWasInterruptedBySuspensionGoesOnWhenTheLocationIsBack() {
      TestSystem system = new TestSystem();
      system.install();
      system.accessTokens.notActive(LOCATION, usable(system), "Location is not active");
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.Unauthorized(
                  CrmFailure.Unauthorized.Kind.NOT_ACTIVE, "Location is not active")));

      system.settle();
      assertThat(system.setup.progress(LOCATION).orElseThrow().isUnderWay()).isTrue();
      system.time.advance(Duration.ofMinutes(15));
      system.settle();

      assertThat(system.setup.progress(LOCATION).orElseThrow().isOver()).isTrue();
      assertThat(system.setup.progress(LOCATION).orElseThrow().hasFailedSteps()).isFalse();
    }

    @Test
    void aSuspendedLocationWhoseTokenEndedIsRenewedWhenItIsBack() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.nextTokenAnswer(new OAuthAnswer.Suspended("Location is not active"));
      system.doChores();
      assertThat(word(system)).isEqualTo("suspended");

      system.time.advance(Duration.ofHours(2));
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("refresh")).hasSize(2);
    }
  }

  @Nested
  class Proving {
    @Test
    void aTokenThatNobodyUsesIsProvedEachWeek() {
      TestSystem system = TestSystem.installed();
      for (int day = 0; day < 17; day++) {
        system.time.advance(Duration.ofHours(23));
        system.doChores();
      }

      assertThat(system.crm.calls("proof")).hasSize(2);
      assertThat(word(system)).isEqualTo("active");
    }

    @Test
    void whenTheProofCannotBeHadNothingIsConcluded() {
      TestSystem system = TestSystem.installed();
      system.crm.answersProofsWith(new TokenProof.Verdict.Unknown("no answer"));
      for (int day = 0; day < 8; day++) {
        system.time.advance(Duration.ofHours(23));
        system.doChores();
      }

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("proof")).hasSizeBetween(1, 3);
    }
  }

  @Nested
  class Migrating {
    /** Trap 14. */
    @Test
    void aPrivateTokenWorksUntilAnOAuthTokenDid() {
      TestSystem system = new TestSystem();
      assertThat(system.connecting.registering().register(LOCATION, new Secret("pit-1")))
          .isEqualTo(RegisterApiKeyUseCase.Outcome.IN_USE);
      assertThat(usable(system)).isEqualTo(new Secret("pit-1"));

      system.install();
      assertThat(migration(system)).isEqualTo(new Migration.Pending(new Secret("pit-1")));
      Answer.Usable token = (Answer.Usable) system.accessTokens.current(LOCATION);
      assertThat(token.unproven()).isTrue();
      assertThat(token.token()).isNotEqualTo(new Secret("pit-1"));
      system.accessTokens.worked(LOCATION, token.token());

      assertThat(migration(system)).isEqualTo(new Migration.Done(system.time.instant()));
      assertThat(system.health.location(LOCATION).orElseThrow().connection().migratedToOAuth())
          .isTrue();
    }

    @Test
    void whenOAuthFailsFirstThePrivateTokenIsUsedAgain() {
      TestSystem system = new TestSystem();
      system.connecting.registering().register(LOCATION, new Secret("pit-1"));
      system.install();
      Secret oauth = usable(system);
      system.crm.revokes(LOCATION);

      Answer answer = system.accessTokens.renewed(LOCATION, oauth);

      assertThat(answer).isEqualTo(new Answer.Usable(new Secret("pit-1"), false));
      assertThat(system.health.overview().alerts())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.OAUTH_FAILED);
                assertThat(alert.detail()).contains("invalid_grant");
              });
    }

    @Test
    void aKeyOfTheOldApiIsNeverUsed() {
      TestSystem system = new TestSystem();

      assertThat(system.connecting.registering().register(LOCATION, new Secret("0a1b")))
          .isEqualTo(RegisterApiKeyUseCase.Outcome.NEEDS_INSTALL);

      assertThat(system.accessTokens.current(LOCATION)).isInstanceOf(Answer.NotConnected.class);
      assertThat(system.health.location(LOCATION).orElseThrow().connection().needsInstallation())
          .isTrue();
    }

    @Test
    void aConnectedLocationKeepsItsConnection() {
      TestSystem system = TestSystem.installed();
      Secret token = usable(system);

      assertThat(system.connecting.registering().register(LOCATION, new Secret("pit-1")))
          .isEqualTo(RegisterApiKeyUseCase.Outcome.ALREADY_CONNECTED);

      assertThat(usable(system)).isEqualTo(token);
    }

    @Test
    void aLocationThatIsTakenOverIsSetUp() {
      TestSystem system = new TestSystem();
      system.connecting.registering().register(LOCATION, new Secret("pit-1"));
      system.settle();

      assertThat(system.setup.progress(LOCATION).orElseThrow().isOver()).isTrue();
      assertThat(system.health.location(LOCATION).orElseThrow().location().details().name())
          .isEqualTo("Demo");
    }

    @Test
    void aKeyDoesNotTellTheCompanyAndTakesItFromNobody() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofMinutes(20));
      system.receive("w1|UNINSTALL|app|1200");
      system.settle();

      assertThat(system.connecting.registering().register(LOCATION, new Secret("pit-1")))
          .isEqualTo(RegisterApiKeyUseCase.Outcome.IN_USE);

      assertThat(system.connections.find(LOCATION).orElseThrow().companyId()).isEqualTo(COMPANY);
      assertThat(system.locations.find(LOCATION).orElseThrow().companyId()).isEqualTo(COMPANY);
    }

    @Test
    void anErasedLocationThatIsTakenOverIsWelcome() {
      TestSystem system = TestSystem.installed();
      system.erasing.erasing().erase(LOCATION);
      system.time.advance(Duration.ofSeconds(1));

      system.connecting.registering().register(LOCATION, new Secret("pit-1"));

      assertThat(system.erasures.covers(LOCATION, system.time.instant(), false)).isFalse();
    }

    @Test
    void aRefusedPrivateTokenAsksForAnInstallation() {
      TestSystem system = new TestSystem();
      system.connecting.registering().register(LOCATION, new Secret("pit-1"));

      assertThat(system.accessTokens.renewed(LOCATION, new Secret("pit-1")))
          .isInstanceOf(Answer.NotConnected.class);

      assertThat(word(system)).isEqualTo("needsInstall");
    }
  }

  @Nested
  class InstallingForACompany {
    @Test
    void everyLocationOfTheCompanyIsConnectedAndSetUpOnce() {
      TestSystem system = withCompany();

      system.settle();

      for (LocationId location : List.of(LOCATION, SECOND, THIRD)) {
        Connection connection = system.connections.find(location).orElseThrow();
        assertThat(connection.state()).isInstanceOf(ConnectionState.Active.class);
        assertThat(connection.derivedFromCompany()).isTrue();
        assertThat(system.setup.progress(location).orElseThrow().run()).isEqualTo(1);
      }
      assertThat(system.crm.calls("locationToken")).hasSize(3);
      Discovery discovery = system.discoveries.find(COMPANY).orElseThrow();
      assertThat(discovery.listed()).isEqualTo(3);
      assertThat(discovery.connected()).isEqualTo(3);
      assertThat(discovery.isUnderWay()).isFalse();
    }

    /** Trap 9: in the guide a second company overwrote the first. */
    @Test
    void twoCompaniesLiveSideBySide() {
      TestSystem system = withCompany();
      CompanyId other = new CompanyId("other");
      LocationId theirs = new LocationId("theirs");
      system.crm.hasCompany(other, theirs);
      assertThat(system.installing.complete(new Secret("company:other"), "", ""))
          .isEqualTo(new InstallAppUseCase.Outcome.InstalledForCompany(other));
      system.settle();
      assertThat(system.connections.find(theirs).orElseThrow().companyId()).isEqualTo(other);
      system.time.advance(Duration.ofMinutes(20));

      system.receive("w1|UNINSTALL|company:other|1200");
      system.settle();

      assertThat(system.connections.find(theirs).orElseThrow().state().word())
          .isEqualTo("uninstalled");
      assertThat(system.companies.find(COMPANY).orElseThrow().state().word()).isEqualTo("active");
      assertThat(word(system)).isEqualTo("active");
    }

    /** Trap 37: INSTALL events before, during and after the exchange, each twice. */
    @Test
    void installEventsInAnyOrderAndRepetitionLeadToTheSame() {
      TestSystem system = new TestSystem();
      system.crm.hasCompany(COMPANY, LOCATION, SECOND, THIRD);
      system.receive("w1|INSTALL|loc2@company|1");
      system.receive("w2|INSTALL|loc2@company|1");
      system.receive("w3|INSTALL|company:company|1");
      system.drainWebhooks();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.WAITING, 3L);

      installCompany(system);
      system.receive("w4|INSTALL|loc3@company|1");
      system.time.advance(Duration.ofSeconds(3));
      system.settle();
      system.receive("w5|INSTALL|loc3@company|1");
      system.settle();

      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 5L);
      for (LocationId location : List.of(LOCATION, SECOND, THIRD)) {
        assertThat(system.setup.progress(location).orElseThrow().run()).isEqualTo(1);
      }
      assertThat(system.crm.calls("locationToken")).hasSize(3);
    }

    @Test
    void aLocationMadeLaterIsConnectedByItsEvent() {
      TestSystem system = withCompany();
      system.settle();
      LocationId fourth = new LocationId("loc4");
      system.crm.hasCompany(COMPANY, fourth);

      system.receive("w1|INSTALL|loc4@company|1");
      system.settle();

      assertThat(system.setup.progress(fourth).orElseThrow().run()).isEqualTo(1);
    }

    @Test
    void aLocationWhoseEventWasLostIsFoundWithinADay() {
      TestSystem system = withCompany();
      system.settle();
      LocationId fourth = new LocationId("loc4");
      system.crm.hasCompany(COMPANY, fourth);

      system.time.advance(Duration.ofHours(24));
      system.settle();

      assertThat(system.connections.find(fourth)).isPresent();
    }

    @Test
    void aBudgetThatIsUsedUpPausesTheSearchAndNothingIsLost() {
      TestSystem system = withCompany();
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.Throttled(Duration.ofSeconds(10), "429")));

      system.doChores();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().trouble()).isEqualTo("429");
      assertThat(system.connections.find(THIRD)).isEmpty();
      system.time.advance(Duration.ofSeconds(10));
      system.doChores();

      assertThat(system.connections.find(THIRD)).isPresent();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().trouble()).isEmpty();
    }

    @Test
    void theReadingGoesOnAtThePageWhereItStopped() {
      TestSystem system = withCompany();
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(
          new Fault.Refuse(new CrmFailure.Throttled(Duration.ofSeconds(10), "429")));

      system.doChores();
      system.time.advance(Duration.ofSeconds(10));
      system.doChores();

      assertThat(system.crm.calls("installedLocations")).hasSize(4);
      assertThat(system.discoveries.find(COMPANY).orElseThrow().connected()).isEqualTo(3);
      system.time.advance(Duration.ofMinutes(5));
      system.doChores();
      assertThat(system.crm.calls("installedLocations")).as("read again in one go").hasSize(7);
    }

    @Test
    void aLocationThatGivesNoTokenDoesNotStopTheOthers() {
      TestSystem system = withCompany();
      system.crm.givesNoToken(LOCATION, NOT_ACTIVE);

      system.doChores();

      assertThat(system.connections.find(THIRD)).isPresent();
      Discovery discovery = system.discoveries.find(COMPANY).orElseThrow();
      assertThat(discovery.missed())
          .containsExactly(
              MissedLocation.first(
                  LOCATION, "Salon loc1", "Location is not active", system.time.instant()));
      assertThat(discovery.reading().missed()).isEqualTo(1);
      system.crm.givesTokens(LOCATION);
      system.time.advance(Duration.ofMinutes(1));
      system.doChores();
      assertThat(system.connections.find(LOCATION)).isPresent();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().missed()).isEmpty();
    }

    @Test
    void aLocationThatNeverGivesATokenIsTriedLaterAndLaterAndToldByName() {
      TestSystem system = withCompany();
      system.crm.givesNoToken(LOCATION, new CrmFailure.Forbidden("No permission."));

      eachMinute(system, Duration.ofDays(2));

      assertThat(system.crm.calls("locationToken")).hasSizeBetween(2 + 11, 2 + 15);
      assertThat(system.health.overview().alerts())
          .filteredOn(alert -> alert.kind() == Alert.Kind.MISSED_LOCATIONS)
          .singleElement()
          .satisfies(
              alert -> assertThat(alert.detail()).contains("Salon loc1 (loc1): No permission."));
    }

    @Test
    void aLocationWhoseConnectionCannotBeReadDoesNotStopTheOthers() {
      TestSystem system = new TestSystem();
      system.crm.hasCompany(COMPANY, LOCATION, SECOND, THIRD);
      system.connections.damage(LOCATION);
      installCompany(system);

      eachMinute(system, Duration.ofHours(1));

      assertThat(system.connections.find(SECOND)).isPresent();
      assertThat(system.connections.find(THIRD)).isPresent();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().isUnderWay()).isFalse();
      assertThat(system.health.overview().alerts())
          .filteredOn(alert -> alert.kind() == Alert.Kind.MISSED_LOCATIONS)
          .singleElement()
          .satisfies(alert -> assertThat(alert.detail()).contains("cannot be read"));
    }

    /**
     * A 5xx for this one only, for ever: the others are reached and the search comes to its end.
     */
    @Test
    void aLocationWithoutAnAnswerDoesNotStopTheOthers() {
      TestSystem system = withCompany();
      system.crm.givesNoToken(LOCATION, new CrmFailure.Unavailable("HTTP 500"));

      eachMinute(system, Duration.ofHours(24));

      assertThat(system.connections.find(SECOND)).isPresent();
      assertThat(system.connections.find(THIRD)).isPresent();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().isUnderWay()).isFalse();
      assertThat(system.crm.calls("locationToken")).hasSizeLessThan(2 + 14);
    }

    @Test
    void whenNobodyAnswersForAnyLocationTheWholeSearchWaitsLongerAndLonger() {
      TestSystem system = new TestSystem();
      List<LocationId> many =
          IntStream.range(0, 20).mapToObj(number -> new LocationId("many" + number)).toList();
      system.crm.hasCompany(COMPANY, many.toArray(LocationId[]::new));
      many.forEach(one -> system.crm.givesNoToken(one, new CrmFailure.Unavailable("HTTP 500")));
      installCompany(system);

      system.doChores();
      assertThat(system.crm.calls("locationToken")).hasSize(5);
      assertThat(system.discoveries.find(COMPANY).orElseThrow().trouble()).isEqualTo("HTTP 500");
      eachMinute(system, Duration.ofHours(1));
      assertThat(system.crm.calls("locationToken")).hasSizeLessThan(20 * 7);

      many.forEach(system.crm::givesTokens);
      eachMinute(system, Duration.ofHours(1));
      assertThat(many).allMatch(one -> system.connections.find(one).isPresent());
    }

    @Test
    void whatHasNotGotTheAppAnyMoreIsNotMissed() {
      TestSystem system = withCompany();
      system.crm.givesNoToken(LOCATION, NOT_ACTIVE);
      system.doChores();
      system.crm.revokes(LOCATION);

      system.time.advance(Duration.ofMinutes(5));
      system.doChores();

      assertThat(system.discoveries.find(COMPANY).orElseThrow().missed()).isEmpty();
    }

    @Test
    void aCrashInTheMiddleOfTheConsentLeavesNoAgencyThatNobodyLooksAt() {
      TestSystem system = new TestSystem();
      system.crm.hasCompany(COMPANY, LOCATION);
      system.companies.nextWrite.isPrecededBy(ConnectionFlowsTest::crash);
      dies(() -> installCompany(system));
      system.settle();
      assertThat(system.health.companies()).hasSize(1);

      assertThat(system.installing.complete(new Secret("company:company#2"), "", ""))
          .isInstanceOf(InstallAppUseCase.Outcome.InstalledForCompany.class);
      system.settle();

      assertThat(system.connections.find(LOCATION)).isPresent();
    }

    @Test
    void anAgencyThatUninstalledIsNotSearchedUntilItConsentsAgain() {
      TestSystem system = withCompany();
      system.settle();
      system.time.advance(Duration.ofMinutes(20));
      system.receive("w1|UNINSTALL|company:company|1200");
      system.settle();
      system.receive("w2|INSTALL|company:company|1");
      system.time.advance(Duration.ofDays(2));
      system.settle();

      assertThat(system.discoveries.due(Instant.parse("2100-01-01T00:00:00Z"), 10)).isEmpty();
      assertThat(system.installing.complete(new Secret("company:company#2"), "", ""))
          .isInstanceOf(InstallAppUseCase.Outcome.InstalledForCompany.class);
      system.settle();

      assertThat(word(system)).isEqualTo("active");
    }

    /** 300 events without the right to get tokens must not be 300 calls a minute. */
    @Test
    void anInstallEventWaitsLongerAndLongerAndEndsAfterADayWithItsReason() {
      TestSystem system = new TestSystem();
      system.crm.hasCompany(COMPANY);
      installCompany(system);
      system.settle();
      system.crm.givesNoToken(
          SECOND,
          new CrmFailure.Unauthorized(
              CrmFailure.Unauthorized.Kind.MISSING_SCOPE, "oauth.write is missing"));
      system.receive("w1|INSTALL|loc2@company|0");

      eachMinute(system, Duration.ofHours(25));

      assertThat(system.crm.calls("locationToken")).hasSizeLessThan(120);
      assertThat(system.queue.recent(SECOND, 10))
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.status()).isEqualTo(WebhookStatus.SKIPPED);
                assertThat(event.outcome()).contains("oauth.write is missing");
              });
    }

    @Test
    void aConnectionThatAppearsWakesWhatWaitsForIt() {
      TestSystem system = new TestSystem();
      system.receive("w1|INSTALL|app|0");
      for (int i = 0; i < 10; i++) {
        system.time.advance(Duration.ofHours(1));
        system.drainWebhooks();
      }
      system.time.advance(Duration.ofSeconds(1));

      system.install();
      system.drainWebhooks();

      assertThat(system.health.overview().queue()).isEqualTo(Map.of(WebhookStatus.DONE, 1L));
    }

    /** The ladder: the refresh token is dead, the company's is not. */
    @Test
    void aDeadLocationTokenIsDerivedAgainFromTheCompany() {
      TestSystem system = withCompany();
      system.settle();
      system.time.advance(Duration.ofHours(23));
      system.crm.nextTokenAnswer(new OAuthAnswer.Refused("invalid_grant"));
      Secret before = usable(system);

      Answer after = system.accessTokens.renewed(LOCATION, before);

      assertThat(after).isInstanceOf(Answer.Usable.class);
      assertThat(word(system)).isEqualTo("active");
    }

    @Test
    void whenTheCompanyCannotBeAskedEitherNobodyIsCondemned() {
      TestSystem system = withCompany();
      system.settle();
      Secret before = usable(system);
      system.crm.nextTokenAnswer(new OAuthAnswer.Refused("invalid_grant"));
      system.crm.nextCall(new Fault.Refuse(new CrmFailure.Unavailable("no answer")));

      assertThat(system.accessTokens.renewed(LOCATION, before)).isInstanceOf(Answer.NotNow.class);

      assertThat(word(system)).isEqualTo("refreshing");
    }

    @Test
    void aTextThatNobodyHasSeenCondemnsNobody() {
      TestSystem system = withCompany();
      system.settle();
      Secret before = usable(system);
      system.crm.nextTokenAnswer(new OAuthAnswer.Refused("invalid_grant"));
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.Unauthorized(CrmFailure.Unauthorized.Kind.UNKNOWN, "a new text")));

      assertThat(system.accessTokens.renewed(LOCATION, before)).isInstanceOf(Answer.NotNow.class);

      assertThat(word(system)).isEqualTo("refreshing");
    }

    @Test
    void aCompanysOwnTokenIsRenewedLikeAny() {
      TestSystem system = withCompany();
      system.settle();
      Connection before = system.companies.find(COMPANY).orElseThrow();

      system.time.advance(Duration.ofHours(22));
      system.doChores();

      Connection after = system.companies.find(COMPANY).orElseThrow();
      assertThat(after.state()).isInstanceOf(ConnectionState.Active.class);
      assertThat(after.refreshedAt()).isAfter(before.refreshedAt());
    }
  }

  /** Between any two of the three writes of an installation. */
  @Nested
  class CrashingWhileInstalling {
    @Test
    void whatHasNoConnectionYetIsSeenAndInstalledAgain() {
      TestSystem system = new TestSystem();
      system.connections.nextWrite.isPrecededBy(ConnectionFlowsTest::crash);
      dies(system::install);
      system.settle();

      ConnectionOverview seen = system.health.location(LOCATION).orElseThrow().connection();
      assertThat(seen.needsInstallation()).isTrue();
      system.installAgain();
      system.settle();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.setup.progress(LOCATION).orElseThrow().isOver()).isTrue();
    }

    @Test
    void whatIsConnectedAndLacksItsSetupGetsIt() {
      TestSystem system = new TestSystem();
      diesBeforeTheSetupIsRequested(system, system::install);
      claim(system);

      assertThat(system.setups.unfinished()).containsExactly(LOCATION);
    }

    @Test
    void whatWasInstalledAgainAndLacksItsCatchUpGetsIt() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(1));
      diesBeforeTheSetupIsRequested(system, system::installAgain);
      system.settle();

      assertThat(system.setup.progress(LOCATION).orElseThrow().run()).isEqualTo(2);
    }

    @Test
    void theInstallEventMendsItToo() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofSeconds(10));
      diesBeforeTheSetupIsRequested(system, system::installAgain);

      system.receive("w1|INSTALL|app|10");
      system.receive("w2|INSTALL|app|11");
      system.drainWebhooks();

      assertThat(system.setup.progress(LOCATION).orElseThrow().run()).isEqualTo(2);
    }

    private static void diesBeforeTheSetupIsRequested(TestSystem system, Runnable installation) {
      system.connections.nextWrite.isPrecededBy(
          () -> system.locations.nextWrite.isPrecededBy(ConnectionFlowsTest::crash));
      dies(installation);
      assertThat(word(system)).isEqualTo("active");
    }
  }

  @Nested
  class Uninstalling {
    @Test
    void aLateUninstallOfAnEarlierInstallationIsNotBelieved() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofMinutes(20));

      system.receive("w1|UNINSTALL|app|-3600");
      system.settle();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("proof")).hasSize(1);
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.DONE, 1L);
    }

    @Test
    void anUninstallAfterThePresentTokenIsBelievedAtOnce() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofMinutes(20));

      system.receive("w1|UNINSTALL|app|1200");
      system.settle();

      assertThat(word(system)).isEqualTo("uninstalled");
      assertThat(system.crm.calls("proof")).isEmpty();
    }

    @Test
    void whenNobodyCanBeAskedAnOldUninstallWaits() {
      TestSystem system = TestSystem.installed();
      system.crm.answersProofsWith(new TokenProof.Verdict.Unknown("no answer"));

      system.receive("w1|UNINSTALL|app|-3600");
      system.settle();
      assertThat(word(system)).isEqualTo("active");
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.WAITING, 1L);

      system.crm.answersProofsByItself();
      system.crm.revokes(LOCATION);
      system.time.advance(Duration.ofMinutes(1));
      system.settle();
      assertThat(word(system)).isEqualTo("uninstalled");
    }

    @Test
    void aCompanysUninstallEndsItsLocationsToo() {
      TestSystem system = withCompany();
      system.settle();
      system.time.advance(Duration.ofMinutes(20));

      system.receive("w1|UNINSTALL|company:company|1200");
      system.settle();

      for (LocationId location : List.of(LOCATION, SECOND, THIRD)) {
        assertThat(system.connections.find(location).orElseThrow().state().word())
            .isEqualTo("uninstalled");
      }
      assertThat(system.companies.find(COMPANY).orElseThrow().state().word())
          .isEqualTo("uninstalled");
    }

    @Test
    void aLocationThatInstalledByItselfSurvivesItsCompanyAsLongAsItsTokenWorks() {
      TestSystem system = TestSystem.installed();
      companyOfAnotherLocationUninstalls(system);
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("proof")).hasSize(1);
      assertThat(system.connections.find(SECOND).orElseThrow().state().word())
          .isEqualTo("uninstalled");
    }

    @Test
    void aLocationThatInstalledByItselfAndWhoseTokenIsDeadIsToldToAPerson() {
      TestSystem system = TestSystem.installed();
      system.crm.revokes(LOCATION);
      companyOfAnotherLocationUninstalls(system);
      system.doChores();

      assertThat(word(system)).isEqualTo("needsReauth");
    }

    @Test
    void noLocationKeepsItsCompanyInstalled() {
      TestSystem system = TestSystem.installed();
      system.accessTokens.notActive(LOCATION, usable(system), "Location is not active");
      LocationId damaged = new LocationId("damaged");
      system.crm.hasCompany(COMPANY, damaged);
      companyOfAnotherLocationUninstalls(system, () -> system.connections.damage(damaged));

      assertThat(system.health.overview().queue()).isEqualTo(Map.of(WebhookStatus.DONE, 1L));
      assertThat(system.companies.find(COMPANY).orElseThrow().state().word())
          .isEqualTo("uninstalled");
      assertThat(system.connections.find(SECOND).orElseThrow().state().word())
          .isEqualTo("uninstalled");
      assertThat(word(system)).isEqualTo("suspended");
    }

    private static void companyOfAnotherLocationUninstalls(TestSystem system) {
      companyOfAnotherLocationUninstalls(system, () -> {});
    }

    private static void companyOfAnotherLocationUninstalls(TestSystem system, Runnable before) {
      system.crm.hasCompany(COMPANY, SECOND);
      installCompany(system);
      system.doChores();
      before.run();
      system.receive("w1|UNINSTALL|company:company|1200");
      system.drainWebhooks();
    }

    /** GoHighLevel may accept tokens of an app that was uninstalled for a moment more. */
    @Test
    void anUninstallAboutAsOldAsTheTokenIsAskedAboutUntilItIsInForce() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofMinutes(5));
      system.receive("w1|UNINSTALL|app|300");
      system.settle();
      assertThat(word(system)).isEqualTo("active");

      system.crm.revokes(LOCATION);
      system.time.advance(Duration.ofMinutes(1));
      system.settle();

      assertThat(word(system)).isEqualTo("uninstalled");
    }

    @Test
    void anUninstallAboutAsOldAsTheTokenIsNotBelievedWhenGoHighLevelGoesOnAcceptingIt() {
      TestSystem system = TestSystem.installed();
      system.receive("w1|UNINSTALL|app|-60");

      eachMinute(system, Duration.ofMinutes(30));

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.health.overview().queue()).isEqualTo(Map.of(WebhookStatus.DONE, 1L));
      assertThat(system.crm.calls("proof")).hasSizeBetween(3, 12);
    }
  }

  @Nested
  class Watching {
    @Test
    void aConnectionThatCannotBeReadIsToldAndHidesNoOther() {
      TestSystem system = withCompany();
      system.settle();
      system.connections.damage(SECOND);

      Overview overview = system.health.overview();

      assertThat(overview.locations()).hasSize(3);
      assertThat(overview.alerts())
          .singleElement()
          .satisfies(
              alert -> {
                assertThat(alert.kind()).isEqualTo(Alert.Kind.UNREADABLE);
                assertThat(alert.subject()).isEqualTo("loc2");
                assertThat(alert.action()).contains("Restore the key vault");
              });
    }

    @Test
    void installingAgainMendsWhatCannotBeRead() {
      TestSystem system = new TestSystem();
      system.connections.damage(LOCATION);
      system.companies.damage(COMPANY);
      system.crm.hasCompany(COMPANY, LOCATION);

      system.install();
      installCompany(system);

      assertThat(system.health.overview().alerts()).isEmpty();
      assertThat(word(system)).isEqualTo("active");
      assertThat(system.companies.find(COMPANY)).isPresent();
    }

    @Test
    void anAgencyThatCannotBeReadHidesNothingEither() {
      TestSystem system = withCompany();
      system.settle();
      system.companies.damage(COMPANY);

      assertThat(system.health.overview().companies()).hasSize(1);
      assertThat(system.health.overview().alerts())
          .extracting(Alert::kind)
          .containsExactly(Alert.Kind.UNREADABLE);
    }

    @Test
    void aConnectionThatCannotBeReadKeepsNoOtherFromItsSetup() {
      TestSystem system = new TestSystem();
      system.connections.nextWrite.isPrecededBy(
          () -> system.locations.nextWrite.isPrecededBy(ConnectionFlowsTest::crash));
      dies(system::install);
      LocationId before = new LocationId("a");
      assertThat(
              system.locations.save(
                  before, Location.installed(before, COMPANY, system.time.instant())))
          .isPresent();
      system.connections.damage(before);

      assertThat(system.setups.unfinished()).containsExactly(LOCATION);
    }

    @Test
    void aConnectionThatCannotBeReadIsErasedAndInstalledAnew() {
      TestSystem system = TestSystem.installed();
      system.connections.damage(LOCATION);

      system.erasing.erasing().erase(LOCATION);
      system.time.advance(Duration.ofSeconds(1));
      system.installAgain();

      assertThat(word(system)).isEqualTo("active");
    }
  }

  @Nested
  class Erasing {
    @Test
    void whatIsErasedStaysForgottenThoughEventsComeAgain() {
      TestSystem system = TestSystem.installed();

      assertThat(system.erasing.erasing().erase(LOCATION)).containsEntry("connections", 1L);

      assertThat(system.connections.find(LOCATION)).isEmpty();
      assertThat(system.receive("w1|ContactUpdate|ghl1|5"))
          .isInstanceOf(AcceptWebhookUseCase.Outcome.Erased.class);
      assertThat(system.receive("w2|INSTALL|app|-5"))
          .isInstanceOf(AcceptWebhookUseCase.Outcome.Erased.class);
      assertThat(system.health.overview().queue().values()).allMatch(count -> count == 0);
    }

    @Test
    void lateWritersAreSweptUpAFewTimesUntilNoHoldCanLast() {
      TestSystem system = TestSystem.installed();
      Connection late = system.connections.find(LOCATION).orElseThrow();
      system.erasing.erasing().erase(LOCATION);
      List<Duration> swept = new ArrayList<>();
      for (int second = 0; second < 300; second++) {
        assertThat(system.connections.save(LOCATION, late.atVersion(0))).isPresent();
        sweep(system);
        if (system.connections.remove(LOCATION) == 0) {
          swept.add(Duration.ofSeconds(second));
        }
        system.time.advance(Duration.ofSeconds(1));
      }

      assertThat(swept)
          .containsExactly(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(150));
      assertThat(system.erasing.chores().due()).isEmpty();
    }

    private static void sweep(TestSystem system) {
      system.erasing.chores().due().forEach(chore -> chore.work().run());
    }

    @Test
    void aLastSweepThatACrashCutShortIsDoneAgain() {
      TestSystem system = TestSystem.installed();
      system.erasing.erasing().erase(LOCATION);
      system.time.advance(Duration.ofMinutes(3));
      List<Erasures.Sweep> due = system.erasures.due(system.time.instant());
      Instant crashed = system.time.instant().plus(Duration.ofMinutes(1));
      assertThat(system.erasures.postpone(due.getFirst(), crashed)).isPresent();

      sweep(system);
      assertThat(system.erasures.due(crashed)).hasSize(1);
      system.time.advance(Duration.ofMinutes(1));
      sweep(system);

      assertThat(system.erasures.due(crashed.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void aLocationThatInstallsAgainIsWelcome() {
      TestSystem system = TestSystem.installed();
      system.erasing.erasing().erase(LOCATION);
      system.time.advance(Duration.ofMinutes(1));

      assertThat(system.installAgain())
          .isEqualTo(new InstallAppUseCase.Outcome.Installed(LOCATION));
      system.time.advance(Duration.ofMinutes(5));
      sweep(system);

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.receive("w1|ContactUpdate|ghl1|60"))
          .isEqualTo(new AcceptWebhookUseCase.Outcome.Stored(false));
    }

    @Test
    void aLocationThatIsErasedWhileItInstallsStaysErased() {
      TestSystem system = TestSystem.installed();
      system.crm.duringExchange(
          () -> {
            system.time.advance(Duration.ofSeconds(1));
            system.erasing.erasing().erase(LOCATION);
          });

      assertThat(system.installAgain()).isInstanceOf(InstallAppUseCase.Outcome.TryAgain.class);

      assertThat(system.connections.find(LOCATION)).isEmpty();
      assertThat(system.receive("w1|ContactUpdate|ghl1|60"))
          .isInstanceOf(AcceptWebhookUseCase.Outcome.Erased.class);
    }

    @Test
    void whatIsErasedIsNotBroughtBackByItsAgency() {
      TestSystem system = withCompany();
      system.settle();
      system.erasing.erasing().erase(SECOND);

      for (int day = 0; day < 3; day++) {
        system.time.advance(Duration.ofHours(24));
        system.settle();
      }

      assertThat(system.connections.find(SECOND)).isEmpty();
      Discovery discovery = system.discoveries.find(COMPANY).orElseThrow();
      assertThat(discovery.listed()).isEqualTo(2);
      assertThat(discovery.connected()).isEqualTo(2);
    }

    @Test
    void anInstallEventAfterTheErasureBringsItBackAndALaterErasureWins() {
      TestSystem system = withCompany();
      system.settle();
      system.erasing.erasing().erase(SECOND);
      system.time.advance(Duration.ofSeconds(10));

      system.receive("w1|INSTALL|loc2@company|10");
      system.settle();
      assertThat(system.connections.find(SECOND)).isPresent();

      system.receive("w2|INSTALL|loc2@company|11");
      system.time.advance(Duration.ofSeconds(10));
      system.erasing.erasing().erase(SECOND);
      system.settle();

      assertThat(system.connections.find(SECOND)).isEmpty();
      assertThat(system.erasures.covers(SECOND, system.time.instant(), false)).isTrue();
    }
  }

  private static final CrmFailure NOT_ACTIVE =
      new CrmFailure.Unauthorized(
          CrmFailure.Unauthorized.Kind.NOT_ACTIVE, "Location is not active");

  private static void eachMinute(TestSystem system, Duration during) {
    for (Duration d = Duration.ZERO; d.compareTo(during) < 0; d = d.plusMinutes(1)) {
      system.doChores();
      system.drainWebhooks();
      system.time.advance(Duration.ofMinutes(1));
    }
  }

  private static final class CrashOfTheProcess extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void crash() {
    throw new CrashOfTheProcess();
  }

  private static void dies(Runnable inTheMiddleOf) {
    assertThatExceptionOfType(CrashOfTheProcess.class).isThrownBy(inTheMiddleOf::run);
  }

  private static Connection claim(TestSystem system) {
    Connection connection = system.connections.find(LOCATION).orElseThrow();
    return system
        .connections
        .save(LOCATION, connection.renewing(system.time.instant(), Duration.ofSeconds(10)))
        .orElseThrow();
  }

  private static OAuthTokens tokensOf(TestSystem system) {
    return new OAuthTokens(
        new Secret("another access"),
        new Renewal.ByRefreshToken(new Secret("another refresh")),
        system.time.instant().plus(Duration.ofDays(1)),
        Set.of());
  }

  private static TestSystem withCompany() {
    TestSystem system = new TestSystem();
    system.crm.hasCompany(COMPANY, LOCATION, SECOND, THIRD);
    installCompany(system);
    return system;
  }

  private static void installCompany(TestSystem system) {
    assertThat(system.installing.complete(new Secret("company:company"), "", ""))
        .isEqualTo(new InstallAppUseCase.Outcome.InstalledForCompany(COMPANY));
  }

  private static Secret usable(TestSystem system) {
    Answer answer = system.accessTokens.current(LOCATION);
    assertThat(answer).isInstanceOf(Answer.Usable.class);
    return ((Answer.Usable) answer).token();
  }

  private static ConnectionState state(TestSystem system) {
    return system.connections.find(LOCATION).orElseThrow().state();
  }

  private static String word(TestSystem system) {
    return state(system).word();
  }

  private static Migration migration(TestSystem system) {
    return system.connections.find(LOCATION).orElseThrow().migration();
  }
}
