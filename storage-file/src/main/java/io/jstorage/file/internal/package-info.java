/** The factories that the provider finds. */
@NullMarked
package io.jstorage.file.internal;

import org.jspecify.annotations.NullMarked;
