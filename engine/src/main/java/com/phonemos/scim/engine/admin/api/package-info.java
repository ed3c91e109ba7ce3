/** The operators' HTTP API: {@code /_api/admin/v1} on the operations port. */
@NullMarked
package com.phonemos.scim.engine.admin.api;

import org.jspecify.annotations.NullMarked;
