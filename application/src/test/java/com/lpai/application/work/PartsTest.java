package com.lpai.application.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PartsTest {
  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  @Test
  void everyThingIsInExactlyOnePartAndThePartsAreInOrder() {
    for (int count : new int[] {0, 1, 99, 100, 199, 200, 333, 500, 10_007}) {
      List<List<Integer>> parts = Parts.ofEach(numbers(count), part -> part);

      assertThat(parts.stream().flatMap(List::stream).toList()).isEqualTo(numbers(count));
    }
  }

  @Test
  void fewThingsAreOnePartAndManyAreAtMostFour() {
    assertThat(Parts.ofEach(numbers(199), List::size)).containsExactly(199);
    assertThat(Parts.ofEach(numbers(500), List::size)).containsExactly(125, 125, 125, 125);
    assertThat(Parts.ofEach(numbers(10_000), List::size)).hasSize(4);
  }

  @Test
  void partsRunSideBySide() {
    CountDownLatch allHaveBegun = new CountDownLatch(4);

    List<Boolean> met = Parts.ofEach(numbers(400), part -> isMetBy(allHaveBegun));

    assertThat(met).containsExactly(true, true, true, true);
  }

  private static boolean isMetBy(CountDownLatch others) {
    others.countDown();
    try {
      return others.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void faultOfOnePartIsThrownWhenAllHaveEnded() {
    AtomicInteger ended = new AtomicInteger();

    assertThatThrownBy(
            () ->
                Parts.ofEach(
                    numbers(400),
                    part -> {
                      if (part.contains(0)) {
                        throw new IllegalArgumentException("the first part");
                      }
                      return ended.incrementAndGet();
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the first part");
    assertThat(ended).hasValue(3);
  }
}
