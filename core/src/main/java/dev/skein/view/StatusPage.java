package dev.skein.view;

import dev.skein.event.SessionState;
import dev.skein.model.Cost;
import dev.skein.model.Money;
import dev.skein.model.Usage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@code STATUS.md}: all there is to know of a root run, for a person or an agent that
 * has nothing but the file. Values are escaped and cut at 200 characters, and what looks like a
 * secret is not shown; times are in UTC.
 */
public final class StatusPage {
    private static final int LONGEST = 200;

    /** A secret may begin before the cut and end behind it. */
    private static final int LOOKED_AT = 4_096;

    private static final int SHORT_ID = 8;
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StringBuilder page = new StringBuilder(4096);
    private final RunPicture run;

    private StatusPage(RunPicture run) {
        this.run = run;
    }

    /**
     * The page of a root run.
     *
     * @param summary what the workflow says of itself; may be empty
     */
    public static String of(RunPicture run, RunFiles.Program program, String summary) {
        var page = new StatusPage(run);
        page.head(program, summary);
        var surface = run.surface();
        page.list("Endpoints", surface.endpoints(), StatusPage::endpoint);
        page.list("Sessions", run.sessions(), page::session);
        page.list("Children", run.children(), StatusPage::child);
        page.list(
                "Connections",
                surface.connections(),
                edge -> text(edge.from()) + " → " + text(edge.to()));
        page.list("Approvals waiting", surface.approvals(), StatusPage::approval);
        page.list("Last endpoint calls", surface.calls(), StatusPage::call);
        page.list("Last events", run.events(), StatusPage::event);
        page.section("Spend");
        page.line(spend(run.spent()));
        page.interact();
        return page.page.toString();
    }

    /** Money and tokens, like {@code $0.41, 183,402 tokens}. */
    public static String spend(Usage usage) {
        var tokens = String.format(Locale.ROOT, "%,d tokens", usage.total());
        return switch (usage.cost()) {
            case Cost.Known(var money) -> money(money) + ", " + tokens;
            case Cost.AtLeast(var money, _) -> "at least " + money(money) + ", " + tokens;
        };
    }

    /** The first 8 characters of a run's id. */
    public static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static String money(Money money) {
        var amount = money.toString();
        return amount.endsWith(" USD") ? "$" + amount.substring(0, amount.length() - 4) : amount;
    }

    private void head(RunFiles.Program program, String summary) {
        var identity = run.identity();
        var progress = run.progress();
        line("# " + shortId(identity.id()) + " " + text(identity.name()));
        line("");
        line(
                "A run of the "
                        + (identity.workflow() ? "workflow" : "agent")
                        + " "
                        + text(identity.target())
                        + " in Skein, an agent runtime. This page follows it as long as it lives;"
                        + " events.jsonl beside it has every event.");
        line("");
        line("- Status: " + progress.words() + attempt(progress.attempt()));
        line("- Run: " + identity.id());
        line("- Program: " + text(program.name()) + ", pid " + program.pid());
        line("- Started: " + day(progress.started()));
        if (progress.ended() != null) line("- Ended: " + day(progress.ended()));
        if (progress.failure() != null) line("- Failure: " + text(progress.failure().message()));
        if (progress.reason() != null) line("- Reason: " + text(progress.reason()));
        if (!summary.isBlank()) line("- Summary: " + text(summary));
    }

    private static String attempt(int attempt) {
        return attempt == 1 ? "" : ", attempt " + attempt;
    }

    private static String endpoint(RunPicture.Endpoint endpoint) {
        var first = endpoint.description().lines().findFirst().orElse("");
        return quoted(endpoint.signature())
                + (endpoint.internal() ? " (internal)" : "")
                + (first.isEmpty() ? "" : ": " + text(first));
    }

    private String session(RunPicture.Session session) {
        var line =
                text(below(session.path()))
                        + ": "
                        + session.state().name().toLowerCase(Locale.ROOT)
                        + ", agent "
                        + text(session.agent())
                        + ", in the program";
        var waiting = session.waiting() == 0 ? "" : ", " + session.waiting() + " messages waiting";
        var cause = session.cause() == null ? "" : ", " + session.cause().code();
        return line + waiting + cause;
    }

    private static String child(RunPicture child) {
        var progress = child.progress();
        var failure = progress.failure();
        return text(child.identity().name())
                + " ("
                + text(child.identity().target())
                + "): "
                + progress.words()
                + attempt(progress.attempt())
                + (failure == null || progress.status().ended()
                        ? ""
                        : ", last failure " + failure.code());
    }

    private static String approval(RunPicture.Approval approval) {
        return text(approval.path())
                + " asks for "
                + code(approval.tool() + " " + approval.arguments())
                + (approval.reasons().isEmpty()
                        ? ""
                        : ": " + text(String.join("; ", approval.reasons())))
                + " (approval "
                + text(approval.id())
                + ")";
    }

    private static String call(RunPicture.Call call) {
        var failure = call.failure();
        var end = call.took() == null ? "…" : failure == null ? "ok" : failure.code();
        return TIME.format(call.at())
                + " "
                + code(call.endpoint() + "(" + Arguments.text(call.arguments()) + ")")
                + " by "
                + text(call.caller())
                + " → "
                + end;
    }

    private static String event(RunPicture.Happening event) {
        return TIME.format(event.at())
                + " #"
                + event.number()
                + " "
                + text(event.path())
                + " "
                + event.type()
                + " "
                + text(event.text());
    }

    private void interact() {
        var id = shortId(run.identity().id());
        section("How to interact");
        var commands = new ArrayList<String>();
        commands.add("skein status -i " + id);
        commands.add("skein logs -i " + id + " -f");
        if (!run.progress().lost() && !run.progress().status().ended()) {
            for (var session : run.sessions())
                if (session.state() != SessionState.ENDED)
                    commands.add("skein send -i " + id + " " + below(session.path()) + " \"…\"");
            for (var endpoint : run.surface().endpoints())
                if (!endpoint.internal())
                    commands.add("skein call -i " + id + " " + endpoint.name());
            commands.add("skein cancel -i " + id);
        }
        for (var command : commands) line("- " + code(command));
    }

    /** A path without the root's name. */
    private String below(String path) {
        var root = run.identity().path() + "/";
        return path.startsWith(root) ? path.substring(root.length()) : path;
    }

    private <T> void list(String title, List<T> items, Function<T, String> line) {
        if (items.isEmpty()) return;
        section(title);
        for (var item : items) line("- " + line.apply(item));
    }

    private void section(String title) {
        line("");
        line("## " + title);
        line("");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }

    private static String day(@Nullable Instant at) {
        return at == null ? "not yet" : DAY.format(at) + " UTC";
    }

    private static String text(String value) {
        return Cut.escaped(Cut.line(masked(value), LONGEST));
    }

    private static String code(String value) {
        return quoted(masked(value));
    }

    private static String quoted(String text) {
        return "`" + Cut.visible(Cut.line(text, LONGEST)).replace('`', '\'') + "`";
    }

    private static String masked(String value) {
        return Mask.over(Cut.line(value, LOOKED_AT));
    }
}
