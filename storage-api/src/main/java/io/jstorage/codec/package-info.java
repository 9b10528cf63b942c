/**
 * The codecs and the transform that need nothing but the JDK: {@code bytes}, {@code text}, {@code
 * serialized} and {@code gzip}.
 */
@NullMarked
package io.jstorage.codec;

import org.jspecify.annotations.NullMarked;
