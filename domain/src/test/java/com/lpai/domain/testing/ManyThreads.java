package com.lpai.domain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Does one thing on many threads that start at the same moment. */
public final class ManyThreads {
  private static final int LONGEST_SECONDS = 60;

  private ManyThreads() {}

  /**
   * Runs the work once on each thread and answers what each made of it.
   *
   * @param work gets the thread's number, from 0
   */
  public static <T> List<T> atOnce(int threads, IntFunction<T> work) {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int number = i;
      calls.add(
          () -> {
            start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
            return work.apply(number);
          });
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<T>> futures = calls.stream().map(executor::submit).toList();
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(LONGEST_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the threads worked", interrupted);
    } catch (ExecutionException failed) {
      throw new AssertionError("a thread failed: " + failed.getCause(), failed.getCause());
    } catch (TimeoutException late) {
      throw new AssertionError("a thread took over " + LONGEST_SECONDS + " s", late);
    }
  }
}
