package dev.skein.agent;

import dev.skein.failure.Findings;
import java.util.List;

/**
 * What generated instructions say beside the persona. Instructions that are written out by the
 * program are sent as they are.
 *
 * @param channel through which the agent speaks, as in "You are speaking through …"; {@code a
 *     program}
 * @param sections added behind everything else, in order
 */
public record Preamble(String channel, List<Section> sections) {
    private static final Preamble STANDARD = new Preamble("a program", List.of());

    /** A titled part of the instructions. */
    public record Section(String title, String text) {
        public Section {
            new Findings("section")
                    .check(!title.isBlank(), "title is empty")
                    .check(title.lines().count() <= 1, "title has more than one line")
                    .check(!text.isBlank(), "section '%s' has no text", title)
                    .orThrow();
        }
    }

    public Preamble {
        sections = List.copyOf(sections);
        new Findings("preamble").check(!channel.isBlank(), "channel is empty").orThrow();
    }

    public static Preamble standard() {
        return STANDARD;
    }

    public Preamble withChannel(String channel) {
        return new Preamble(channel, sections);
    }

    public Preamble withSections(Section... sections) {
        return new Preamble(channel, List.of(sections));
    }
}
