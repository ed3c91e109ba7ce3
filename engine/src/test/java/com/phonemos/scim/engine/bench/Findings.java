package com.phonemos.scim.engine.bench;

import java.util.List;

/**
 * What a section has found.
 *
 * @param subject what is measured, such as "engine"
 * @param floors what it is measured against
 */
record Findings(
    String title,
    String subject,
    List<String> floors,
    List<Case.Result> results,
    List<Target> targets) {}
