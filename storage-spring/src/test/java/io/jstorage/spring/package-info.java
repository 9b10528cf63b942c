@NullMarked
package io.jstorage.spring;

import org.jspecify.annotations.NullMarked;
