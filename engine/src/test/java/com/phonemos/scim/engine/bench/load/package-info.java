/**
 * Runs in a process of its own: makes load over HTTP or SQL on one thread, as cheaply as it can,
 * because it shares the processors with what it measures.
 */
@NullMarked
package com.phonemos.scim.engine.bench.load;

import org.jspecify.annotations.NullMarked;
