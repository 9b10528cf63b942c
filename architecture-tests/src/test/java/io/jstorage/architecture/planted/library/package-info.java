@NullMarked
package io.jstorage.architecture.planted.library;

import org.jspecify.annotations.NullMarked;
