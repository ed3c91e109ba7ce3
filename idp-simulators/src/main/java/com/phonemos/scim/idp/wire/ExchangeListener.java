package com.phonemos.scim.idp.wire;

/** Hears every exchange of a client, from several threads at once. */
@FunctionalInterface
public interface ExchangeListener {
  /** Called after the answer, or its absence, is known. */
  void exchanged(Exchange exchange);
}
