package dev.skein.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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

    /** Notes the finding unless {@code fine}; each {@code %s} stands for one of the values. */
    @SuppressWarnings(
            "AnnotateFormatMethod") // the annotation is in a library that core does without
    public Findings check(boolean fine, String finding, @Nullable Object... values) {
        if (!fine) found.add(String.format(Locale.ROOT, finding, values));
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
