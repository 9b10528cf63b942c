package io.jstorage.cli;

import io.jstorage.cli.terminal.Terminal;
import java.util.Map;

/**
 * The surroundings of a command.
 *
 * @param terminal where they read and print
 * @param environment the environment variables
 * @param interrupts tells them to end
 */
record Context(Terminal terminal, Map<String, String> environment, Interrupts interrupts) {}
