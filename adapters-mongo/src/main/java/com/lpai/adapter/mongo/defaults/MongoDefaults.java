package com.lpai.adapter.mongo.defaults;

import com.lpai.adapter.mongo.copy.Sparse;
import com.lpai.adapter.mongo.document.StoredDocument;
import com.lpai.adapter.mongo.tenancy.Find;
import com.lpai.adapter.mongo.tenancy.TenantCollection;
import com.lpai.domain.defaults.Defaults;
import com.lpai.domain.defaults.DefaultsRepository;
import com.lpai.domain.defaults.Library;
import com.lpai.domain.defaults.Template;
import com.lpai.domain.defaults.Terms;
import com.lpai.domain.tenant.LocationId;
import com.mongodb.client.model.Sorts;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * Terms, templates and libraries, each in a collection of their own. A unique index on what tells
 * one from the others refuses what is there already, whoever stores it.
 */
public final class MongoDefaults implements DefaultsRepository {
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String CATEGORY = "category";

  private final TenantCollection terms;
  private final TenantCollection templates;
  private final TenantCollection libraries;

  public MongoDefaults(
      TenantCollection terms, TenantCollection templates, TenantCollection libraries) {
    this.terms = terms;
    this.templates = templates;
    this.libraries = libraries;
  }

  @Override
  public int putWhereAbsent(LocationId locationId, Defaults defaults) {
    return insert(locationId, terms, defaults.terms(), MongoDefaults::toDocument)
        + insert(locationId, templates, defaults.templates(), MongoDefaults::toDocument)
        + insert(locationId, libraries, defaults.libraries(), MongoDefaults::toDocument);
  }

  private static <T> int insert(
      LocationId locationId,
      TenantCollection collection,
      List<T> things,
      Function<T, Document> form) {
    int stored = 0;
    for (T thing : things) {
      if (collection.insert(locationId, form.apply(thing)).wrote()) {
        stored++;
      }
    }
    return stored;
  }

  @Override
  public Defaults find(LocationId locationId) {
    return new Defaults(
        all(locationId, terms, MongoDefaults::toTerms, "title"),
        all(locationId, templates, MongoDefaults::toTemplate, KIND, NAME),
        all(locationId, libraries, MongoDefaults::toLibrary, CATEGORY));
  }

  private static <T> List<T> all(
      LocationId locationId,
      TenantCollection collection,
      Function<StoredDocument, T> form,
      String... order) {
    return collection
        .find(locationId, new Document(), Find.sortedBy(Sorts.ascending(order)))
        .stream()
        .map(document -> form.apply(StoredDocument.of("default", document)))
        .toList();
  }

  private static Document toDocument(Terms terms) {
    return new Document("title", terms.title())
        .append("body", terms.body())
        .append("version", terms.version());
  }

  private static Terms toTerms(StoredDocument stored) {
    return new Terms(stored.text("title"), stored.text("body"), stored.text("version"));
  }

  private static Document toDocument(Template template) {
    return new Sparse()
        .text("subject", template.subject())
        .document()
        .append(KIND, StoredDocument.word(template.kind()))
        .append(NAME, template.name())
        .append("body", template.body());
  }

  private static Template toTemplate(StoredDocument stored) {
    return new Template(
        stored.word(KIND, Template.Kind.class),
        stored.text(NAME),
        stored.textOrEmpty("subject"),
        stored.text("body"));
  }

  private static Document toDocument(Library library) {
    return new Document(CATEGORY, library.category())
        .append("items", library.items().stream().map(MongoDefaults::item).toList());
  }

  private static Document item(Library.Item item) {
    return new Document(NAME, item.name())
        .append("unit", item.unit())
        .append("price", new Decimal128(item.price()));
  }

  private static Library toLibrary(StoredDocument stored) {
    return new Library(
        stored.text(CATEGORY), stored.children("items").stream().map(MongoDefaults::item).toList());
  }

  private static Library.Item item(StoredDocument stored) {
    BigDecimal price =
        stored
            .raw("price")
            .filter(Decimal128.class::isInstance)
            .map(Decimal128.class::cast)
            .map(Decimal128::bigDecimalValue)
            .orElseThrow(() -> stored.malformed("price", "is no amount"));
    return new Library.Item(stored.text(NAME), stored.text("unit"), price);
  }
}
