package com.lpai.application.webhook;

import com.lpai.domain.tenant.LocationId;
import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applying stored events; called by workers, on any instance. */
public interface ProcessWebhooksUseCase {

  /**
   * Claims due events of up to this many lanes; the claims can be processed in parallel. None are
   * claimed while the bodies of those that are not processed yet leave no room.
   */
  List<Claim> claim(int limit);

  /** How many events of a location are applied together, so that their reads and writes are few. */
  int TOGETHER = 50;

  /**
   * Applies the events of claims of one location, those of each in their order.
   *
   * @throws IllegalArgumentException when they are of several locations
   */
  void process(List<Claim> claims);

  /** Applies the events of one claim in their order. */
  default void process(Claim claim) {
    process(List.of(claim));
  }

  /**
   * Puts claims of one location together while they have few events, at most {@link #TOGETHER};
   * each group is one worker's. No group has more than {@link WebhookQueue#LANES_PER_TURN} of them,
   * since what waits for an answer of the CRM keeps the others of its group waiting.
   */
  static List<List<Claim>> together(List<Claim> claims) {
    Map<LocationId, List<List<Claim>>> groups = new LinkedHashMap<>();
    for (Claim claim : claims) {
      List<List<Claim>> ofLocation =
          groups.computeIfAbsent(claim.locationId(), first -> new ArrayList<>());
      if (ofLocation.isEmpty() || !isRoomFor(claim, ofLocation.getLast())) {
        ofLocation.add(new ArrayList<>());
      }
      ofLocation.getLast().add(claim);
    }
    return groups.values().stream().flatMap(List::stream).toList();
  }

  private static boolean isRoomFor(Claim claim, List<Claim> group) {
    int events = group.stream().mapToInt(each -> each.events().size()).sum();
    return events + claim.events().size() <= TOGETHER && group.size() < WebhookQueue.LANES_PER_TURN;
  }

  /** Gives back the claims that nobody has begun to process: another instance may go on at once. */
  void giveBack();

  /**
   * Holds claims that are being processed for longer when their time is running out; to be called
   * every few seconds.
   */
  void prolong();
}
