package com.lpai.architecture.campaign;

import java.io.IOException;

/**
 * The program of {@code dev/campaign/kill.sh}: kill -9 of the database under acknowledged writes,
 * then of the server and of the database under the server. Ends with 1 when anything was lost,
 * doubled, or differs.
 */
final class KillCampaign extends Campaign {
  private KillCampaign() {
    super("Kill campaign", "dev/campaign/kill.sh", "rounds", 10);
  }

  public static void main(String... arguments) throws IOException {
    new KillCampaign().runAndExit(arguments);
  }

  @Override
  void breakThings() {
    new EngineRounds(times(), seed(), findings()).run().forEach(this::tell);
    new SystemRounds(times(), seed(), findings()).run().forEach(this::tell);
  }
}
