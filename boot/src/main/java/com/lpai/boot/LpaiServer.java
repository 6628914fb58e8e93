package com.lpai.boot;

import com.lpai.adapter.mongo.MongoAdapter;
import com.lpai.adapter.mongo.MongoSettings;
import com.lpai.adapter.web.WebSettings;
import com.lpai.adapter.web.security.OperatorBootstrap;
import com.lpai.adapter.web.security.TokenIssuer;
import com.lpai.application.work.Instance;
import com.lpai.boot.settings.ServerSettings;
import com.lpai.boot.work.Workers;
import com.lpai.domain.connection.Secret;
import com.lpai.domain.sync.StorageUnavailableException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One running server: its rings, its workers, and what happens between start and ready. The
 * database may come later than the server; until it is there, the server says that it is not ready.
 */
final class LpaiServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(LpaiServer.class.getName());
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);
  private static final Duration SESSION = Duration.ofHours(12);
  private static final Duration EVALUATION_TOKEN_LIFE = Duration.ofDays(365);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ServerSettings settings;
  private final InstantSource time;
  private final MongoAdapter mongo;
  private final Workers workers;
  private final String instanceName;
  private final Rings rings;
  private final TokenIssuer tokenIssuer;
  private final Thread starter;
  private volatile String notReadyBecause = "The server is starting.";

  LpaiServer(ServerSettings settings) {
    this.settings = settings;
    time = time(settings);
    mongo = MongoAdapter.open(mongo(settings));
    workers = new Workers(time);
    Instance instance = instance(time);
    instanceName = instance.name();
    rings = Rings.of(settings, mongo, workers, instance);
    tokenIssuer = new TokenIssuer(mongo.secrets(), time);
    starter = Thread.ofVirtual().name("lpai-start").unstarted(this::becomeReady);
    starter.setContextClassLoader(Thread.currentThread().getContextClassLoader());
  }

  private static InstantSource time(ServerSettings settings) {
    return settings.clockUrl().isEmpty()
        ? Clock.tickMillis(ZoneOffset.UTC)
        : new EvaluationClock(URI.create(settings.clockUrl()));
  }

  private static MongoSettings mongo(ServerSettings settings) {
    return MongoSettings.of(settings.mongoUri(), settings.masterKeys().open(settings.evaluation()))
        .withWaitingEvents(settings.intake().atOnce(), settings.intake().bytesAtOnce())
        .withKeyVault(settings.keyVault())
        .withDataKeysOpened(settings.masterKeys().dataKeysOpened());
  }

  private static Instance instance(InstantSource time) {
    return new Instance(
        "instance-" + randomToken(),
        time,
        LpaiServer::randomToken,
        () -> ThreadLocalRandom.current().nextDouble());
  }

  /** 128 random bits. */
  private static String randomToken() {
    byte[] bytes = new byte[16];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  Rings rings() {
    return rings;
  }

  Workers workers() {
    return workers;
  }

  InstantSource time() {
    return time;
  }

  TokenIssuer tokenIssuer() {
    return tokenIssuer;
  }

  MongoAdapter mongo() {
    return mongo;
  }

  WebSettings webSettings() {
    ServerSettings.ExternalIssuer issuer = settings.externalIssuer();
    String cronSecret = settings.cronSecret();
    return new WebSettings(
        settings.publicApiUrl(),
        settings.evaluation(),
        settings.evaluation() ? settings.crm().oauthBase().toString() : "",
        new WebSettings.ExternalIssuer(issuer.issuer(), issuer.jwksUri(), issuer.audience()),
        new Secret(cronSecret.isEmpty() ? randomToken() : cronSecret),
        SESSION,
        settings.intake().atOnce(),
        settings.intake().bytesAtOnce());
  }

  void start() {
    ParentWatch.endWith(settings.parentPid());
    starter.start();
  }

  private void becomeReady() {
    try {
      while (!isPrepared()) {
        Thread.sleep(TRY_AGAIN);
      }
    } catch (InterruptedException stopped) {
      return;
    }
    workers.start(rings.work());
    notReadyBecause = "";
    LOG.log(
        System.Logger.Level.INFO,
        "LPai is ready at {0} as {1}",
        settings.publicApiUrl(),
        instanceName);
  }

  private boolean isPrepared() {
    try {
      mongo.prepareSchema();
      announceOperator();
      if (settings.evaluation()) {
        EvaluationToken.write(
            settings.dataDirectory(), tokenIssuer.operatorToken(EVALUATION_TOKEN_LIFE));
      }
      return true;
    } catch (RuntimeException trouble) {
      notYet(String.valueOf(trouble.getMessage()));
      return false;
    }
  }

  private void announceOperator() {
    Optional<Secret> made =
        new OperatorBootstrap(mongo.operatorAccounts()).ensureOperator(settings.operatorPassword());
    made.ifPresent(
        password ->
            LOG.log(
                System.Logger.Level.WARNING,
                "The console''s account \"{0}\" was made with the password {1} — it is shown this"
                    + " once; set LPAI_OPERATOR_PASSWORD to choose another.",
                OperatorBootstrap.NAME,
                password.value()));
  }

  private void notYet(String why) {
    if (!why.equals(notReadyBecause)) {
      LOG.log(System.Logger.Level.WARNING, "Not ready yet: {0}", why);
      notReadyBecause = why;
    }
  }

  /** Why the server is not ready; empty when it is. Asks the database for a sign of life. */
  String notReadyBecause() {
    if (!notReadyBecause.isEmpty()) {
      return notReadyBecause;
    }
    try {
      mongo.ping();
      return "";
    } catch (StorageUnavailableException away) {
      return "The database cannot be reached: " + away.getMessage();
    }
  }

  @Override
  public void close() {
    notReadyBecause = "The server is stopping.";
    starter.interrupt();
    workers.stop();
    rings.close();
    if (time instanceof EvaluationClock clock) {
      clock.close();
    }
    mongo.close();
  }
}
