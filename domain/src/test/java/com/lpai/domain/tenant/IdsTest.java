package com.lpai.domain.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.contact.ContactId;
import com.lpai.domain.contact.GhlContactId;
import com.lpai.domain.directory.GhlUserId;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class IdsTest {
  private static final List<Function<String, Record>> IDS =
      List.of(LocationId::new, CompanyId::new, ContactId::new, GhlContactId::new, GhlUserId::new);

  @Test
  void anIdIsKeptAsGiven() {
    for (Function<String, Record> id : IDS) {
      assertThat(id.apply("ve9EPM428h8vShlRW1KT.$/ü")).hasToString("ve9EPM428h8vShlRW1KT.$/ü");
      assertThat(id.apply("x".repeat(128))).hasToString("x".repeat(128));
    }
  }

  @Test
  void whatCannotBeAnIdIsRefused() {
    for (Function<String, Record> id : IDS) {
      for (String odd :
          List.of("", " ", "a b", "a\n", "\u0000", "a\u007f", "a\u2003b", "x".repeat(129))) {
        assertThat(CrmIds.isOpaque(odd)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> id.apply(odd));
      }
    }
  }

  @Test
  void idsOfDifferentThingsAreNeverEqual() {
    assertThat(IDS.stream().map(id -> id.apply("same"))).doesNotHaveDuplicates();
  }
}
