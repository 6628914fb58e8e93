package com.lpai.domain.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConflictRulesTest {
  private static final FieldName EMAIL = FieldName.of("email");
  private static final FieldName SIZE = FieldName.element("customFields", "size");
  private static final FieldName COLOR = FieldName.element("customFields", "color");

  private static final ConflictRules RULES =
      new ConflictRules(
          ConflictRule.THEIRS,
          Map.of(MirrorKind.CONTACTS, ConflictRule.NEWEST),
          Map.of(
              MirrorKind.CONTACTS,
              new TreeMap<>(
                  Map.of(
                      "customFields", ConflictRule.ASK,
                      "customFields/color", ConflictRule.OURS))));

  @Test
  void aLocationThatNobodyAskedKeepsOurs() {
    assertThat(ConflictRules.OURS.of(MirrorKind.PROJECTS).rule(EMAIL)).isEqualTo(ConflictRule.OURS);
  }

  @Test
  void theLocationsRuleIsForKindsWithoutOne() {
    assertThat(RULES.of(MirrorKind.PROJECTS).rule(EMAIL)).isEqualTo(ConflictRule.THEIRS);
  }

  @Test
  void theKindsRuleIsForFieldsWithoutOne() {
    assertThat(RULES.of(MirrorKind.CONTACTS).rule(EMAIL)).isEqualTo(ConflictRule.NEWEST);
  }

  @Test
  void theGroupsRuleIsForElementsWithoutOne() {
    assertThat(RULES.of(MirrorKind.CONTACTS).rule(SIZE)).isEqualTo(ConflictRule.ASK);
    assertThat(RULES.of(MirrorKind.CONTACTS).rule(COLOR)).isEqualTo(ConflictRule.OURS);
  }
}
