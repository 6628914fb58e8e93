package com.lpai.adapter.mongo.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapKeysTest {
  @ParameterizedTest
  @ValueSource(strings = {"plain", "a.b", "$a", "%2E", "%252E", "%", "tags/a.b/$c", "a\0b", "ä😀"})
  void aNameComesBackFromItsKey(String name) {
    String key = MapKeys.encode(name);

    assertThat(key).doesNotContain(".", "$", "\0");
    assertThat(MapKeys.decode(key)).isEqualTo(name);
  }
}
