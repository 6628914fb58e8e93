package com.lpai.application.conflict;

import com.lpai.application.edit.FieldProblem;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.FieldAccess;
import com.lpai.domain.sync.FieldGroup;
import com.lpai.domain.sync.FieldName;
import com.lpai.domain.sync.FieldTable;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.MirroredField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** What rules may name: fields that both sides change, groups of such, and their elements. */
record RuleNames(Map<MirrorKind, FieldTable> tables) {
  private static final int MOST = 500;

  List<FieldProblem> problems(ConflictRules rules) {
    List<FieldProblem> problems = new ArrayList<>();
    for (MirrorKind kind : MirrorKind.values()) {
      FieldTable table = Objects.requireNonNull(tables.get(kind));
      if (rules.fieldsOf(kind).size() > MOST) {
        problems.add(
            new FieldProblem(kind.key() + ".fields", "At most " + MOST + " names are accepted."));
      }
      for (String name : rules.fieldsOf(kind).keySet()) {
        if (!isKnown(table, name)) {
          problems.add(new FieldProblem(kind.key() + ".fields." + name, thereAre(table)));
        }
      }
    }
    return problems;
  }

  private static boolean isKnown(FieldTable table, String name) {
    boolean isField = table.named(name).filter(RuleNames::isChangedByBoth).isPresent();
    boolean isGroup = table.groups().stream().anyMatch(group -> group.name().equals(name));
    return isField || isGroup || isElement(table, name);
  }

  private static boolean isElement(FieldTable table, String name) {
    try {
      FieldName field = FieldName.of(name);
      return table.groupOf(field).isPresent() && !field.element().isBlank();
    } catch (IllegalArgumentException noFieldName) {
      return false;
    }
  }

  private static boolean isChangedByBoth(MirroredField field) {
    return field.access() == FieldAccess.WRITABLE;
  }

  private static String thereAre(FieldTable table) {
    return "There is no such field that both sides change; there are "
        + table.fields().stream()
            .filter(RuleNames::isChangedByBoth)
            .map(MirroredField::key)
            .collect(Collectors.joining(", "))
        + ", and the groups "
        + table.groups().stream().map(FieldGroup::name).collect(Collectors.joining(", "))
        + ", of each of which one element can be named, as GROUP/ELEMENT.";
  }
}
