package com.lpai.adapter.mongo.webhook;

import com.lpai.domain.webhook.WebhookQueue;
import com.lpai.domain.webhook.WebhookQueue.Lane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of what is due may be held. It ends with the first lane of which not even one event
 * fits, so that a lane of small ones does not overtake it for ever.
 */
final class Portions {
  private long left;
  private boolean nothingGiven = true;
  private boolean isOver;

  Portions(long room) {
    left = room;
  }

  /** Of each lane the first events that fit, in the order of the lanes. */
  Map<Lane, List<Unfilled>> of(Map<Lane, List<Unfilled>> due) {
    Map<Lane, List<Unfilled>> given = new LinkedHashMap<>();
    for (Map.Entry<Lane, List<Unfilled>> lane : due.entrySet()) {
      List<Unfilled> fitting = fitting(lane.getValue());
      isOver |= fitting.isEmpty() && !lane.getValue().isEmpty();
      if (isOver) {
        return given;
      }
      given.put(lane.getKey(), fitting);
    }
    return given;
  }

  private List<Unfilled> fitting(List<Unfilled> due) {
    long most = Math.min(left, WebhookQueue.MOST_BYTES);
    long bytes = 0;
    int count = 0;
    for (Unfilled event : due) {
      if (bytes + event.bytes() > most && !nothingGiven) {
        break;
      }
      bytes += event.bytes();
      nothingGiven = false;
      count++;
    }
    left -= bytes;
    return due.subList(0, count);
  }

  boolean isOver() {
    return isOver;
  }
}
