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
  }
}
