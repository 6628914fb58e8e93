package com.lpai.architecture.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.architecture.model.Outside.Moment;
import com.lpai.architecture.model.Step.Arrival;
import com.lpai.architecture.model.Step.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps that failed once, with the least that was needed. */
class RegressionsTest {
  private static void holds(long seed, Step... steps) {
    assertThat(TwoWaySyncTest.outcome(seed, List.of(steps)).failure()).isEmpty();
  }

  /** Our create was refused for GoHighLevel's twin, which was then written over unread. */
  @Test
  void ofTwinsNeitherNameIsLost() {
    holds(7, new Step.CreateTwins(0), new Step.Push());
  }

  /** A create of unknown outcome was found again, and what was set there since written over. */
  @Test
  void whatIsSetThereWhileACreateIsInDoubtIsNotLost() {
    holds(
        2,
        new Step.CreateHere(ModelKind.CONTACT, 0, 0),
        new Step.Trouble(Fault.TIMEOUT_AFTER_EFFECT, 1),
        new Step.Push(),
        new Step.EditThere(0, ModelField.FIRST_NAME, 1),
        new Step.EditThere(1, ModelField.FIRST_NAME, 1),
        new Step.EditThere(2, ModelField.FIRST_NAME, 1),
        new Step.Lose(9));
  }

  /** What the oracle took for a loss: an edit stored by a process that died before it said so. */
  @Test
  void editOfAProcessThatDiesIsNoted() {
    holds(
        70,
        new Step.EditHere(0, ModelField.DND, 0),
        new Step.CrashAt(0, Moment.AFTER),
        new Step.EditHere(0, ModelField.DND, 1),
        new Step.Hear(Arrival.REVERSED));
  }

  /** A record about a contact that was deleted there meanwhile is shown to a person. */
  @Test
  void appointmentOfAContactThatIsDeletedMeanwhileComesToRest() {
    holds(
        19,
        new Step.DeleteThere(ModelKind.CONTACT, 1),
        new Step.CreateHere(ModelKind.APPOINTMENT, 0, 0),
        new Step.CreateHere(ModelKind.APPOINTMENT, 1, 0));
  }

  /** A value that goes and comes back to what both agreed on. */
  @Test
  void valueThatIsTakenBackThereIsNoLoss() {
    holds(
        62,
        new Step.EditHere(0, ModelField.QUOTE, 2),
        new Step.EditThere(0, ModelField.STAGE, 1),
        new Step.EditThere(0, ModelField.QUOTE, 2),
        new Step.EditThere(0, ModelField.QUOTE, 0));
  }

  /** While our call is without an answer, what is taken back there looks like its failure. */
  @Test
  void valueThatIsTakenBackWhileACallIsInDoubtIsToldAgain() {
    holds(
        131,
        new Step.EditHere(1, ModelField.SIZE, 1),
        new Step.Trouble(Fault.TIMEOUT_AFTER_EFFECT, 1),
        new Step.Push(),
        new Step.EditThere(0, ModelField.SIZE, 0),
        new Step.EditThere(1, ModelField.SIZE, 0));
  }

  /** What a call without an answer had told was taken for theirs once a later one told another. */
  @Test
  void valueThatIsToldAnewWhileTheFirstCallIsInDoubtIsNoConflict() {
    holds(
        9114,
        new Step.EditHere(0, ModelField.FIRST_NAME, 1),
        new Step.Trouble(Fault.TIMEOUT_AFTER_EFFECT, 1),
        new Step.Push(),
        new Step.EditHere(0, ModelField.FIRST_NAME, 2),
        new Step.Trouble(Fault.TIMEOUT, 1),
        new Step.Push(),
        new Step.Hear(Arrival.ALL));
  }

  /**
   * What the oracle took for a loss: a read told of it, to a process that died of the next call.
   */
  @Test
  void valueThatWasReadByAProcessThatDiesIsNotSeen() {
    holds(
        -5265250786659955104L,
        new Step.CreateHere(ModelKind.PROJECT, 5, 90),
        new Step.Push(),
        new Step.Trouble(Fault.TIMEOUT, 1),
        new Step.Meanwhile(2, Moment.BEFORE, new Step.EditThere(2, ModelField.QUOTE, 50)),
        new Step.Hear(Arrival.ALL_TWICE),
        new Step.EditHere(0, ModelField.STATUS, 45),
        new Step.Hear(Arrival.REVERSED),
        new Step.Push(),
        new Step.CrashAt(3, Moment.BEFORE),
        new Step.Hear(Arrival.OLDEST),
        new Step.EditHere(1, ModelField.QUOTE, 97),
        new Step.Push());
  }

