@NullMarked
package io.jstorage;

import org.jspecify.annotations.NullMarked;
