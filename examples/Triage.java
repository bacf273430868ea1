import module dev.skein.core;

enum Severity {
    LOW,
    MEDIUM,
    HIGH
}

record Finding(
        @Description("what is the matter, in at most eight words") @Length(min = 1, max = 60) String title,
        Severity severity,
        @Description("how sure you are") @Range(min = 0, max = 1) double confidence) {}

/** Looks at each line of a log, or each item of a Markdown list, and says how bad it is. */
void main(String[] args) throws InterruptedException {
    if (args.length != 1) {
        System.err.println("usage: skein run examples/Triage.java FILE");
        System.exit(2);
    }
    var items = items(Path.of(args[0]));
    var triage =
            ModelAgent.of("triage", Finding.class)
                    .withInstructions(
                            "You read one line of a server log or one question of a user. Say what the"
                                    + " matter is, how severe it is for the people who run the service, and"
                                    + " how sure you are.")
                    .withMaxTurns(4);
    try (var runtime = AgentRuntime.open()) {
        IO.println("model: " + runtime.chosenModel().model() + ", " + items.size() + " items");
        var tasks = items.stream().map(Task::of).toList();
        var results = runtime.gather(triage, tasks, Gather.of(8));
        IO.println("%4s  %-8s %5s %7s %-14s %s".formatted("line", "severity", "sure", "tokens", "cost", "what"));
        for (int i = 0; i < results.size(); i++) IO.println(row(i + 1, items.get(i), results.get(i)));
        IO.println(summary(results));
    }
}

String row(int line, String item, RunResult<Finding> result) {
    var usage = result.work().usage();
    return switch (result) {
        case RunResult.Completed<Finding>(var finding, _) ->
                "%4d  %-8s %4.0f%% %7d %-14s %s"
                        .formatted(
                                line,
                                finding.severity(),
                                finding.confidence() * 100,
                                usage.total(),
                                cost(usage.cost()),
                                cut(finding.title()));
        case RunResult.Failed<Finding>(var failure, _) ->
                "%4d  %-8s %5s %7d %-14s %s"
                        .formatted(line, "failed", "", usage.total(), cost(usage.cost()), failure.message());
        case RunResult.Canceled<Finding>(var reason, _) -> "%4d  canceled: %s".formatted(line, reason);
    };
}

String summary(List<RunResult<Finding>> results) {
    var usage = results.stream().map(result -> result.work().usage()).reduce(Usage.none(), Usage::plus);
    long done = results.stream().filter(RunResult::isCompleted).count();
    var counts = new TreeMap<Severity, Integer>();
    for (var result : results)
        if (result instanceof RunResult.Completed<Finding>(var finding, _)) counts.merge(finding.severity(), 1, Integer::sum);
    return "%d of %d done, %s; %d model calls, %d tokens, %s"
            .formatted(done, results.size(), counts, usage.calls(), usage.total(), cost(usage.cost()));
}

String cost(Cost cost) {
    return switch (cost) {
        case Cost.Known(var money) -> money.toString();
        case Cost.AtLeast(var money, _) -> "≥ " + money;
    };
}

String cut(String text) {
    return text.length() <= 60 ? text : text.substring(0, 59) + "…";
}

/** The items of a Markdown list; of any other file its lines that are not empty. */
List<String> items(Path file) {
    try {
        var lines = Files.readAllLines(file).stream().map(String::strip).filter(line -> !line.isEmpty());
        if (!file.toString().endsWith(".md")) return lines.toList();
        return lines.filter(line -> line.matches("([-*+]|\\d+[.)]) .*"))
                .map(line -> line.replaceFirst("^([-*+]|\\d+[.)]) ", ""))
                .toList();
    } catch (IOException e) {
        System.err.println("error: cannot read " + file + ": " + e);
        System.err.println("  → give a log or a Markdown list that you may read");
        System.exit(3);
        return List.of();
    }
}
