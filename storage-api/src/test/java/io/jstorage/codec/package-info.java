@NullMarked
package io.jstorage.codec;

import org.jspecify.annotations.NullMarked;
