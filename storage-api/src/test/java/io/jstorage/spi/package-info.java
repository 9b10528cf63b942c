@NullMarked
package io.jstorage.spi;

import org.jspecify.annotations.NullMarked;
