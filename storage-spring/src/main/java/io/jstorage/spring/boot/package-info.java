/** Auto-configuration for Spring Boot. */
@NullMarked
package io.jstorage.spring.boot;

import org.jspecify.annotations.NullMarked;
