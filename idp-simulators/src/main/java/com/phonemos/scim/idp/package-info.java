/**
 * Simulated identity providers that send SCIM as the real ones do.
 *
 * <p>Documents of the vendors and captures of their traffic are named by the keys of this module's
 * README, with a tag that says how certain they are: [D] documented by the vendor, [O] observed on
 * the wire, [R] reported by an implementer, [I] inferred, [M] a hypothesis.
 */
@NullMarked
package com.phonemos.scim.idp;

import org.jspecify.annotations.NullMarked;
