package dev.plumbline.reconciler.cli;

import java.time.Clock;

/** What every verb is made with. */
record Context(Terminal terminal, Providers providers, BuildInformation build, Clock clock) {}
