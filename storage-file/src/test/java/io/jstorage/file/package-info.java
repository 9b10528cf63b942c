@NullMarked
package io.jstorage.file;

import org.jspecify.annotations.NullMarked;
