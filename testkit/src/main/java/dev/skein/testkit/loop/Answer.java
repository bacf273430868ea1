package dev.skein.testkit.loop;

import java.util.List;

/** The steps that answer one request, and who wants to know how it went. */
public record Answer(List<Step> steps, Fate fate) {
    /** Hears, on the loop's thread, exactly one of the two. */
    public interface Fate {
        /** The last step was done; the connection lives on unless that was its end. */
        void delivered();

        /** The connection ended before the last step was done. */
        void cut();
    }
}
