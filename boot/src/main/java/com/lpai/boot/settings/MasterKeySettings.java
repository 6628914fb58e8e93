package com.lpai.boot.settings;

import com.lpai.adapter.mongo.encryption.MasterKey;
import com.lpai.adapter.mongo.encryption.MasterKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where the master keys are.
 *
 * @param next one while a rotation is prepared or under way, else none
 * @param dataKeysOpened how long a data key that a master key opened stays so in memory
 */
public record MasterKeySettings(Source present, List<Source> next, Duration dataKeysOpened) {

  /** Where one master key is. */
  public sealed interface Source {
    /** A file of this machine, and the setting that names it. */
    record File(Path path, String setting) implements Source {}

    /** A key service. */
    record Service(MasterKey key) implements Source {}
  }

  public MasterKeySettings {
    next = List.copyOf(next);
  }

  /**
   * Reads what is in files.
   *
   * @param mayCreate whether a missing file of the present key is made (evaluation mode)
   * @throws ConfigurationException when a file is missing or holds no key
   */
  public MasterKeys open(boolean mayCreate) {
    MasterKeys keys = MasterKeys.only(key(present, mayCreate));
    for (Source source : next) {
      keys = keys.withNext(key(source, false));
    }
    return keys;
  }

  private static MasterKey key(Source source, boolean mayCreate) {
    return switch (source) {
      case Source.File(Path path, String setting) ->
          new MasterKey.Local(MasterKeyFile.read(path, setting, mayCreate));
      case Source.Service(MasterKey key) -> key;
    };
  }
}
