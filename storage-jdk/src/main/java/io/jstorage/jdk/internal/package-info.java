/** The factories by which the provider finds the codec and the transform. */
@NullMarked
package io.jstorage.jdk.internal;

import org.jspecify.annotations.NullMarked;
