/** What Spring Boot configures by itself. */
@NullMarked
package io.jstorage.spring.boot;

import org.jspecify.annotations.NullMarked;
