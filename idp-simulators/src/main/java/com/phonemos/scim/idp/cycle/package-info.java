/** What every provisioning engine needs to run: a clock, workers, progress and a report. */
@NullMarked
package com.phonemos.scim.idp.cycle;

import org.jspecify.annotations.NullMarked;
