package com.lpai.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ConflictIdTest {
  @Property
  void whatIsWrittenIsReadAgain(
      @ForAll
          @AlphaChars
          @Chars({'/', '.', '$', 'ö', '☃', '-', '_'})
          @StringLength(min = 1, max = 512)
          String field,
      @ForAll @LongRange(min = 0, max = 1_000_000_000_000L) long revision) {
    ConflictId id = new ConflictId(FieldName.of(field), revision);

    assertThat(ConflictId.of(id.toString())).contains(id);
  }

  @Test
  void whatIsNoIdIsNone() {
    assertThat(ConflictId.of("")).isEmpty();
    assertThat(ConflictId.of("7")).isEmpty();
    assertThat(ConflictId.of("7-")).isEmpty();
    assertThat(ConflictId.of("-7-ZW1haWw")).isEmpty();
    assertThat(ConflictId.of("07-ZW1haWw")).isEmpty();
    assertThat(ConflictId.of("7-ZW1haWx")).isEmpty();
    assertThat(ConflictId.of("7-IA")).isEmpty();
    assertThat(ConflictId.of("7-ZW1haWw=")).isEmpty();
  }
}
