package com.lpai.domain.access;

class InMemoryStreamTicketsTest implements StreamTicketsContract {
  private final InMemoryStreamTickets tickets = new InMemoryStreamTickets();

  @Override
  public StreamTickets tickets() {
    return tickets;
  }
}
