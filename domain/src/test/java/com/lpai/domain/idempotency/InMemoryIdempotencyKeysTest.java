package com.lpai.domain.idempotency;

class InMemoryIdempotencyKeysTest implements IdempotencyKeysContract {
  private final InMemoryIdempotencyKeys keys = new InMemoryIdempotencyKeys();

  @Override
  public IdempotencyKeys keys() {
    return keys;
  }
}
