package com.lpai.domain.reconcile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which ids were seen, as hashes of 16 bytes: 100,000 of them take 4 MiB at most. That two of a
 * million ids have the same hash is as likely as 1 in 10^26.
 */
public final class SeenIds {
  /** Bytes of one. */
  private static final int WIDTH = 2 * Long.BYTES;

  private static final int SMALLEST = 64;

  /** Pairs; a pair of zeros is a free place. */
  private long[] places = new long[2 * SMALLEST];

  private int size;

  /** True when it was not in it. */
  public boolean add(String id) {
    long[] hash = hash(id);
    return add(hash[0], hash[1]);
  }

  public boolean contains(String id) {
    long[] hash = hash(id);
    int place = place(hash[0], hash[1]);
    return places[place] != 0 || places[place + 1] != 0;
  }

  public int size() {
    return size;
  }

  public void addAll(SeenIds others) {
    for (int i = 0; i < others.places.length; i += 2) {
      if (others.places[i] != 0 || others.places[i + 1] != 0) {
        add(others.places[i], others.places[i + 1]);
      }
    }
  }

  private boolean add(long one, long other) {
    int place = place(one, other);
    if (places[place] != 0 || places[place + 1] != 0) {
      return false;
    }
    places[place] = one;
    places[place + 1] = other;
    size++;
    if (size * 4 > places.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] before = places;
    places = new long[2 * before.length];
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 || before[i + 1] != 0) {
        int place = place(before[i], before[i + 1]);
        places[place] = before[i];
        places[place + 1] = before[i + 1];
      }
    }
  }

  /** Where it is, or would be put. */
  private int place(long one, long other) {
    int mask = places.length / 2 - 1;
    int place = (int) one & mask;
    while ((places[2 * place] != one || places[2 * place + 1] != other)
        && (places[2 * place] != 0 || places[2 * place + 1] != 0)) {
      place = (place + 1) & mask;
    }
    return 2 * place;
  }

  /** Two sums over the same bytes with different factors, each mixed at the end. */
  private static long[] hash(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    long one = 0xcbf29ce484222325L;
    long other = 0x9e3779b97f4a7c15L;
    for (byte each : bytes) {
      one = (one ^ each) * 0x100000001b3L;
      other = Long.rotateLeft((other ^ each) * 0xbf58476d1ce4e5b9L, 27);
    }
    long first = mixed(one ^ bytes.length);
    return new long[] {first == 0 ? 1 : first, mixed(other + bytes.length)};
  }

  private static long mixed(long sum) {
    long once = (sum ^ (sum >>> 33)) * 0xff51afd7ed558ccdL;
    long twice = (once ^ (once >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return twice ^ (twice >>> 33);
  }

  /** To be kept; {@link #addFrom} takes it in again. */
  public byte[] toBytes() {
    ByteBuffer bytes = ByteBuffer.allocate(size * WIDTH);
    for (int i = 0; i < places.length; i += 2) {
      if (places[i] != 0 || places[i + 1] != 0) {
        bytes.putLong(places[i]).putLong(places[i + 1]);
      }
    }
    return bytes.array();
  }

  /**
   * Takes in what {@link #toBytes} gave.
   *
   * @throws IllegalArgumentException for anything of another length
   */
  public void addFrom(byte[] kept) {
    if (kept.length % WIDTH != 0) {
      throw new IllegalArgumentException("these are no ids that were seen");
    }
    ByteBuffer bytes = ByteBuffer.wrap(kept);
    while (bytes.hasRemaining()) {
      add(bytes.getLong(), bytes.getLong());
    }
  }
}
