/** The program {@code jstorage}: looks into storages, copies, checks and measures them. */
@NullMarked
package io.jstorage.cli;

import org.jspecify.annotations.NullMarked;
