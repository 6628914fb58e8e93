package com.lpai.application.webhook;

import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.util.List;

/** Applying stored events; called by workers, on any instance. */
public interface ProcessWebhooksUseCase {

  /**
   * Claims due events of up to this many lanes; the claims can be processed in parallel. None are
   * claimed while the bodies of those that are not processed yet leave no room.
   */
  List<Claim> claim(int limit);

  /** Applies the events of one claim in their order. */
  void process(Claim claim);

  /** Gives back the claims that nobody has begun to process: another instance may go on at once. */
  void giveBack();

  /**
   * Holds claims that are being processed for longer when their time is running out; to be called
   * every few seconds.
   */
  void prolong();
}
