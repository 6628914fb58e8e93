package com.lpai.domain.encryption;

import com.lpai.domain.encryption.MasterKeyState.Phase;
import com.lpai.domain.encryption.MasterKeyState.Share;
import com.lpai.domain.encryption.MasterKeyState.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A key vault in memory, and instances that know some master keys of it by name. */
public final class InMemoryKeyVault {
  /** Which master key wraps a data key, by the data key's owner. */
  private final Map<String, String> wrapped = new TreeMap<>();

  private final Map<String, Sighting> sightings = new TreeMap<>();
  private String current = "";

  /** An instance that knows these master keys, the present one first. */
  public synchronized MasterKeyRotation knowing(String present, String... next) {
    if (current.isEmpty()) {
      current = present;
    }
    List<String> keys = new ArrayList<>(List.of(present));
    keys.addAll(List.of(next));
    return new Instance(keys);
  }

  /** Makes a data key as every instance does now. */
  public synchronized void makeDataKey(String owner) {
    wrapped.put(owner, current);
  }

  /** Which master key wraps the owner's data key. */
  public synchronized String wrapping(String owner) {
    return wrapped.getOrDefault(owner, "none");
  }

  private static MasterKeyName name(String key) {
    return new MasterKeyName("local", key, "");
  }

  private final class Instance implements MasterKeyRotation {
    private final List<String> keys;

    private Instance(List<String> keys) {
      this.keys = List.copyOf(keys);
    }

    @Override
    public void announce(String instance, Instant now) {
      synchronized (InMemoryKeyVault.this) {
        sightings.put(instance, new Sighting(instance, keys, now));
      }
    }

    @Override
    public MasterKeyState state(Instant now) {
      synchronized (InMemoryKeyVault.this) {
        List<Share> shares = keys.stream().map(key -> new Share(name(key), count(key))).toList();
        long known = shares.stream().mapToLong(Share::dataKeys).sum();
        return new MasterKeyState(
            phase(known - count(current)),
            name(current),
            shares,
            wrapped.size() - known,
            running(now));
      }
    }

    private Phase phase(long remaining) {
      if (keys.size() == 1) {
        return Phase.SINGLE;
      }
      if (!isBegun()) {
        return Phase.PREPARED;
      }
      return remaining == 0 ? Phase.DONE : Phase.UNDER_WAY;
    }

    private long count(String key) {
      return wrapped.values().stream().filter(key::equals).count();
    }

    private List<Sighting> running(Instant now) {
      return sightings.values().stream()
          .filter(sighting -> sighting.seenAt().isAfter(now.minus(RUNNING)))
          .toList();
    }

    @Override
    public Beginning begin(Instant now) {
      synchronized (InMemoryKeyVault.this) {
        if (keys.size() == 1) {
          return new Beginning.NoNextKey();
        }
        String next = keys.getLast();
        List<String> unaware =
            running(now).stream()
                .filter(sighting -> !sighting.fingerprints().contains(next))
                .map(Sighting::instance)
                .toList();
        if (!current.equals(next) && !unaware.isEmpty()) {
          return new Beginning.NotKnownTo(unaware);
        }
        current = next;
        return new Beginning.Begun();
      }
    }

    @Override
    public boolean isBegun() {
      synchronized (InMemoryKeyVault.this) {
        return keys.size() > 1 && current.equals(keys.getLast());
      }
    }

    @Override
    public int rewrapPage(int limit) {
      synchronized (InMemoryKeyVault.this) {
        if (!isBegun()) {
          return 0;
        }
        List<String> page =
            wrapped.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(current))
                .filter(entry -> keys.contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        page.forEach(owner -> wrapped.put(owner, current));
        return page.size();
      }
    }
  }
}
