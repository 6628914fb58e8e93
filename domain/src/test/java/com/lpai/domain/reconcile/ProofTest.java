package com.lpai.domain.reconcile;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.sync.MirrorKind;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static Proof with(KindProof contacts) {
    return Proof.NONE
        .next(START)
        .with(MirrorKind.CONTACTS, contacts)
        .with(MirrorKind.PROJECTS, KindProof.BEGIN.done(0))
        .with(MirrorKind.APPOINTMENTS, KindProof.BEGIN.done(0));
  }

  @Test
  void onlyWholeKindsWithoutADifferenceAreEqual() {
    assertThat(with(KindProof.BEGIN.done(0)).finished(START).state()).isEqualTo(Proof.State.EQUAL);
    assertThat(with(KindProof.BEGIN.done(1)).finished(START).state())
        .isEqualTo(Proof.State.DIFFERENT);
    assertThat(with(KindProof.BEGIN.unlisted(1).done(0)).finished(START).state())
        .isEqualTo(Proof.State.DIFFERENT);
  }

  /** Whatever ends it early, it never says that all is equal. */
  @Test
  void aKindThatWasNotComparedWholeLeavesTheProofIncomplete() {
    assertThat(with(KindProof.BEGIN.unproven("403").done(0)).finished(START).state())
        .isEqualTo(Proof.State.INCOMPLETE);
    assertThat(with(KindProof.BEGIN.paged("", 1)).finished(START).state())
        .isEqualTo(Proof.State.INCOMPLETE);
    assertThat(Proof.NONE.finished(START).state()).isEqualTo(Proof.State.INCOMPLETE);
  }

  @Test
  void kindsAreComparedOneAfterTheOther() {
    Proof begun = Proof.NONE.next(START);

    assertThat(begun.kindAtWork()).contains(MirrorKind.CONTACTS);
    assertThat(begun.with(MirrorKind.CONTACTS, KindProof.BEGIN.done(0)).kindAtWork())
        .contains(MirrorKind.PROJECTS);
    assertThat(with(KindProof.BEGIN.done(0)).kindAtWork()).isEmpty();
  }
}
