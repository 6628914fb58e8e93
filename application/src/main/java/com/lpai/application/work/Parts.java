package com.lpai.application.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * One piece of work on many things, cut into a few parts that run side by side: while the database
 * stores one part, the next one is computed.
 */
public final class Parts {
  private static final int MOST = 4;
  private static final int SMALLEST = 100;

  private Parts() {}

  /**
   * Does the work on each part; a list that is not worth cutting is one part. When it returns or
   * throws, every part has come to its end.
   *
   * @return what came of the parts, in their order
   */
  public static <T, R> List<R> ofEach(List<T> all, Function<List<T>, R> work) {
    List<List<T>> parts = cut(all);
    if (parts.size() == 1) {
      return List.of(work.apply(all));
    }
    List<Future<R>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      parts.forEach(part -> done.add(threads.submit(() -> work.apply(part))));
    }
    return done.stream().map(Parts::result).toList();
  }

  private static <T> List<List<T>> cut(List<T> all) {
    int count = Math.clamp(all.size() / SMALLEST, 1, MOST);
    List<List<T>> parts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      parts.add(all.subList(all.size() * i / count, all.size() * (i + 1) / count));
    }
    return parts;
  }

  private static <R> R result(Future<R> part) {
    return switch (part.state()) {
      case SUCCESS -> part.resultNow();
      case FAILED -> throw unchecked(part.exceptionNow());
      case CANCELLED, RUNNING -> throw new CancellationException("a part was not done");
    };
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException fault -> fault;
      case Error error -> throw error;
      default -> new IllegalStateException(failure);
    };
  }
}
