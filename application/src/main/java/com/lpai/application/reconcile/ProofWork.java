package com.lpai.application.reconcile;

import com.lpai.application.work.Instance;
import com.lpai.domain.crm.CrmFailure;
import com.lpai.domain.crm.RetryPolicy;
import com.lpai.domain.location.Location;
import com.lpai.domain.reconcile.Cause;
import com.lpai.domain.reconcile.Difference;
import com.lpai.domain.reconcile.Difference.Stage;
import com.lpai.domain.reconcile.Differences;
import com.lpai.domain.reconcile.KindProof;
import com.lpai.domain.reconcile.Proof;
import com.lpai.domain.reconcile.SeenIds;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Page;
import com.lpai.domain.tenant.LocationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Compares everything, one page a piece, and changes no record. What each page showed and what
 * seems to differ is stored before the place moves on, so a crash repeats a page; that something is
 * equal is said only of what was compared to its end. One for a worker and a location: it remembers
 * something from piece to piece.
 */
final class ProofWork {
  /** More suspicions of one kind are counted only. */
  static final int MOST = 10_000;

  /** More records of one kind are not looked for one by one. */
  private static final int MOST_LOOKS = 100;

  /** So many of these looks may go to what pages left out: the others are for what may be gone. */
  private static final int MOST_LOOKS_AT_NOT_SHOWN = 50;

  private static final int LOOKS_AT_ONCE = 20;

  /** A push that is just being made is over by then, as a rule. */
  private static final Duration LATER = Duration.ofSeconds(5);

  private final List<KindWork<?, ?, ?>> kinds;
  private final Differences differences;
  private final Instance instance;
  private SeenIds contacts = new SeenIds();

  /** The run whose contacts they are. */
  private long contactsOf;

  ProofWork(List<KindWork<?, ?, ?>> kinds, Differences differences, Instance instance) {
    this.kinds = kinds;
    this.differences = differences;
    this.instance = instance;
  }

  /**
   * After a piece.
   *
   * @param goesOnAt when the next one may be done
   */
  record Next(Proof proof, Instant goesOnAt) {}

  /** The next piece of a proof that runs; empty when another worker took over in between. */
  Optional<Next> next(Location location, Proof proof, BooleanSupplier stillOurs) {
    Instant now = instance.time().instant();
    for (KindWork<?, ?, ?> work : kinds) {
      if (proof.kindAtWork().filter(kind -> kind == work.kind()).isPresent()) {
        if (proof.attempts() >= RetryPolicy.STANDARD.giveUpAfter()) {
          return Optional.of(new Next(givenUp(location.id(), proof, work.kind()), now));
        }
        return switch (proof.of(work.kind()).phase()) {
          case PAGES -> Optional.of(page(location, proof, work));
          case OURS -> ours(location.id(), proof, work, stillOurs);
          case SECOND_LOOK -> look(location, proof, work, stillOurs);
          case DONE -> Optional.of(new Next(proof, now));
        };
      }
    }
    return Optional.of(new Next(proof.finished(now), now));
  }

  /** A kind that fails for about a day is not proven: it keeps no other, and no new proof. */
  private Proof givenUp(LocationId locationId, Proof proof, MirrorKind kind) {
    KindProof of = proof.of(kind);
    return of.phase() == KindProof.Phase.SECOND_LOOK
        ? unlooked(locationId, proof, kind, of, proof.problem())
        : proof.with(kind, of.unproven(proof.problem()).done(0));
  }

  private Next page(Location location, Proof proof, KindWork<?, ?, ?> work) {
    MirrorKind kind = work.kind();
    KindProof of = proof.of(kind);
    Instant now = instance.time().instant();
    return switch (work.compare(
        location, of.cursor(), proof.begunAt(), contacts(location.id(), proof, kind))) {
      case KindWork.Paged.Done(KindWork.Compared compared) -> {
        differences.keepSeen(location.id(), proof.run(), kind, of.pages(), compared.ids());
        KindProof kept = kept(location.id(), proof, kind, compared.suspected());
        yield new Next(proof.with(kind, kept.paged(compared.next(), compared.total())), now);
      }
      case KindWork.Paged.TooMuch(String less) ->
          new Next(proof.with(kind, of.called(1).at(less)), now);
      case KindWork.Paged.LeftOut(String what, String next) ->
          new Next(proof.with(kind, of.unproven(what).paged(next, of.there())), now);
      case KindWork.Paged.Failed(CrmFailure failure) ->
          failed(
              proof,
              failure,
              () -> proof.with(kind, of.called(1).unproven(failure.message()).done(0)));
    };
  }

  /** The contacts that the CRM listed in this proof; empty when not all of them were. */
  private Optional<SeenIds> contacts(LocationId locationId, Proof proof, MirrorKind kind) {
    KindProof of = proof.of(MirrorKind.CONTACTS);
    if (kind == MirrorKind.CONTACTS || !of.isDone() || !of.problem().isEmpty()) {
      return Optional.empty();
    }
    if (contactsOf != proof.run()) {
      contacts = differences.seen(locationId, proof.run(), MirrorKind.CONTACTS);
      contactsOf = proof.run();
    }
    return Optional.of(contacts);
  }

