package com.lpai.application.setup;

import static com.lpai.domain.testing.MutableInstantSource.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.lpai.domain.setup.SetupPart;
import com.lpai.domain.setup.SetupStep;
import com.lpai.domain.tenant.LocationId;
import org.junit.jupiter.api.Test;

class PartsHereTest {
  private static final SetupPart CONTACTS = part("loc1", SetupStep.CONTACTS);
  private static final SetupPart PROJECTS = part("loc1", SetupStep.OPPORTUNITIES);
  private static final SetupPart TALKS = part("loc1", SetupStep.CONVERSATIONS);
  private static final SetupPart ELSEWHERE = part("loc2", SetupStep.CONTACTS);

  private final PartsHere parts = new PartsHere();

  private static SetupPart part(String location, SetupStep step) {
    return new SetupPart(new LocationId(location), step);
  }

  @Test
  void theThirdPartOfALocationIsLeftToOthersForAMoment() {
    assertThat(parts.take(CONTACTS, START)).isTrue();
    assertThat(parts.take(PROJECTS, START)).isTrue();
    assertThat(parts.take(TALKS, START)).isFalse();
    assertThat(parts.take(ELSEWHERE, START)).isTrue();

    assertThat(parts.take(TALKS, parts.again(START).minusMillis(1))).isFalse();
    assertThat(parts.take(TALKS, parts.again(START))).isTrue();
  }

  @Test
  void whatIsGivenBackMakesRoom() {
    assertThat(parts.take(CONTACTS, START)).isTrue();
    assertThat(parts.take(PROJECTS, START)).isTrue();
    parts.giveBack(CONTACTS);

    assertThat(parts.take(TALKS, START)).isTrue();
    assertThat(parts.take(CONTACTS, START)).isFalse();
  }

  @Test
  void thatAPartWasLeftOnceIsForgotten() {
    assertThat(parts.take(CONTACTS, START)).isTrue();
    assertThat(parts.take(PROJECTS, START)).isTrue();
    assertThat(parts.take(TALKS, START)).isFalse();
    assertThat(parts.take(TALKS, parts.again(START))).isTrue();
    parts.giveBack(TALKS);

    assertThat(parts.take(TALKS, START.plusSeconds(600))).isFalse();
  }
}
