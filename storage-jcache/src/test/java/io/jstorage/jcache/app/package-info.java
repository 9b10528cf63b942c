/** Programs that tests run in processes of their own. */
@NullMarked
package io.jstorage.jcache.app;

import org.jspecify.annotations.NullMarked;
