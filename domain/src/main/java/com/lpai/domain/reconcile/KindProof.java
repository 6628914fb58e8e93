package com.lpai.domain.reconcile;

/**
 * How the proof of one kind of record stands.
 *
 * @param cursor where the phase goes on; empty for its beginning
 * @param pages pages of the CRM that were compared
 * @param calls calls to the CRM, second looks among them
 * @param here records here that the CRM should have
 * @param there how many the CRM counts; -1 when it does not tell
 * @param listed records on its pages, each once
 * @param different records that differ
 * @param unlisted differences that are counted only, because there are too many
 * @param problem why nothing can be proven; empty when it can
 */
public record KindProof(
    Phase phase,
    String cursor,
    long pages,
    long calls,
    long here,
    long there,
    long listed,
    long different,
    long unlisted,
    String problem) {

  /** What is done one after the other. */
  public enum Phase {
    /** The CRM's pages are compared with what is here. */
    PAGES,
    /** What is here is held against what was on the pages. */
    OURS,
    /** What seems to differ is looked at a second time. */
    SECOND_LOOK,
    DONE
  }

  public static final KindProof BEGIN = new KindProof(Phase.PAGES, "", 0, 0, 0, -1, 0, 0, 0, "");

  public boolean isDone() {
    return phase == Phase.DONE;
  }

  /** After a call. */
  public KindProof called(long more) {
    return new KindProof(
        phase, cursor, pages, calls + more, here, there, listed, different, unlisted, problem);
  }

  /** After one more page; an empty cursor ends the pages. */
  public KindProof paged(String next, long total) {
    return new KindProof(
        next.isEmpty() ? Phase.OURS : Phase.PAGES,
        next,
        pages + 1,
        calls + 1,
        here,
        total,
        listed,
        different,
        unlisted,
        problem);
  }

  /** The same phase at another place. */
  public KindProof at(String next) {
    return new KindProof(
        phase, next, pages, calls, here, there, listed, different, unlisted, problem);
  }

  /** After what is here was held against the pages. */
  public KindProof held(long ours, long onPages) {
    return new KindProof(
        Phase.SECOND_LOOK, "", pages, calls, ours, there, onPages, different, unlisted, problem);
  }

  /** After so many more were found that cannot all be listed. */
  public KindProof unlisted(long more) {
    return new KindProof(
        phase, cursor, pages, calls, here, there, listed, different, unlisted + more, problem);
  }

  /** After something that leaves a part unproven; the first reason stays. */
  public KindProof unproven(String why) {
    return new KindProof(
        phase,
        cursor,
        pages,
        calls,
        here,
        there,
        listed,
        different,
        unlisted,
        problem.isEmpty() ? why : problem);
  }

  /** At its end. */
  public KindProof done(long differing) {
    return new KindProof(
        Phase.DONE, "", pages, calls, here, there, listed, differing + unlisted, unlisted, problem);
  }
}
