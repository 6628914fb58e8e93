package com.lpai.application;

import static com.lpai.application.testing.TestSystem.LOCATION;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.application.connection.InstallAppUseCase;
import com.lpai.application.connection.RegisterApiKeyUseCase;
import com.lpai.application.testing.InMemoryCrm.Fault;
import com.lpai.application.testing.TestSystem;
import com.lpai.application.webhook.AcceptWebhookUseCase;
import com.lpai.application.work.Chore;
import com.lpai.domain.company.Discovery;
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
import com.lpai.domain.tenant.CompanyId;
import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    void aRefreshWhoseAnswerIsLostIsRepeatedWithinTheGraceOfThirtySeconds() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.loseNextTokenAnswer();

      system.doChores();
      assertThat(word(system)).isEqualTo("refreshing");
      system.time.advance(Duration.ofSeconds(2));
      system.doChores();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.crm.calls("refresh")).hasSize(2);
    }

    /** The process dies after GoHighLevel answered and before anything is stored. */
    @Test
    void afterACrashAnotherInstanceRepeatsTheRefreshWithTheOldTokenAtOnce() {
      TestSystem system = TestSystem.installed();
      system.time.advance(Duration.ofHours(23));
      system.crm.duringRefresh(
          () -> {
            throw new CrashOfTheProcess();
          });
      crash(system);
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

    /** Trap 37: INSTALL events before, during and after the exchange, each twice. */
    @Test
    void installEventsInAnyOrderAndRepetitionLeadToTheSame() {
      TestSystem system = new TestSystem();
      system.crm.hasCompany(COMPANY, LOCATION, SECOND, THIRD);
      system.receive("w1|INSTALL|loc2@company|1");
      system.receive("w2|INSTALL|loc2@company|1");
      system.receive("w3|INSTALL|company:company|1");
      system.drainWebhooks();
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.PENDING, 3L);

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
    void aLocationThatGivesNoTokenDoesNotStopTheOthers() {
      TestSystem system = withCompany();
      system.crm.nextCall(new Fault.Meanwhile(() -> {}));
      system.crm.nextCall(
          new Fault.Refuse(
              new CrmFailure.Unauthorized(
                  CrmFailure.Unauthorized.Kind.NOT_ACTIVE, "Location is not active")));

      system.doChores();

      assertThat(system.connections.find(THIRD)).isPresent();
      assertThat(system.discoveries.find(COMPANY).orElseThrow().trouble())
          .contains("1 locations wait")
          .contains("not active");
      system.time.advance(Duration.ofMinutes(1));
      system.doChores();
      assertThat(system.connections.find(LOCATION)).isPresent();
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
      assertThat(system.health.overview().queue()).containsEntry(WebhookStatus.PENDING, 1L);

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
    void aLocationThatInstalledByItselfSurvivesItsCompany() {
      TestSystem system = TestSystem.installed();
      system.crm.hasCompany(COMPANY, SECOND);
      installCompany(system);
      system.settle();
      system.time.advance(Duration.ofMinutes(20));

      system.receive("w1|UNINSTALL|company:company|1200");
      system.settle();

      assertThat(word(system)).isEqualTo("active");
      assertThat(system.connections.find(SECOND).orElseThrow().state().word())
          .isEqualTo("uninstalled");
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
    void lateWritersAreSweptUntilNoHoldCanLast() {
      TestSystem system = TestSystem.installed();
      Connection late = system.connections.find(LOCATION).orElseThrow();
      system.erasing.erasing().erase(LOCATION);
      assertThat(system.connections.save(LOCATION, late.atVersion(0))).isPresent();

      system.erasing.chores().due().forEach(chore -> chore.work().run());
      assertThat(system.connections.find(LOCATION)).isEmpty();
      assertThat(system.erasing.chores().due()).hasSize(1);
      system.time.advance(Duration.ofMinutes(3));
      system.erasing.chores().due().forEach(chore -> chore.work().run());

      assertThat(system.erasing.chores().due()).isEmpty();
    }

    @Test
    void aLocationThatInstallsAgainIsWelcome() {
      TestSystem system = TestSystem.installed();
      system.erasing.erasing().erase(LOCATION);
      Connection again =
          Connection.installed(
              new TokenGrant(LOCATION, COMPANY, tokensOf(system), false), system.time.instant());
      assertThat(again.state().isInstalled()).isTrue();
      system.erasures.lift(LOCATION);

      assertThat(system.receive("w1|ContactUpdate|ghl1|5"))
          .isEqualTo(new AcceptWebhookUseCase.Outcome.Stored(false));
    }
  }

  private static final class CrashOfTheProcess extends Error {
    private static final long serialVersionUID = 1L;
  }

  private static void crash(TestSystem system) {
    try {
      system.connecting.chores().due().stream().map(Chore::work).forEach(Runnable::run);
    } catch (CrashOfTheProcess crashed) {
      return;
    }
    throw new AssertionError("nothing was renewed");
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
