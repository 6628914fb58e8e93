package com.lpai.domain.crm;

import java.util.function.Function;

/**
 * The answer of one call to the CRM: a value, or a classified failure.
 *
 * @param <T> what a successful call answers
 */
public sealed interface CrmResult<T> {

  /** The call succeeded. */
  record Done<T>(T value) implements CrmResult<T> {}

  /** The call failed; the caller decides by the failure's type. */
  record Failed<T>(CrmFailure failure) implements CrmResult<T> {}

  static <T> CrmResult<T> done(T value) {
    return new Done<>(value);
  }

  static <T> CrmResult<T> failed(CrmFailure failure) {
    return new Failed<>(failure);
  }

  /** The same answer with another value; a failure stays as it is. */
  default <U> CrmResult<U> map(Function<T, U> mapping) {
    return switch (this) {
      case Done<T>(T value) -> new Done<>(mapping.apply(value));
      case Failed<T>(CrmFailure failure) -> new Failed<>(failure);
    };
  }
}
