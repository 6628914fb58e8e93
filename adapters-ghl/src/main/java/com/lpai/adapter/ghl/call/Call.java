package com.lpai.adapter.ghl.call;

import com.lpai.adapter.ghl.client.GhlAnswer;
import com.lpai.adapter.ghl.failure.Operation;
import com.lpai.domain.crm.CallPriority;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * What is to be asked.
 *
 * @param <O> whose token and budget it takes: a location's or a company's id
 * @param <T> what a success holds
 */
public record Call<O, T>(
    O owner, CallPriority priority, Operation operation, Request request, Reader<T> reader) {

  /** Sends the request once. */
  @FunctionalInterface
  public interface Request {
    Response send(String authorization);
  }

  /** Reads a success. */
  @FunctionalInterface
  public interface Reader<T> {
    /** The value; empty when the answer does not hold it. */
    Optional<T> read(GhlAnswer answer);

    /** What a readable answer holds, for the message of a failure; empty when the path says it. */
    default String needs() {
      return "";
    }

    /** The same reader, which says what it needs. */
    default Reader<T> needing(String what) {
      Reader<T> reader = this;
      return new Reader<>() {
        @Override
        public Optional<T> read(GhlAnswer answer) {
          return reader.read(answer);
        }

        @Override
        public String needs() {
          return what;
        }
      };
    }
  }
}
