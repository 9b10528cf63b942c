@NullMarked
package io.jstorage.policy;

import org.jspecify.annotations.NullMarked;
