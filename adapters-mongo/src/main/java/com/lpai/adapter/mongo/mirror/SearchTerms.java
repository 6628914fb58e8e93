package com.lpai.adapter.mongo.mirror;

import com.mongodb.client.model.Filters;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Lower-case copies of what a person finds a record by; matched by their beginning. */
public final class SearchTerms {
  public static final String FIELD = "searchTerms";
  private static final Pattern SPECIAL_SIGNS = Pattern.compile("[\\\\^$.|?*+()\\[\\]{}#-]");

  private SearchTerms() {}

  /** Puts the terms into a document; empty texts are none. */
  public static void write(List<String> texts, Document document) {
    TreeSet<String> terms = new TreeSet<>();
    texts.stream().filter(text -> !text.isEmpty()).map(SearchTerms::term).forEach(terms::add);
    if (!terms.isEmpty()) {
      document.append(FIELD, List.copyOf(terms));
    }
  }

  /** Documents with a term that begins so; every one when nothing is searched for. */
  public static List<Bson> beginningWith(String search) {
    return search.isEmpty()
        ? List.of()
        : List.of(Filters.regex(FIELD, "^" + literally(term(search))));
  }

  /** A filter for documents that have this among their terms. */
  public static Bson is(String text) {
    return Filters.eq(FIELD, term(text));
  }

  /** A filter for documents that have one of these among their terms. */
  public static Bson anyOf(Collection<String> texts) {
    return Filters.in(FIELD, texts.stream().map(SearchTerms::term).distinct().toList());
  }

  private static String term(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Each sign on its own rather than quoted as a whole: so every server sees the beginning. */
  private static String literally(String text) {
    return SPECIAL_SIGNS.matcher(text).replaceAll("\\\\$0").replace("\0", "\\x00");
  }
}
