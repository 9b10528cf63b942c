@NullMarked
package io.jstorage.compress;

import org.jspecify.annotations.NullMarked;
