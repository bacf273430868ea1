import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/** What a tier's reports say. */
record Totals(int run, int failed, List<String> skipped, double seconds) {
    Totals plus(Totals more) {
        var all = new ArrayList<>(skipped);
        all.addAll(more.skipped);
        return new Totals(run + more.run, failed + more.failed, all, seconds + more.seconds);
    }

    static Totals none() {
        return new Totals(0, 0, List.of(), 0);
    }
}

/** Where each tier's reports are. */
static final Map<String, String> REPORTS = Map.of(
        "static", "checks/target/static-reports",
        "fast", "{*,*/*}/target/surefire-reports",
        "integration", "checks/target/integration-reports",
        "examples", "checks/target/examples-reports");

/** Arguments: temporary folder, status of the build, status of the benchmarks, the only tests or nothing, tiers. */
void main(String[] args) throws Exception {
    var only = !args[3].isEmpty();
    var sum = Totals.none();
    boolean good = args[1].equals("0") && args[2].equals("0");
    for (var tier : List.of(args).subList(4, args.length)) {
        if (tier.equals("bench")) {
            IO.println("%-12s %s".formatted(tier, args[1].equals("0") ? verdict(args[2].equals("0")) : "not run"));
            continue;
        }
        var totals = read(tier);
        boolean fine = totals.failed() == 0 && (only || totals.run() > 0);
        good &= fine;
        sum = sum.plus(totals);
        IO.println("%-12s %5d run, %d failed, %d skipped %8.1f s in tests   %s".formatted(tier, totals.run(), totals.failed(),
                totals.skipped().size(), totals.seconds(), totals.run() == 0 ? "NO TEST RAN" : verdict(fine)));
        totals.skipped().stream().collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()))
                .forEach((reason, count) -> IO.println("  skipped " + count + ": " + reason));
    }
    if (only && sum.run() == 0) good = false;
    var left = leftBehind(Path.of(args[0]));
    IO.println("left behind: " + (left.isEmpty() ? "nothing" : String.join(", ", left)));
    int passed = sum.run() - sum.failed() - sum.skipped().size();
    IO.println("check: " + passed + " passed, " + sum.failed() + " failed, " + sum.skipped().size() + " skipped" + (args[1].equals("0") ? "" : "; the build failed, see above"));
    System.exit(good && left.isEmpty() ? 0 : 1);
}

String verdict(boolean good) {
    return good ? "ok" : "FAILED";
}

Totals read(String tier) throws Exception {
    var pattern = FileSystems.getDefault().getPathMatcher("glob:" + REPORTS.get(tier) + "/TEST-*.xml");
    var totals = Totals.none();
    try (var files = Files.walk(Path.of(""), 5)) {
        for (var file : files.filter(pattern::matches).toList()) totals = totals.plus(suite(file));
    }
    return totals;
}

Totals suite(Path file) throws Exception {
    var suite = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    var skipped = suite.getElementsByTagName("skipped");
    var reasons = IntStream.range(0, skipped.getLength()).mapToObj(i -> reason((Element) skipped.item(i))).toList();
    int failed = Integer.parseInt(suite.getAttribute("failures")) + Integer.parseInt(suite.getAttribute("errors"));
    double seconds = Double.parseDouble(suite.getAttribute("time").replace(",", ""));
    return new Totals(Integer.parseInt(suite.getAttribute("tests")), failed, reasons, seconds);
}

/** The message of an aborted assumption stands only in the text, behind the name of its class. */
String reason(Element skipped) {
    var message = skipped.getAttribute("message");
    if (!message.isEmpty()) return message;
    return skipped.getTextContent().lines().findFirst().orElse("no reason given").replaceFirst("^[\\w.$]+: ", "");
}

/** Processes that carry this run's mark, and what lies in its temporary folder. Nobody else's are looked at. */
List<String> leftBehind(Path temporary) throws Exception {
    var left = new ArrayList<String>();
    var mark = "SKEIN_CHECK_MARK=" + System.getenv("SKEIN_CHECK_MARK") + "\0";
    long self = ProcessHandle.current().pid();
    for (var process : ProcessHandle.allProcesses().filter(process -> process.pid() != self).toList()) {
        if (environment(process).contains(mark) && !endsSoon(process)) left.add("process " + process.pid() + " " + process.info().commandLine().orElse(""));
    }
    try (var files = Files.list(temporary)) {
        files.forEach(file -> left.add(file.toString()));
    }
    return left;
}

/** Empty where the system does not show it. */
String environment(ProcessHandle process) {
    try {
        return Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
        return "";
    }
}

boolean endsSoon(ProcessHandle process) throws InterruptedException {
    try {
        process.onExit().get(5, TimeUnit.SECONDS);
        return true;
    } catch (ExecutionException | TimeoutException stays) {
        return false;
    }
}
