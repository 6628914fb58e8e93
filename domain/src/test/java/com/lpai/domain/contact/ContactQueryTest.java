package com.lpai.domain.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ContactQueryTest {
  @Test
  void aPageHasFromOneToTwoHundredContacts() {
    assertThat(ContactQuery.all(1, "").limit()).isEqualTo(1);
    assertThat(ContactQuery.all(200, "").limit()).isEqualTo(200);
    assertThatIllegalArgumentException().isThrownBy(() -> ContactQuery.all(0, ""));
    assertThatIllegalArgumentException().isThrownBy(() -> ContactQuery.all(201, ""));
  }

  @Test
  void fieldsAreFoundByTheirKeys() {
    for (ContactField field : ContactField.values()) {
      assertThat(ContactField.TABLE.named(field.key())).contains(field);
      assertThat(field.fieldName().value()).isEqualTo(field.key());
    }
    assertThat(ContactField.TABLE.named("unknown")).isEmpty();
  }
}
