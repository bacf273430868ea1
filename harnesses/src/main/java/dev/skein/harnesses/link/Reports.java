package dev.skein.harnesses.link;

import dev.skein.harness.Report;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** Passes on what an agent reports, in order, by a thread of its own. */
final class Reports {
    private static final System.Logger LOG = System.getLogger("dev.skein.harnesses");

    private final LinkedBlockingQueue<Report> waiting = new LinkedBlockingQueue<>();
    private final Consumer<Report> listener;
    private final Thread thread;

    private Reports(String agent, Consumer<Report> listener) {
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("skein-link-reports:" + agent).unstarted(this::pass);
    }

    static Reports to(String agent, Consumer<Report> listener) {
        var reports = new Reports(agent, listener);
        reports.thread.start();
        return reports;
    }

    /** Does not block. What comes behind {@link Report.Exited} is dropped. */
    void add(Report report) {
        waiting.add(report);
    }

    private void pass() {
        try {
            Report report;
            do {
                report = waiting.take();
                pass(report);
            } while (!(report instanceof Report.Exited));
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.WARNING, "what an agent reports is not passed on", e);
        }
    }

    private void pass(Report report) {
        try {
            listener.accept(report);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a report of an agent was not taken: " + report, e);
        }
    }

    /** Waits until all was passed on, {@link Report.Exited} too; not if it is this thread. */
    void await(Duration limit) throws InterruptedException {
        if (!thread.equals(Thread.currentThread())) thread.join(limit);
    }
}
