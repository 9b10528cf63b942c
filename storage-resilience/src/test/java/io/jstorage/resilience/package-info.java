@NullMarked
package io.jstorage.resilience;

import org.jspecify.annotations.NullMarked;
