package com.phonemos.scim.engine.scim.resource;

/** How a body is read where identity providers and the RFC write the same bytes differently. */
public enum Dialect {
  /** Decided per request, from the shape of its body. */
  AUTO,

  /** As Entra ID means it: what a group's {@code replace members} names is added. */
  ENTRA,

  /** To the letter: what only some identity provider writes is refused. */
  STRICT
}
