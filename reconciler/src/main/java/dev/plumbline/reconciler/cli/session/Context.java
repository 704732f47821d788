package dev.plumbline.reconciler.cli.session;

import java.time.Clock;

/** What every verb is made with. */
public record Context(Terminal terminal, Providers providers, BuildInformation build, Clock clock) {}
