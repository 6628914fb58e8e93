package com.lpai.adapter.web;

import com.lpai.adapter.web.api.SharedCounts;
import com.lpai.adapter.web.operations.OverviewFeed;
import com.lpai.adapter.web.security.Authentication;
import com.lpai.adapter.web.security.OperatorSignIn;
import com.lpai.adapter.web.security.SecurityFilter;
import com.lpai.adapter.web.security.StreamAccess;
import com.lpai.adapter.web.security.TokenIssuer;
import com.lpai.adapter.web.security.TokenVerifier;
import com.lpai.adapter.web.setup.SetupFeed;
import com.lpai.adapter.web.webhook.Draining;
import com.lpai.adapter.web.webhook.Places;
import com.lpai.application.directory.DirectoryQueries;
import com.lpai.application.health.HealthQueries;
import com.lpai.application.setup.SetupUseCase;
import com.lpai.domain.access.OperatorAccounts;
import com.lpai.domain.access.SecretStore;
import com.lpai.domain.access.StreamTickets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/**
 * What this adapter shares among its resources. The container must bring the use cases, {@link
 * com.lpai.application.webhook.IngestCounters}, {@link WebSettings}, {@link TokenIssuer}, {@link
 * InstantSource}, {@link OperatorAccounts}, {@link SecretStore} and {@link StreamTickets}.
 */
@Dependent
class WebBeans {
  @Produces
  @Singleton
  TokenVerifier tokenVerifier(SecretStore secrets, WebSettings settings, InstantSource time) {
    return new TokenVerifier(secrets, settings.externalIssuer(), time);
  }

  @Produces
  @Singleton
  OperatorSignIn signIn(
      OperatorAccounts accounts, TokenIssuer tokens, WebSettings settings, InstantSource time) {
    return new OperatorSignIn(accounts, tokens, settings.sessionLife(), time);
  }

  @Produces
  @Singleton
  StreamAccess streamAccess(StreamTickets tickets, InstantSource time) {
    return new StreamAccess(tickets, time);
  }

  @Produces
  @Singleton
  SecurityFilter.Door securityFilter(
      TokenVerifier verifier,
      StreamAccess streams,
      WebSettings settings,
      DirectoryQueries directory) {
    return new SecurityFilter.Door(new Authentication(verifier, settings), streams, directory);
  }

  @Produces
  @Singleton
  SharedCounts sharedCounts(HealthQueries health) {
    return new SharedCounts(health);
  }

  @Produces
  @Singleton
  OverviewFeed overviewFeed(HealthQueries health, InstantSource time) {
    return new OverviewFeed(health, time);
  }

  void close(@Disposes OverviewFeed feed) {
    feed.close();
  }

  @Produces
  @Singleton
  SetupFeed setupFeed(SetupUseCase setups) {
    return new SetupFeed(setups);
  }

  void close(@Disposes SetupFeed feed) {
    feed.close();
  }

  @Produces
  @Singleton
  Draining draining() {
    return new Draining();
  }

  @Produces
  @Singleton
  Places places(WebSettings settings) {
    return new Places(settings.webhooksAtOnce(), settings.webhookBytesAtOnce());
  }

  @Produces
  @Singleton
  Farewell farewell(Draining draining, OverviewFeed overview, SetupFeed setups) {
    return new Farewell(
        () -> {
          draining.begin();
          overview.close();
          setups.close();
        });
  }

  void starting(@Observes @Initialized(ApplicationScoped.class) Object started, Farewell farewell) {
    farewell.awaitEndOfProcess();
  }

  void stopping(@Observes Shutdown event, Farewell farewell) {
    farewell.say();
  }
}
