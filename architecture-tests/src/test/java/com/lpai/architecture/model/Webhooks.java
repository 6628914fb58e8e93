package com.lpai.architecture.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * The webhooks between GoHighLevel and us: what is under way comes when a step says so, in the
 * order it says, or never.
 *
 * @param <W> one of them
 */
final class Webhooks<W> {
  /** Those that arrived are kept for coming again. */
  private static final int KEPT = 50;

  private final Random chance;
  private final List<W> underWay = new ArrayList<>();
  private final List<W> arrived = new ArrayList<>();

  Webhooks(Random chance) {
    this.chance = chance;
  }

  synchronized void sent(W webhook) {
    underWay.add(webhook);
  }

  synchronized boolean areAllOver() {
    return underWay.isEmpty();
  }

  /** The so many oldest never come. */
  synchronized void lose(int count) {
    underWay.subList(0, Math.min(count, underWay.size())).clear();
  }

  /**
   * Some arrive. One that is not taken in comes again: it stays under way.
   *
   * @param taking whether it was taken in
   */
  void arrive(Step.Arrival arrival, Predicate<W> taking) {
    List<W> now = now();
    switch (arrival) {
      case OLDEST -> now.stream().limit(1).forEach(webhook -> receive(webhook, taking));
      case ALL -> now.forEach(webhook -> receive(webhook, taking));
      case REVERSED -> now.reversed().forEach(webhook -> receive(webhook, taking));
      case ALL_TWICE ->
          now.forEach(
              webhook -> {
                receive(webhook, taking);
                receive(webhook, taking);
              });
      case OLD_ONE_AGAIN -> oldOnes().forEach(webhook -> receive(webhook, taking));
    }
  }

  private synchronized List<W> now() {
    return List.copyOf(underWay);
  }

  private synchronized List<W> oldOnes() {
    int which = chance.nextInt(KEPT);
    return arrived.isEmpty() ? List.of() : List.of(arrived.get(which % arrived.size()));
  }

  private void receive(W webhook, Predicate<W> taking) {
    if (taking.test(webhook)) {
      wasTakenIn(webhook);
    }
  }

  private synchronized void wasTakenIn(W webhook) {
    if (underWay.remove(webhook)) {
      arrived.add(webhook);
      if (arrived.size() > KEPT) {
        arrived.removeFirst();
      }
    }
  }
}
