package io.jstorage.cli;

import io.jstorage.cli.terminal.Terminal;
import java.util.Map;

/**
 * The surroundings of a command.
 *
 * @param terminal its input and output
 * @param environment the environment variables
 * @param interrupts tells it to end when the user presses Ctrl-C
 */
record Context(Terminal terminal, Map<String, String> environment, Interrupts interrupts) {}
