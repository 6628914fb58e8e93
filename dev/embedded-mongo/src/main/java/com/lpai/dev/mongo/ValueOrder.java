package com.lpai.dev.mongo;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.BsonJavaScript;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.BsonTimestamp;
import de.bwaldvogel.mongo.bson.Decimal128;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;
import de.bwaldvogel.mongo.bson.MinKey;
import de.bwaldvogel.mongo.bson.ObjectId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;

/**
 * The total order of BSON values that indexes are kept in, MongoDB's: first by type, then by value;
 * null stands as {@link Missing}. Unlike the core's comparator it treats an array as a value, and
 * numbers exactly. Strings compare by UTF-16 unit, as the core does, not by UTF-8 byte.
 */
final class ValueOrder implements Comparator<Object> {
  static final ValueOrder ASCENDING = new ValueOrder();
  static final Edge LOWEST = new Edge(Integer.MIN_VALUE, -1);
  static final Edge HIGHEST = new Edge(Integer.MAX_VALUE, 1);

  /** A place before (-1) or after (+1) all values of one type; never stored. */
  record Edge(int rank, int side) {}

  private ValueOrder() {}

  static Edge before(Object value) {
    return new Edge(rank(value), -1);
  }

  static Edge after(Object value) {
    return new Edge(rank(value), 1);
  }

  @Override
  public int compare(Object left, Object right) {
    int leftRank = rank(left);
    int rightRank = rank(right);
    if (leftRank != rightRank) {
      return Integer.compare(leftRank, rightRank);
    }
    if (left instanceof Edge || right instanceof Edge) {
      return Integer.compare(side(left), side(right));
    }
    return switch (left) {
      case Number number -> compareNumbers(number, (Number) right);
      case String text -> text.compareTo((String) right);
      case Document document -> compareDocuments(document, (Document) right);
      case Collection<?> array -> compareArrays(array, (Collection<?>) right);
      case ObjectId id -> id.compareTo((ObjectId) right);
      case Boolean flag -> flag.compareTo((Boolean) right);
      case Instant instant -> instant.compareTo((Instant) right);
      case BsonTimestamp timestamp -> timestamp.compareTo((BsonTimestamp) right);
      case BsonRegularExpression regex -> regex.toString().compareTo(right.toString());
      case BsonJavaScript code -> code.getCode().compareTo(((BsonJavaScript) right).getCode());
      case Object value when TypedBinary.isBinary(value) ->
          TypedBinary.of(value).compareTo(TypedBinary.of(right));
      default -> 0;
    };
  }

  /** Where the type stands among the types. */
  static int rank(Object value) {
    return switch (value) {
      case Edge edge -> edge.rank();
      case MinKey minKey -> 1;
      case Missing missing -> 2;
      case Number number -> 3;
      case String text -> 4;
      case Document document -> 5;
      case Collection<?> array -> 6;
      case Object binary when TypedBinary.isBinary(binary) -> 7;
      case ObjectId id -> 8;
      case Boolean flag -> 9;
      case Instant instant -> 10;
      case BsonTimestamp timestamp -> 11;
      case BsonRegularExpression regex -> 12;
      case BsonJavaScript code -> 13;
      case MaxKey maxKey -> 14;
      default -> throw new IllegalArgumentException("no place in the order: " + value.getClass());
    };
  }

  private static int side(Object value) {
    return value instanceof Edge edge ? edge.side() : 0;
  }

  private static int compareNumbers(Number left, Number right) {
    if (isWhole(left) && isWhole(right)) {
      return Long.compare(left.longValue(), right.longValue());
    }
    double leftDouble = left.doubleValue();
    double rightDouble = right.doubleValue();
    if (Double.isNaN(leftDouble) || Double.isNaN(rightDouble)) {
      return Boolean.compare(!Double.isNaN(leftDouble), !Double.isNaN(rightDouble));
    }
    if (Double.isInfinite(leftDouble) || Double.isInfinite(rightDouble)) {
      return Double.compare(leftDouble, rightDouble);
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long;
  }

  private static BigDecimal exact(Number number) {
    return switch (number) {
      case Decimal128 decimal when decimal.equals(Decimal128.NEGATIVE_ZERO) -> BigDecimal.ZERO;
      case Decimal128 decimal -> decimal.toBigDecimal();
      case Double floating -> new BigDecimal(floating);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private int compareArrays(Collection<?> left, Collection<?> right) {
    Iterator<?> rightElements = right.iterator();
    for (Object element : left) {
      if (!rightElements.hasNext()) {
        return 1;
      }
      int order = compare(Missing.ofNullable(element), Missing.ofNullable(rightElements.next()));
      if (order != 0) {
        return order;
      }
    }
    return rightElements.hasNext() ? -1 : 0;
  }

  private int compareDocuments(Document left, Document right) {
    Iterator<Map.Entry<String, Object>> rightFields = right.entrySet().iterator();
    for (Map.Entry<String, Object> field : left.entrySet()) {
      if (!rightFields.hasNext()) {
        return 1;
      }
      int order = compareFields(field, rightFields.next());
      if (order != 0) {
        return order;
      }
    }
    return rightFields.hasNext() ? -1 : 0;
  }

  private int compareFields(Map.Entry<String, Object> left, Map.Entry<String, Object> right) {
    Object leftValue = Missing.ofNullable(left.getValue());
    Object rightValue = Missing.ofNullable(right.getValue());
    int byType = Integer.compare(rank(leftValue), rank(rightValue));
    if (byType != 0) {
      return byType;
    }
    int byName = left.getKey().compareTo(right.getKey());
    return byName != 0 ? byName : compare(leftValue, rightValue);
  }
}
