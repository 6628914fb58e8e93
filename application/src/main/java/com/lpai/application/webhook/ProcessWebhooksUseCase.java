package com.lpai.application.webhook;

import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.util.List;

/** Applying stored events; called by workers, on any instance. */
public interface ProcessWebhooksUseCase {

  /** Claims due events of up to this many lanes; the claims can be processed in parallel. */
  List<Claim> claim(int limit);

  /** Applies the events of one claim in their order. */
  void process(Claim claim);

  /**
   * Holds claims that are being processed for longer when their time is running out; to be called
   * every few seconds.
   */
  void prolong();
}
