@NullMarked
package com.phonemos.scim.engine.admin.api;

import org.jspecify.annotations.NullMarked;
