/** The codec {@code serialized} and the transform {@code gzip}, by the JDK alone. */
@NullMarked
package io.jstorage.jdk;

import org.jspecify.annotations.NullMarked;