  private KindProof kept(
      LocationId locationId, Proof proof, MirrorKind kind, List<Difference> suspected) {
    KindProof of = proof.of(kind);
    if (suspected.isEmpty()) {
      return of;
    }
    long before = differences.count(locationId, proof.run(), kind, Set.of(Stage.SUSPECTED));
    int room = Math.clamp(MOST - before, 0, suspected.size());
    differences.put(locationId, proof.run(), suspected.subList(0, room));
    return of.unlisted(suspected.size() - room);
  }

  private Next failed(Proof proof, CrmFailure failure, Supplier<Proof> without) {
    Instant now = instance.time().instant();
    return switch (Pieces.after(failure, proof.attempts(), now, instance.jitter().getAsDouble())) {
      case Pieces.Verdict.Wait(Instant until, boolean counts) ->
          new Next(
              proof.waiting(counts ? proof.attempts() + 1 : proof.attempts(), failure.message()),
              until);
      case Pieces.Verdict.GiveUp giveUp -> new Next(without.get(), now);
    };
  }

  private Optional<Next> ours(
      LocationId locationId, Proof proof, KindWork<?, ?, ?> work, BooleanSupplier stillOurs) {
    MirrorKind kind = work.kind();
    SeenIds seen = differences.seen(locationId, proof.run(), kind);
    return work.hold(locationId, seen, proof, MOST, stillOurs)
        .map(
            held -> {
              KindProof of =
                  kept(locationId, proof, kind, held.suspected())
                      .unlisted(held.unlisted())
                      .held(held.here(), seen.size());
              return new Next(proof.with(kind, whole(of)), instance.time().instant());
            });
  }

  /** What the CRM counts and does not list, nobody can compare. */
  private static KindProof whole(KindProof of) {
    return of.there() > of.listed()
        ? of.unproven(
            "GoHighLevel counts " + of.there() + " and listed " + of.listed() + " of them.")
        : of;
  }

  private Optional<Next> look(
      Location location, Proof proof, KindWork<?, ?, ?> work, BooleanSupplier stillOurs) {
    MirrorKind kind = work.kind();
    KindProof of = proof.of(kind);
    Page<Difference> page =
        differences.list(
            location.id(),
            proof.run(),
            Set.of(kind),
            Set.of(Stage.SUSPECTED),
            of.cursor(),
            LOOKS_AT_ONCE);
    List<Difference> differing = new ArrayList<>();
    List<String> over = new ArrayList<>();
    for (Difference suspected : page.items()) {
      if (!stillOurs.getAsBoolean()) {
        return Optional.empty();
      }
      int most = suspected.cause() == Cause.NOT_SHOWN ? MOST_LOOKS_AT_NOT_SHOWN : MOST_LOOKS;
      boolean mayCall = of.calls() - of.pages() < most;
      SecondLooks.Look look = work.lookAgain(location, suspected, mayCall);
      of = of.called(look.calls());
      switch (look.verdict()) {
        case SecondLooks.Verdict.Equal equal -> over.add(suspected.id());
        case SecondLooks.Verdict.Differs(Difference difference) -> {
          if (!difference.id().equals(suspected.id())) {
            over.add(suspected.id());
          }
          differing.add(difference);
        }
        case SecondLooks.Verdict.Later later -> {}
        case SecondLooks.Verdict.Failed(CrmFailure failure) -> {
          settle(location.id(), proof, differing, over);
          KindProof looked = of;
          return Optional.of(
              failed(
                  proof,
                  failure,
                  () -> unlooked(location.id(), proof, kind, looked, failure.message())));
        }
      }
    }
    settle(location.id(), proof, differing, over);
    return Optional.of(afterLooks(location.id(), proof, kind, of, page.nextCursor()));
  }

  private void settle(
      LocationId locationId, Proof proof, List<Difference> differing, List<String> over) {
    differences.put(locationId, proof.run(), differing);
    differences.remove(locationId, proof.run(), over);
  }

  private Next afterLooks(
      LocationId locationId, Proof proof, MirrorKind kind, KindProof of, String next) {
    Instant now = instance.time().instant();
    if (!next.isEmpty()) {
      return new Next(proof.with(kind, of.at(next)), now);
    }
    boolean isOver = differences.count(locationId, proof.run(), kind, Set.of(Stage.SUSPECTED)) == 0;
    return isOver
        ? new Next(proof.with(kind, done(locationId, proof, kind, of)), now)
        : new Next(proof.with(kind, of.at("")), now.plus(LATER));
  }

  private KindProof done(LocationId locationId, Proof proof, MirrorKind kind, KindProof of) {
    return of.done(differences.count(locationId, proof.run(), kind, Set.of(Stage.OPEN)));
  }

  /**
   * A look that is refused says nothing of the record: what is left is told as it seemed, and the
   * kind is not proven.
   */
  private Proof unlooked(
      LocationId locationId, Proof proof, MirrorKind kind, KindProof of, String why) {
    Instant now = instance.time().instant();
    String cursor = "";
    do {
      Page<Difference> left =
          differences.list(
              locationId,
              proof.run(),
              Set.of(kind),
              Set.of(Stage.SUSPECTED),
              cursor,
              LOOKS_AT_ONCE);
      differences.put(
          locationId,
          proof.run(),
          left.items().stream()
              .map(
                  each ->
                      each.open(
                          each.cause() == Cause.DELETED_THERE ? Cause.NOT_LISTED : each.cause(),
                          now))
              .toList());
      cursor = left.nextCursor();
    } while (!cursor.isEmpty());
    return proof.with(kind, done(locationId, proof, kind, of.unproven(why)));
  }
}
