package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {
  private static final int WRITERS = 8;

  /** The disk fails once all of them have changed something: one leads, the others wait. */
  @Test
  void nobodyWaitsForACommitThatFailed(@TempDir Path directory) throws Exception {
    FailingDisk disk = new FailingDisk();
    FilePath.register(disk);
    DurableStore store =
        new DurableStore(
            new MVStore.Builder()
                .fileName(disk.getScheme() + ":" + directory.resolve("file"))
                .autoCommitDisabled()
                .open());
    MVMap<String, byte[]> map = store.map("map");
    store.change(() -> map.put("before", new byte[1]));
    CountDownLatch changed = new CountDownLatch(WRITERS);
    FailingDisk.failure = Optional.of(changed);

    List<Future<Throwable>> outcomes = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        String key = "key" + i;
        outcomes.add(
            writers.submit(
                () ->
                    catchThrowable(
                        () ->
                            store.change(
                                () -> {
                                  map.put(key, new byte[1]);
                                  changed.countDown();
                                  return key;
                                }))));
      }
      for (Future<Throwable> outcome : outcomes) {
        assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(MVStoreException.class);
      }
    } finally {
      FilePath.unregister(disk);
    }
  }

  /**
   * Of its files none can be forced to the disk once there is a failure: after what it waits for.
   */
  public static final class FailingDisk extends FilePathWrapper {
    private static volatile Optional<CountDownLatch> failure = Optional.empty();

    @Override
    public String getScheme() {
      return "failing";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
      FileChannel base = getBase().open(mode);
      return new FileBaseDefault() {
        @Override
        public long size() throws IOException {
          return base.size();
        }

        @Override
        public synchronized int read(ByteBuffer target, long position) throws IOException {
          return base.read(target, position);
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
          return base.write(source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
          base.truncate(size);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
          return base.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
          base.close();
        }

        @Override
        public void force(boolean metaData) throws IOException {
          if (failure.isEmpty()) {
            base.force(metaData);
            return;
          }
          try {
            assertThat(failure.get().await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
          }
          throw new IOException("the disk fails");
        }
      };
    }
  }
}