  /** Only the copy of everything found out that the new tokens had died with their process. */
  @Test
  void whereTheCopyIsRefusedForGoodAPersonInstallsAgain() {
    holds(
        554672037112194924L,
        new Step.ExpireTokens(),
        new Step.CrashAt(4, Moment.BEFORE),
        new Step.CreateThere(ModelKind.APPOINTMENT, 5, 67),
        new Step.Hear(Arrival.REVERSED));
  }

  /** The oracle knew nobody who had said that a project made here is open. */
  @Test
  void statusOfANewProjectMeetsTheOneSetThereWhileItsCreateIsInDoubt() {
    holds(
        -4099956749025490021L,
        new Step.Trouble(Fault.BROKEN_AFTER_EFFECT, 3),
        new Step.CreateHere(ModelKind.PROJECT, 0, 21),
        new Step.CrashAt(5, Moment.BEFORE),
        new Step.Push(),
        new Step.EditThere(1, ModelField.STATUS, 69));
  }

  /** The oracle knew only what GoHighLevel chooses for a record that we make, not for a twin. */
  @Test
  void whatGoHighLevelChoseForATwinIsItsWord() {
    holds(
        -855371442234123385L,
        new Step.DeleteHere(ModelKind.CONTACT, 0),
        new Step.CreateTwins(10),
        new Step.EditHere(3, ModelField.DND, 44));
  }

  /** A list brought what our create had made, and it was edited as a record of its own. */
  @Test
  void copyThatIsEditedWhileItsCreateIsInDoubtBecomesTheRecord() {
    holds(
        5983190579583249677L,
        new Step.Trouble(Fault.BROKEN_AFTER_EFFECT, 1),
        new Step.CreateHere(ModelKind.PROJECT, 7, 23),
        new Step.Push(),
        new Step.Copy(),
        new Step.EditHere(5, ModelField.TITLE, 35));
  }

  /** The same by an event. */
  @Test
  void copyThatAnEventBroughtAndThatIsEditedBecomesTheRecord() {
    holds(
        3091180404234543125L,
        new Step.CreateHere(ModelKind.APPOINTMENT, 4, 88),
        new Step.CreateHere(ModelKind.CONTACT, 3, 64),
        new Step.Trouble(Fault.TIMEOUT_AFTER_EFFECT, 3),
        new Step.Push(),
        new Step.CrashAt(1, Moment.BEFORE),
        new Step.Wait(Duration.ofSeconds(40)),
        new Step.Push(),
        new Step.Hear(Arrival.ALL),
        new Step.EditHere(5, ModelField.START, 85));
  }

  /** The oracle took the value that was shown first for the one that was set again unseen. */
  @Test
  void valueThatIsSetTwiceThereMayBeUnseenTheSecondTime() {
    holds(
        -3874397322313389280L,
        new Step.CreateTwins(11),
        new Step.EditThere(0, ModelField.TITLE, 76),
        new Step.Meanwhile(1, Moment.AFTER, new Step.Hear(Arrival.ALL)),
        new Step.Push(),
        new Step.EditThere(0, ModelField.TITLE, 24),
        new Step.EditThere(1, ModelField.TITLE, 52),
        new Step.EditHere(1, ModelField.TITLE, 59));
  }

  /** The oracle wanted the copy gone that a person had edited after the deletion of the record. */
  @Test
  void copyThatIsEditedAfterItsRecordWasDeletedLives() {
    holds(
        4174871552935471013L,
        new Step.Trouble(Fault.BROKEN_AFTER_EFFECT, 3),
        new Step.CreateHere(ModelKind.APPOINTMENT, 7, 80),
        new Step.Push(),
        new Step.Hear(Arrival.OLDEST),
        new Step.Trouble(Fault.BROKEN_AFTER_EFFECT, 1),
        new Step.DeleteHere(ModelKind.APPOINTMENT, 0),
        new Step.Wait(Duration.ofHours(1)),
        new Step.Push(),
        new Step.Apply(),
        new Step.EditHere(0, ModelField.STATE, 33));
  }
}
