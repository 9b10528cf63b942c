/** Values as JSON, through Jackson 3. */
@NullMarked
package io.jstorage.json;

import org.jspecify.annotations.NullMarked;
