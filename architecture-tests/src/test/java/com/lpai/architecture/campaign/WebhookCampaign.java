package com.lpai.architecture.campaign;

import com.lpai.architecture.system.RunningSystem;
import com.lpai.architecture.system.Sandbox;
import com.lpai.architecture.system.WebhookStorm;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;

/**
 * The program of {@code dev/campaign/webhooks.sh}: kill -9 of servers, and of the database, while
 * webhooks come in bad weather to two servers. Ends with 1 when an acknowledged event was lost, was
 * applied twice or out of order, or the sides differ.
 */
final class WebhookCampaign extends Campaign {
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration REST = Duration.ofMillis(100);
  private static final int LONGEST_PAUSE_MILLIS = 4_000;

  private WebhookCampaign() {
    super("Webhook campaign", "dev/campaign/webhooks.sh", "kills", 50);
  }

  public static void main(String... arguments) throws IOException {
    new WebhookCampaign().runAndExit(arguments);
  }

  @Override
  void breakThings() {
    tell(
        "Two servers over one database. People change records of every kind in GoHighLevel, whose"
            + " webhooks come twice, late, in another order and wrongly signed at first, to both"
            + " servers in turn, and are sent again until they are answered 200. %d times a server is"
                .formatted(times())
            + " killed (SIGKILL) and %d times the database.".formatted(times()));
    tell("");
    try (RunningSystem system = RunningSystem.builder().servers(2).start()) {
      new Sandbox(system)
          .behaves(
              "{\"webhookUrls\":[\"%s/api/webhooks/ghl/native\",\"%s/api/webhooks/ghl/native\"]}"
                  .formatted(system.server(1).uri(), system.server(2).uri()));
      try (WebhookStorm storm = new WebhookStorm(system, seed(), REST)) {
        storm.begin();
        kill(system);
        storm.endsAndIsFoundOut(PATIENCE).forEach(findings()::add);
        tell("| done by people | times |");
        tell("|---|---|");
        storm.done().forEach((what, count) -> tell("| `%s` | %d |".formatted(what, count)));
        tell("");
        tell(
            "%d webhooks were answered 200: each is stored once and over. The events of each record ended in the order of their acceptance. Both sides are compared field by field."
                .formatted(storm.acknowledged()));
        tell("");
      }
    }
  }

  private void kill(RunningSystem system) {
    Random random = new Random(seed());
    for (int kill = 1; kill <= times(); kill++) {
      Pace.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
      int server = 1 + random.nextInt(2);
      system.server(server).kill();
      Pace.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
      system.server(server).start();
      Pace.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
      system.killDatabase();
      Pace.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
      system.startDatabase();
      Pace.say("kill %d of server %d, and of the database".formatted(kill, server));
    }
  }
}
