package com.lpai.adapter.web.conflict;

import static com.lpai.adapter.web.json.Provider.JSON;

import com.lpai.adapter.web.json.FieldValueJson;
import com.lpai.adapter.web.json.OriginJson;
import com.lpai.application.conflict.KnownConflict;
import com.lpai.domain.sync.Conflict;
import com.lpai.domain.sync.ConflictRule;
import com.lpai.domain.sync.ConflictRules;
import com.lpai.domain.sync.FieldValue;
import com.lpai.domain.sync.MirrorKind;
import com.lpai.domain.sync.Origin;
import com.lpai.domain.sync.Page;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Locale;

/** Conflicts and rules in the REST API. */
final class ConflictJson {
  /** Characters of a value that a list shows; the record has the whole one. */
  private static final int SHOWN = 1_000;

  private ConflictJson() {}

  static JsonObject page(Page<KnownConflict> page) {
    JsonArrayBuilder items = JSON.createArrayBuilder();
    page.items().forEach(item -> items.add(of(item)));
    return JSON.createObjectBuilder()
        .add("items", items)
        .add("nextCursor", page.isLast() ? JsonValue.NULL : JSON.createValue(page.nextCursor()))
        .build();
  }

  static JsonObject of(KnownConflict known) {
    Conflict conflict = known.conflict();
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("id", known.id())
            .add("kind", known.kind().key())
            .add("recordId", known.recordId())
            .add("name", known.name())
            .add("field", conflict.field().value())
            .add("state", word(conflict.state()))
            .add("winner", word(conflict.winner()))
            .add("base", shown(conflict.base()))
            .add("ours", shown(conflict.ours()))
            .add("theirs", shown(conflict.theirs()))
            .add("present", shown(known.present()))
            .add("canBeChosen", known.isChoosable())
            .add("noticedAt", conflict.noticedAt().toString());
    if (conflict.status() instanceof Conflict.Status.Resolved(Origin by, Instant at)) {
      json.add("resolvedBy", OriginJson.of(by)).add("resolvedAt", at.toString());
    }
    return json.build();
  }

  /** A long value is cut, and ends with an ellipsis then. */
  private static JsonValue shown(FieldValue value) {
    JsonValue whole = FieldValueJson.of(value);
    String text = whole instanceof JsonString given ? given.getString() : whole.toString();
    return text.length() <= SHOWN
        ? whole
        : JSON.createValue(text.substring(0, text.offsetByCodePoints(0, SHOWN / 2)) + "…");
  }

  static JsonObject of(ConflictRules rules) {
    JsonObjectBuilder json = JSON.createObjectBuilder().add("default", word(rules.usual()));
    for (MirrorKind kind : MirrorKind.values()) {
      JsonObjectBuilder ofKind = JSON.createObjectBuilder();
      ConflictRule usual = rules.ofKinds().get(kind);
      if (usual != null) {
        ofKind.add("default", word(usual));
      }
      JsonObjectBuilder fields = JSON.createObjectBuilder();
      rules.fieldsOf(kind).forEach((name, rule) -> fields.add(name, word(rule)));
      json.add(kind.key(), ofKind.add("fields", fields));
    }
    return json.build();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
