@NullMarked
package io.jstorage.file.internal;

import org.jspecify.annotations.NullMarked;
