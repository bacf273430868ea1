package dev.skein.server;

import dev.skein.event.SessionState;
import dev.skein.json.Json;
import dev.skein.model.Cost;
import dev.skein.model.Money;
import dev.skein.model.Usage;
import dev.skein.runtime.RunHandle;
import java.math.BigDecimal;
import java.util.Locale;

/** A live run as one row of a list. */
record RunJson(RunHandle<?> run) {
    private static final int NANO_DIGITS = 9;

    Json json() {
        var info = run.info();
        return Json.object("id", run.id(), "name", info.agent(), "path", run.path())
                .with("status", run.status().name().toLowerCase(Locale.ROOT))
                .with("parent", info.parent())
                .with("attempt", info.attempt())
                .with("namespace", info.namespace().key())
                .with("startedAt", info.started().toString())
                .with("deadline", info.deadline() == null ? null : info.deadline().toString())
                .with("sessions", liveSessions())
                .with("usage", usage(info.usage()));
    }

    private long liveSessions() {
        return run.sessions().values().stream()
                .filter(session -> session.state() != SessionState.ENDED)
                .count();
    }

    private static Json usage(Usage usage) {
        return Json.object("input", usage.input(), "output", usage.output(), "calls", usage.calls())
                .with("cost", cost(usage.cost()));
    }

    private static Json cost(Cost cost) {
        return switch (cost) {
            case Cost.Known(var money) -> cost(money, false);
            case Cost.AtLeast(var money, _) -> cost(money, true);
        };
    }

    private static Json cost(Money money, boolean atLeast) {
        var amount = BigDecimal.valueOf(money.nanos(), NANO_DIGITS).stripTrailingZeros();
        var currency = money.currency().toLowerCase(Locale.ROOT);
        return Json.object(currency, new BigDecimal(amount.toPlainString()), "atLeast", atLeast);
    }
}
