package com.lpai.dev.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"", "\0", "plain\0text", "\u00FF", "\u0100", "Zoë 日本 🙂", "half \uD83D", "\uFFFF"})
  void aKeyIsReadAsItWasWrittenAndNothingBehindIt(String key) {
    WriteBuffer written = new WriteBuffer();
    KeyType.INSTANCE.write(written, key);
    KeyType.INSTANCE.write(written, "next");
    ByteBuffer buffer = written.getBuffer().flip();

    assertThat(KeyType.INSTANCE.read(buffer)).isEqualTo(key);
    assertThat(KeyType.INSTANCE.read(buffer)).isEqualTo("next");
    assertThat(buffer.hasRemaining()).isFalse();
  }
}
