/** The codecs of one type each that need no library: {@code bytes} and {@code text}. */
@NullMarked
package io.jstorage.codec;

import org.jspecify.annotations.NullMarked;
