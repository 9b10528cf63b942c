@NullMarked
package io.jstorage.cache;

import org.jspecify.annotations.NullMarked;
