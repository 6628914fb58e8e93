package com.lpai.dev.mongo;

/** What has happened to a write before its reply is sent. */
public enum Durability {
  /** Written and forced to the disk: survives a killed process and a lost power supply. */
  SYNC,

  /** Handed to the operating system: survives a killed process only. Faster. */
  COMMIT
}
