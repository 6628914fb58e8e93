package com.lpai.application.erasure;

import com.lpai.application.work.Chores;
import com.lpai.application.work.Instance;
import com.lpai.domain.erasure.Erasures;

/** The door to erasing. */
public record ErasureUseCases(EraseLocationUseCase erasing, Chores chores) {

  public static ErasureUseCases of(Erasures erasures, Instance instance) {
    EraseLocationService service = new EraseLocationService(erasures, instance);
    return new ErasureUseCases(service, service);
  }
}
