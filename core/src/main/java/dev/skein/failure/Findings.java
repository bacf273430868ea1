package dev.skein.failure;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with a definition, so that all of it is said at once. Not
 * thread-safe.
 */
public final class Findings {
    private final String subject;
    private final List<String> found = new ArrayList<>(0);

    public Findings(String subject) {
        this.subject = subject;
    }

    /** Notes the finding unless {@code fine}. */
    public Findings check(boolean fine, String finding) {
        if (!fine) found.add(finding);
        return this;
    }

    public Findings add(String finding) {
        found.add(finding);
        return this;
    }

    public List<String> all() {
        return List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /**
     * Does nothing if all was fine.
     *
     * @throws SkeinException with one {@code invalid.spec} that lists every finding
     */
    public void orThrow() {
        if (!found.isEmpty())
            throw new SkeinException(
                    new Invalid.Spec(
                            found.stream().map(finding -> subject + ": " + finding).toList()));
    }
}
