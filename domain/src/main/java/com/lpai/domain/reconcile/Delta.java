package com.lpai.domain.reconcile;

import com.lpai.domain.sync.MirrorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How the reading of changes stands in one location.
 *
 * @param watermarks by kind; one that is missing was never copied
 * @param dueAt when it is gone on with
 * @param interval how long to the next run after the last one
 * @param finishedAt when the last run was over; {@link Instant#EPOCH} before the first
 * @param listed records that the run under way was shown as changed since the one before
 * @param repaired records that differed although no event had brought the change, in all runs
 * @param repairedLast the same in the run under way, or the last one
 * @param attempts failed calls in a row
 * @param problem what did not work, in plain words; empty when all did
 */
public record Delta(
    Map<MirrorKind, Watermark> watermarks,
    Instant dueAt,
    Duration interval,
    Instant finishedAt,
    long listed,
    long repaired,
    long repairedLast,
    int attempts,
    String problem) {
  public Delta {
    Map<MirrorKind, Watermark> copy = new EnumMap<>(MirrorKind.class);
    copy.putAll(watermarks);
    watermarks = Collections.unmodifiableMap(copy);
  }

  /** Before the first run. */
  public static Delta dueAt(Instant at, Duration interval) {
    return new Delta(Map.of(), at, interval, Instant.EPOCH, 0, 0, 0, 0, "");
  }

  public Watermark watermark(MirrorKind kind) {
    return watermarks.getOrDefault(kind, Watermark.NONE);
  }

  public boolean isUnderWay() {
    return watermarks.values().stream().anyMatch(Watermark::isUnderWay);
  }

  public Delta with(MirrorKind kind, Watermark watermark) {
    Map<MirrorKind, Watermark> changed = new EnumMap<>(MirrorKind.class);
    changed.putAll(watermarks);
    changed.put(kind, watermark);
    return new Delta(
        changed, dueAt, interval, finishedAt, listed, repaired, repairedLast, attempts, problem);
  }

  /** At the beginning of a run. */
  public Delta begun() {
    return new Delta(watermarks, dueAt, interval, finishedAt, 0, repaired, 0, attempts, "");
  }

  /** After one more page was stored. */
  public Delta counted(long moreListed, long moreRepaired) {
    return new Delta(
        watermarks,
        dueAt,
        interval,
        finishedAt,
        listed + moreListed,
        repaired + moreRepaired,
        repairedLast + moreRepaired,
        0,
        problem);
  }

  /** After something that a person may want to know. */
  public Delta told(String trouble) {
    return new Delta(
        watermarks, dueAt, interval, finishedAt, listed, repaired, repairedLast, attempts, trouble);
  }

  /** It is gone on with at this time. */
  public Delta postponed(Instant at, int failed, String why) {
    return new Delta(
        watermarks, at, interval, finishedAt, listed, repaired, repairedLast, failed, why);
  }

  /** After a run. */
  public Delta finished(Duration pause, Instant next, Instant now) {
    return new Delta(watermarks, next, pause, now, listed, repaired, repairedLast, 0, problem);
  }
}
