@NullMarked
package com.phonemos.scim.idp;

import org.jspecify.annotations.NullMarked;
