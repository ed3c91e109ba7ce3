/** Dashboards, alerts and runbooks, held against what the engine really serves. */
@NullMarked
package com.phonemos.scim.engine.grafana;

import org.jspecify.annotations.NullMarked;
