package com.lpai.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.lpai.domain.testing.MutableInstantSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private static final FieldName EMAIL = FieldName.of("email");
  private static final FieldName CITY = FieldName.of("city");
  private static final FieldName VIP = FieldName.element("tags", "vip");
  private static final FieldName OLD = FieldName.element("tags", "a/b.$c");
  private static final FieldValue YES = new FieldValue.Flag(true);
  private static final FieldValue JANE = FieldValue.text("jane@example.com");
  private static final FieldValue JIM = FieldValue.text("jim@example.com");

  @Test
  void aClearedFieldIsAFieldWithoutValue() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE, CITY, FieldValue.cleared()));

    assertThat(fields).isEqualTo(Fields.of(Map.of(EMAIL, JANE)));
    assertThat(fields.get(CITY)).isEqualTo(FieldValue.cleared());
    assertThat(fields.text(CITY)).isEmpty();
  }

  @Test
  void changesReplaceClearAndLeaveAlone() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE, CITY, FieldValue.text("Rome"), VIP, YES));

    Fields after = fields.apply(FieldChanges.of(EMAIL, JIM).with(CITY, FieldValue.cleared()));

    assertThat(after).isEqualTo(Fields.of(Map.of(EMAIL, JIM, VIP, YES)));
    assertThat(fields.get(EMAIL)).isEqualTo(JANE);
  }

  @Test
  void onlyRealChangesDiffer() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE));

    FieldChanges real =
        fields.differing(
            FieldChanges.of(EMAIL, JANE).with(CITY, FieldValue.cleared()).with(VIP, YES));

    assertThat(real).isEqualTo(FieldChanges.of(VIP, YES));
  }

  @Test
  void anElementThatAFullListLeavesOutIsGone() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE, VIP, YES, OLD, YES));

    FieldChanges said = fields.complete(FieldChanges.of(VIP, YES), Set.of("tags"), Set.of());

    assertThat(said).isEqualTo(FieldChanges.of(VIP, YES).with(OLD, FieldValue.cleared()));
    assertThat(fields.complete(FieldChanges.of(VIP, YES), Set.of(), Set.of()))
        .isEqualTo(FieldChanges.of(VIP, YES));
  }

  @Test
  void anElementThatWeRemovedIsGoneFromAFullListToo() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE));

    FieldChanges said = fields.complete(FieldChanges.NONE, Set.of("tags"), Set.of(VIP, CITY));

    assertThat(said).isEqualTo(FieldChanges.of(VIP, FieldValue.cleared()));
  }

  @Test
  void absentClearedAndAValueAreThreeThings() {
    FieldChanges changes = FieldChanges.of(EMAIL, FieldValue.cleared()).with(CITY, JANE);

    assertThat(changes.mentions(EMAIL)).isTrue();
    assertThat(changes.get(EMAIL)).contains(FieldValue.cleared());
    assertThat(changes.mentions(VIP)).isFalse();
    assertThat(changes.get(VIP)).isEmpty();
    assertThat(FieldValue.text("")).isEqualTo(FieldValue.cleared());
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldValue.Text(""));
  }

  @Test
  void changesCanBeChosenAndJoined() {
    FieldChanges changes = FieldChanges.of(EMAIL, JANE).with(VIP, YES);

    assertThat(changes.only(name -> name.isIn("tags"))).isEqualTo(FieldChanges.of(VIP, YES));
    assertThat(FieldChanges.of(EMAIL, JANE).with(FieldChanges.of(EMAIL, JIM).with(VIP, YES)))
        .isEqualTo(FieldChanges.of(EMAIL, JIM).with(VIP, YES));
    assertThat(FieldChanges.NONE.isEmpty()).isTrue();
  }

  @Test
  void aFieldNameKnowsItsGroupAndElement() {
    assertThat(EMAIL.group()).isEmpty();
    assertThat(EMAIL.element()).isEqualTo("email");
    assertThat(OLD.group()).contains("tags");
    assertThat(OLD.element()).isEqualTo("a/b.$c");
    assertThat(OLD.isIn("tags")).isTrue();
    assertThat(FieldName.of("tagsOfOld").isIn("tags")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> FieldName.of(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> FieldName.of("x".repeat(513)));
  }

  @Test
  void amountsOfOneValueAreEqualHoweverTheyAreWritten() {
    assertThat(new FieldValue.Amount(new BigDecimal("1.00")))
        .isEqualTo(new FieldValue.Amount(BigDecimal.ONE));
    assertThat(new FieldValue.Amount(new BigDecimal("0.00")))
        .isEqualTo(new FieldValue.Amount(BigDecimal.ZERO));
    assertThat(new FieldValue.Amount(new BigDecimal("100")))
        .isEqualTo(new FieldValue.Amount(new BigDecimal("1E+2")));
  }

  @Test
  void listsAreCopied() {
    List<String> given = new ArrayList<>(List.of("a"));
    FieldValue.Texts texts = new FieldValue.Texts(given);

    given.add("b");

    assertThat(texts.values()).containsExactly("a");
  }

  @Test
  void noValueIsPrinted() {
    Fields fields = Fields.of(Map.of(EMAIL, JANE));

    assertThat(fields.toString()).contains("email").doesNotContain("jane");
    assertThat(fields.asChanges().toString()).contains("email").doesNotContain("jane");
    assertThat(new DirtyField(1, JANE).toString()).doesNotContain("jane");
    assertThat(
            new Conflict(
                    EMAIL,
                    1,
                    JANE,
                    JANE,
                    JANE,
                    Conflict.Side.OURS,
                    MutableInstantSource.START,
                    Conflict.Status.OPEN)
                .toString())
        .contains("email")
        .doesNotContain("jane");
  }
}
